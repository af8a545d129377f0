// The pages that carry it: of other sites, rude ones, and several at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer_next, centre, finish, say } from "./centre.mjs";
import { northwind, visit, visit_page } from "./browser.mjs";

test("on another site's page, whose styles do their worst", async () => {
  const customer = await visit(centre.other_site.page(northwind, { server: centre.site.url, isolated: true }));
  await customer.open();
  await customer.says("Somebody is free");
  await customer.write("From elsewhere");
  const interaction = await answer_next();
  await say(interaction, "Welcome");
  await customer.reads("Welcome");
  const card = await customer.card.boundingBox();
  assert.equal(card.width, 360);
  const look = await customer.card.evaluate((element) => { const style = getComputedStyle(element); return [style.fontSize, style.direction, style.position]; });
  assert.deepEqual(look, ["15px", "ltr", "fixed"]);
  await customer.page.reload();
  await customer.reads("Welcome");
  await finish(interaction);
  assert.deepEqual(customer.troubles, []);
  await customer.leave();
});

test("colour, name, greeting, side and theme are the page's to choose", async () => {
  const customer = await visit_page({ colour: "#ffdd00", name: "Ask Northwind", greeting: "Yes?", position: "left", theme: "dark" });
  await customer.open();
  await customer.card.getByRole("heading", { name: "Ask Northwind" }).waitFor();
  await customer.card.getByText("Yes?").waitFor();
  const box = await customer.launcher.boundingBox();
  assert.ok(box.x < 100, "on the left");
  const style = (locator, name) => locator.evaluate((element, wanted) => getComputedStyle(element)[wanted], name);
  assert.deepEqual([await style(customer.launcher, "backgroundColor"), await style(customer.launcher, "color")], ["rgb(255, 221, 0)", "rgb(0, 0, 0)"]);
  assert.equal(await style(customer.card, "backgroundColor"), "rgb(27, 31, 36)");
  await customer.leave();
});

test("a tag that lacks something says what, and breaks nothing else", async () => {
  const customer = await visit(centre.site.page({ brand: "northwind" }));
  assert.equal(await customer.launcher.count(), 0);
  assert.deepEqual(customer.troubles, ["Error: the chat's script needs the attributes data-brand and data-queue"]);
  await customer.leave();
  const unknown = await visit_page({ brand: "nobody" });
  await unknown.open();
  await unknown.says("The chat cannot be reached at the moment.");
  await unknown.leave();
});

test("every answer that the chat got was as described", () => {
  assert.deepEqual([...centre.site.wrong], []);
});
