// An agent of two brands: whose customer it is stands at the offer and above the conversation.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, start_centre } from "./centre.mjs";
import { accept, assert_accessible_both, at_work, offer, open_browser, photograph } from "./people.mjs";

let centre, browser, ana;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const admin = await by_api(centre, "admin");
  await admin("POST", "/api/v1/brands", { id: "southwind", name: "Southwind Water", time_zone: "Europe/London", language: "en", greeting: "Hello.", playbook: "standard" });
  const { items } = await admin("GET", "/api/v1/users?limit=100");
  const user = await admin("GET", `/api/v1/users/${items.find((one) => one.login === "ana").id}`);
  await admin("PATCH", `/api/v1/users/${user.id}`, { brands: ["northwind", "southwind"] }, { "If-Match": `"${user.version}"` });
  ana = await at_work(browser, centre, "ana");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

test("the brand is named before the queue, and everything of the band can be read at 1280 pixels", async () => {
  await customer(centre, "Maximilian Featherstonehaugh", "My bill is wrong.");
  await offer(ana).getByText("Chat · Northwind Energy, Billing").waitFor();
  await accept(ana, "Maximilian Featherstonehaugh");
  const band = ana.getByRole("region", { name: "Conversation", exact: true }).locator("header").first();
  await band.getByText("Chat · Northwind Energy, Billing").waitFor();
  const cut = await band.locator("p > span").evaluateAll((parts) => parts.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "hidden").map((one) => one.textContent));
  assert.deepEqual(cut, []);
  await assert_accessible_both(ana, "a conversation of one of two brands");
  await photograph(ana, "brand");
  assert.deepEqual(ana.troubles, []);
});
