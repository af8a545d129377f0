// The report is one file: it asks nobody for anything, and nothing goes wrong in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address_of, interactions_in, open } from "./browser.mjs";

test("reading the whole report makes no request beyond the file, and no error", async () => {
  const { page, requests, troubles, close } = await open("samples");
  const count = (await interactions_in(page)).length;
  assert.ok(count > 1, "the samples have several interactions");
  for (let number = 1; number <= count; number += 1) {
    await page.evaluate((place) => { location.hash = place; }, `#/interaction/${number}`);
    await page.locator(".scorecard").waitFor();
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("d");
  await page.keyboard.press("Escape");
  await page.locator(".list").waitFor();
  assert.deepEqual(requests.filter((url) => url.split("#")[0] !== address_of("samples")), []);
  assert.ok(requests.length > 0, "requests are seen at all");
  assert.deepEqual(troubles, []);
  await close();
});

test("the page's policy stops a request that somebody slips in", async () => {
  const { page, troubles, close } = await open("samples");
  const answer = await page.evaluate(() => fetch("https://example.invalid/").then(() => "answered", () => "stopped"));
  assert.equal(answer, "stopped");
  assert.ok(troubles.some((text) => text.includes("Content Security Policy")), troubles.join("\n"));
  await close();
});

test("no text of an interaction or reason reads like a programming mistake", async () => {
  const { page, close } = await open("samples");
  for (const place of ["#/", "#/interaction/1", "#/interaction/11"]) {
    await page.evaluate((hash) => { location.hash = hash; }, place);
    await page.locator(place === "#/" ? ".list" : ".scorecard").waitFor();
    const text = await page.evaluate(() => document.getElementById("main").textContent);
    assert.doesNotMatch(text, /\[object|undefined|NaN|\bnull\b/);
  }
  await close();
});

test("without JavaScript the page says so and offers no dead buttons", async () => {
  const { page, close } = await open("samples", "", { script: false });
  assert.match(await page.locator("noscript").innerText(), /draws itself with JavaScript/);
  assert.equal(await page.locator("button:visible").count(), 0);
  await close();
});
