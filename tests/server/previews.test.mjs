// What agents have before them of calling lists: by their brands and by a token's, and what has changed since they
// were given it. The trunk is one that nobody answers; nobody is called.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

const brands = ["northwind", "southsea"];
const list_of = (brand, more = {}) => ({ id: `of-${brand}`, brand, queue: `calls-${brand}`, label: brand, purpose: "a question", priority: brand === "northwind" ? 5 : 0, ...more });
const path_of = (brand) => `/api/v1/calling-lists/of-${brand}`;
let server, root, ana, narrow;

before(async () => {
  server = await start({ RAPPORT_PHONE_SIP: "udp:127.0.0.1:0", RAPPORT_PHONE_TRUNKS: "name=dead host=127.0.0.1:9", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00" });
  root = await set_up(server);
  for (const brand of brands) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: brand, region: "GB" });
    await root.expect(201, "POST", "/api/v1/queues", { id: `calls-${brand}`, brand, label: brand });
    await root.expect(201, "POST", "/api/v1/calling-lists", list_of(brand));
  }
  for (const [brand, number] of [["northwind", "020 7946 0101"], ["southsea", "020 7946 0102"]]) {
    const filled = await root.request("POST", `${path_of(brand)}/entries`, { raw: `number\n${number}\n` });
    assert.equal(filled.body.added, 1, filled.text);
  }
  ana = await employ(root, "ana", ["agent"], brands);
  narrow = new Client(server, "ana by a token of southsea");
  narrow.token = (await ana.expect(201, "POST", "/api/v1/me/tokens", { name: "narrow", scopes: ["calls.place"], brand: "southsea" })).secret;
  await eventually("the agent is available", async () => (await ana.put("/api/v1/me/presence", { presence: "available" })).status === 200);
});
after(async () => {
  await server?.stop();
  assert.deepEqual([...undescribed], []);
});

const next = async (client) => (await client.expect(200, "POST", "/api/v1/me/preview")).preview;
const seen = async (client) => (await client.expect(200, "GET", "/api/v1/me/preview")).preview;
const progress = (brand) => root.expect(200, "GET", `${path_of(brand)}/progress`);
async function change(brand, more) {
  const { headers } = await root.get(path_of(brand));
  await root.expect(200, "PUT", path_of(brand), list_of(brand, more), { "If-Match": headers.get("etag") });
}

test("a token of one brand gets nobody of another, nor touches whom its owner has before them", async () => {
  const first = await next(ana);
  assert.equal(first.brand, "northwind");
  assert.equal(await seen(narrow), null);
  assert.equal(await next(narrow), null);
  await narrow.refused(409, "no_preview", "POST", "/api/v1/me/preview/call", { entry: first.entry });
  await narrow.refused(409, "no_preview", "POST", "/api/v1/me/preview/settle", { entry: first.entry, came: "skipped", reason: "no" });
  assert.equal((await seen(ana)).entry, first.entry);
  const at = new Date(Date.now() + 3_600_000).toISOString();
  await ana.expect(204, "POST", "/api/v1/me/preview/settle", { entry: first.entry, came: "later", at });
  const second = await next(narrow);
  assert.equal(second.brand, "southsea");
  assert.equal((await seen(ana)).entry, second.entry);
});

test("hours and activity of the list hold at the moment of the call", async () => {
  const looked_at = await seen(ana);
  const far = new Date().getUTCHours() < 11 ? "20:00-21:00" : "02:00-03:00";
  await change("southsea", { window: far });
  await ana.refused(403, "outside_call_hours", "POST", "/api/v1/me/preview/call", { entry: looked_at.entry });
  assert.equal(await seen(ana), null);
  await change("southsea", {});
  assert.equal((await next(ana)).entry, looked_at.entry);
  await change("southsea", { active: false });
  await ana.refused(409, "no_preview", "POST", "/api/v1/me/preview/call", { entry: looked_at.entry });
  const { waiting, in_hand } = await progress("southsea");
  assert.deepEqual([waiting, in_hand], [1, 0]);
  await change("southsea", {});
});

test("a country that is not allowed now is no wrong number: the entry waits", async () => {
  const looked_at = await next(ana);
  const { headers } = await root.get("/api/v1/brands/southsea");
  await root.expect(200, "PUT", "/api/v1/brands/southsea", { name: "southsea", region: "DE" }, { "If-Match": headers.get("etag") });
  await ana.refused(403, "country_not_allowed", "POST", "/api/v1/me/preview/call", { entry: looked_at.entry });
  const { waiting, wrong } = await progress("southsea");
  assert.deepEqual([waiting, wrong], [1, 0]);
  assert.equal(await next(ana), null); // for a minute
});
