// How much script the desk's first paint costs. Bytes are no time: this is a test like any other.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { start_centre } from "./centre.mjs";
import { open_browser, sign_in, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

const script_bytes_max = 300_000;

let centre, browser;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// Gzipped bytes of all scripts that a page has asked for by now.
async function script_bytes(page) {
  const names = await page.evaluate(() => performance.getEntriesByType("resource").map((one) => one.name).filter((name) => /\.js($|\?)/.test(name)));
  assert.ok(names.length > 0, "it asked for scripts");
  const sizes = await Promise.all(names.map(async (name) => gzipSync(Buffer.from(await (await fetch(name)).arrayBuffer())).length));
  return sizes.reduce((sum, one) => sum + one, 0);
}

const screens = [
  ["the login", async () => undefined],
  ["an agent's desk", (page) => sign_in(page, "ana", centre.password("ana"))],
  ["a supervisor's floor", (page) => sign_in_to(page, "sue", centre.password("sue"))],
];
for (const [what, go] of screens) {
  test(`the script of ${what} is under 300 kB gzipped, and travels gzipped`, async () => {
    const page = await sit_down(browser, centre.url);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await go(page);
    await page.reload();
    await page.getByRole(what === "the login" ? "heading" : "main").first().waitFor();
    const bytes = await script_bytes(page);
    assert.ok(bytes < script_bytes_max, `${bytes} bytes`);
    const sent = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => /\.js($|\?)/.test(one.name)).reduce((sum, one) => sum + one.encodedBodySize, 0));
    assert.ok(sent < script_bytes_max, `${sent} bytes were sent`);
  });
}
