// WCAG 2.1 A and AA as far as axe can tell, in every state, light and dark.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { centre } from "./centre.mjs";
import { desktop, phone, visit } from "./browser.mjs";
import { each_state } from "./states.mjs";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What axe finds, as lines to read: rule, element, and what is wrong with it. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations: found, passes } = await page.evaluate((wanted) => window.axe.run(document, { runOnly: wanted }), tags);
  assert.ok(passes.length > 5, "axe looked at the page");
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

for (const dark of [false, true]) {
  test(`${dark ? "dark" : "light"}: nothing for axe to find in any state`, async () => {
    const found = [];
    const address = (queue) => centre.site.page({ brand: "northwind", queue });
    await each_state({ viewport: phone, dark, address }, async (name, customer) => found.push(...(await violations(customer.page)).map((one) => `${name}: ${one}`)));
    assert.deepEqual(found, []);
  });
}

for (const path of ["/shop", "/shop/de.html"]) {
  test(`${path}: nothing for axe to find`, async () => {
    for (const dark of [false, true]) {
      for (const viewport of [desktop, phone]) {
        const customer = await visit(centre.site.url + path, { viewport, dark });
        assert.deepEqual(await violations(customer.page), []);
        assert.equal(await customer.page.evaluate(() => document.documentElement.scrollWidth), viewport.width, "nothing is wider than the page");
        assert.deepEqual(customer.troubles, []);
        await customer.leave();
      }
    }
  });
}
