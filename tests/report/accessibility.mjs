// WCAG 2.1 A and AA as far as axe can tell, in both themes and both sizes.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { desktop, interactions_in, open, phone } from "./browser.mjs";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What axe finds, as lines to read: rule, element, and what is wrong with it. */
async function violations(page) {
  await page.evaluate(axe.source);
  const { violations: found, passes } = await page.evaluate((wanted) => window.axe.run(document, { runOnly: wanted }), tags);
  assert.ok(passes.length > 10, "axe looked at the page");
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

/** Goes to a place with everything unfolded: what is hidden axe does not look at. */
async function go_to(page, place) {
  await page.evaluate((hash) => { location.hash = hash; }, place);
  await page.locator(place === "#/" ? ".list" : ".scorecard").waitFor({ state: "attached" });
  await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
}

async function first_of(page, channel) {
  const number = (await interactions_in(page)).findIndex((one) => one.channel === channel) + 1;
  assert.ok(number > 0, `the samples have a ${channel} interaction`);
  return `#/interaction/${number}`;
}

for (const [size, viewport] of Object.entries({ desktop, phone })) {
  for (const dark of [false, true]) {
    test(`${size}, ${dark ? "dark" : "light"}: nothing for axe to find`, async (context) => {
      const { page, close } = await open("samples", "", { viewport, dark });
      await context.test("start page, filtered by score and practice", async () => {
        await page.locator(".bin:enabled").first().click();
        await go_to(page, "#/");
        await page.getByRole("button", { name: "Show the interactions" }).first().click();
        assert.equal(await page.locator(".chip").count(), 2);
        assert.deepEqual(await violations(page), []);
      });
      await context.test("voice interaction", async () => {
        await go_to(page, await first_of(page, "voice"));
        assert.deepEqual(await violations(page), []);
      });
      await context.test("chat interaction, a moment selected, the transcript in front", async () => {
        await go_to(page, await first_of(page, "chat"));
        await page.keyboard.press("ArrowRight");
        await page.locator(".quote.selected").waitFor({ state: "attached" });
        if (viewport === phone) await page.getByRole("button", { name: "Transcript" }).click();
        assert.deepEqual(await violations(page), []);
      });
      await close();
    });
  }
}

test("extremes and the list of keys: nothing for axe to find", async () => {
  const { page, close } = await open("extremes");
  for (const place of ["#/", "#/interaction/2"]) {
    await go_to(page, place);
    assert.deepEqual(await violations(page), []);
  }
  await page.keyboard.press("?");
  assert.deepEqual(await violations(page), []);
  await close();
});
