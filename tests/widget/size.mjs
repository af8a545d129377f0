// The script is small, and all that the page loads.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { centre } from "./centre.mjs";
import { visit } from "./browser.mjs";

test("the script is under 40 kB gzipped and asks nobody else", async () => {
  const script = readFileSync(new URL("../../web/widget/dist/widget.js", import.meta.url));
  assert.ok(gzipSync(script, { level: 9 }).length < 40_000, `${gzipSync(script).length} bytes gzipped`);
  const customer = await visit("about:blank");
  const asked = [];
  customer.page.on("request", (request) => asked.push(new URL(request.url())));
  await customer.page.goto(`${centre.site.url}/shop`);
  await customer.open();
  await customer.says("Somebody is free");
  assert.deepEqual([...new Set(asked.map((url) => url.origin))], [centre.site.url]);
  assert.ok(asked.every((url) => !url.pathname.startsWith("/api/") || url.pathname.startsWith("/api/v1/customer-brands/")), "a visitor who only looks begins nothing");
  assert.deepEqual(customer.troubles, []);
  await customer.leave();
});
