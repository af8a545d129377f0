// Lists of ten thousand rows draw those in sight, wherever one scrolls. How smoothly is measured, not tested
// (measure/lists.mjs).

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { start_centre } from "./centre.mjs";
import { long_lists, scroll } from "./long_lists.mjs";
import { sign_in_to } from "./overseers.mjs";
import { open_browser, sit_down } from "./people.mjs";

const rows_most = 80;

let centre;
let browser;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
});
after(async () => {
  // A list that is being answered when its page goes would fail after its test.
  for (const context of browser?.contexts() ?? []) for (const page of context.pages()) await page.unrouteAll({ behavior: "wait" });
  await browser?.close();
  await centre?.stop();
});

test("a list of ten thousand rows has the rows in sight in the document, from its beginning to its end", async () => {
  const sit = async (login) => {
    const page = await sit_down(browser, centre.url);
    await sign_in_to(page, login, centre.password(login));
    return page;
  };
  for (const { name, row, open } of await long_lists(centre, sit)) {
    const { most, height, whole } = await scroll(await open(), row, 12_000);
    assert.ok(whole, `${name}: did not come to its end, at ${height} pixels of rows`);
    assert.ok(most > 5 && most <= rows_most, `${name}: ${most} rows in the document`);
  }
});
