// The pages that the binary carries, and what stands where no route is.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { start } from "./server.mjs";

let server;
before(async () => (server = await start()));
after(() => server.stop());

const get = (path, headers = {}) => fetch(server.url + path, { headers, redirect: "manual" });

test("the documentation is a page of its own scripts and styles", async () => {
  const page = await get("/docs");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type"), /^text\/html/);
  assert.match(page.headers.get("content-security-policy"), /default-src 'none'; script-src 'self'/);
  const html = await page.text();
  const loaded = [...html.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map((found) => found[1]);
  assert.equal(loaded.length, 2);
  for (const path of loaded) assert.equal((await get(path)).status, 200, path);
  assert.doesNotMatch(html, /<script(?![^>]*src=)|style=|https?:/);
});

test("a page that the client has is not sent again", async () => {
  const first = await get("/docs");
  const again = await get("/docs", { "if-none-match": first.headers.get("etag") });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), "");
  assert.equal((await get("/docs", { "if-none-match": '"another"' })).status, 200);
});

test("a page comes compressed to whoever takes that, and the same otherwise", async () => {
  const plain = await get("/docs/docs.js", { "accept-encoding": "identity" });
  const packed = await get("/docs/docs.js", { "accept-encoding": "gzip" }); // fetch unpacks
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.equal(packed.headers.get("content-encoding"), "gzip");
  assert.equal(await plain.text(), await packed.text());
});

test("no file, no page", async () => {
  for (const path of ["/docs/nothing.js", "/shop/nothing", "/assets/nothing.js", "/nothing.png", "/docs/../secret.key"]) {
    assert.equal((await get(path)).status, 404, path);
  }
  assert.equal((await fetch(`${server.url}/docs`, { method: "POST" })).status, 405);
});

test("an address below /api that no route has is 401 to strangers", async () => {
  for (const path of ["/api/v1/nothing", "/api/v2", "/api/v1/interactions/x/nothing"]) {
    for (const headers of [{}, { authorization: "Bearer rap_made-up" }, { cookie: "rapport_session=made-up" }]) {
      const answer = await get(path, headers);
      assert.equal(answer.status, 401, path);
      assert.equal((await answer.json()).code, "unauthenticated");
    }
  }
});
