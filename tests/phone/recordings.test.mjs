// A recording: sealed on the disk, heard through the API by those who may, written down, gone when its customer is.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, employ, eventually, loud, music } from "./centre.mjs";
import { loudest } from "./sound.mjs";

let centre, id, path, whole;

before(async () => {
  centre = await Centre.open();
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  id = (await centre.live("waiting")).id;
  path = `/api/v1/interactions/${id}/recording`;
  await eventually("it is recorded", async () => files(".raw").length === 1 && (await centre.sue.get(path)).status !== 404);
  await centre.sue.refused(409, "recording_not_ready", "GET", path);
  await music(caller.end);
  await pass(2000);
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(id);
  whole = await centre.recording_file(id);
  caller.end.close();
});
after(() => centre?.stop());

const files = (extension) => readdirSync(centre.recordings()).filter((name) => name.endsWith(extension));
const sound = (client, headers = {}, query = "") => fetch(centre.server.url + path + query, { headers: { Cookie: client.cookie, ...headers } });
const listenings = async () => (await centre.root.expect(200, "GET", `/api/v1/audit?action=recording.listen&subject=interaction:${id}`)).items;

test("nothing on the disk can be heard without its key, and the raw file is gone", async () => {
  await eventually("the raw file is gone", () => files(".raw").length === 0);
  assert.deepEqual(files(""), [`${id}.opus`]);
  const sealed = readFileSync(join(centre.recordings(), `${id}.opus`));
  assert.equal(sealed.indexOf("OggS"), -1);
  assert.equal(sealed.indexOf(whole.subarray(100, 116)), -1);
});

test("it is heard as it was spoken, whole and in parts", async () => {
  const { customer } = await centre.recording(id);
  assert.ok(loudest(customer, 700) > loud);
  const answer = await sound(centre.sue);
  assert.equal(answer.headers.get("content-type"), "audio/ogg");
  assert.match(answer.headers.get("cache-control"), /private, no-store/);
  const tag = answer.headers.get("etag");
  assert.equal(tag, `"${createHash("sha256").update(whole).digest("hex")}"`);
  const part = await sound(centre.sue, { Range: "bytes=100-299" });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), `bytes 100-299/${whole.length}`);
  assert.ok(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 300)));
  assert.equal((await sound(centre.sue, { Range: "bytes=0-9", "If-Range": '"another"' })).status, 200);
  assert.equal((await sound(centre.sue, { Range: "bytes=0-9", "If-Range": tag })).status, 206);
  assert.equal((await sound(centre.sue, { "If-None-Match": tag })).status, 304);
  const beyond = await sound(centre.sue, { Range: `bytes=${whole.length}-` });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get("content-range"), `bytes */${whole.length}`);
  assert.equal((await sound(centre.sue, {}, "?part=2")).status, 404);
  assert.equal((await sound(centre.sue, {}, "?part=x")).status, 400);
});

test("the player is told its length and how loud it is", async () => {
  const peaks = await centre.sue.expect(200, "GET", `${path}/peaks`);
  assert.equal(peaks.bytes, whole.length);
  assert.equal(peaks.parts, 1);
  assert.equal(peaks.customer.length, peaks.agents.length);
  assert.ok(Math.abs(peaks.duration_ms - peaks.customer.length * peaks.stretch_ms) < peaks.stretch_ms);
  assert.ok(Math.max(...peaks.customer) > 55 && Math.max(...peaks.customer) < 70, `${Math.max(...peaks.customer)}`);
  assert.equal(Math.max(...peaks.agents), 0);
});

test("who may listen is by role and brand, and each listening is in the audit log", async () => {
  const before = await listenings();
  assert.deepEqual(before.map((one) => one.who), [`user:${centre.sue.me.user}`], "many requests are one listening");
  const agent = await employ(centre.root, "ben", ["agent"], ["northwind"]);
  const analyst = await employ(centre.root, "liz", ["analyst"], ["northwind"]);
  await centre.root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "Southsea Water" });
  const south = await employ(centre.root, "kim", ["quality"], ["southsea"]);
  // Agents may hear messages that they have in hand; of this call they are not told that it is there.
  for (const [client, status, of_peaks = status] of [[agent, 404, 403], [analyst, 403], [south, 404], [centre.root, 403]]) {
    assert.equal((await sound(client)).status, status, client.name);
    assert.equal((await client.get(`${path}/peaks`)).status, of_peaks, client.name);
  }
  assert.equal((await fetch(centre.server.url + path)).status, 401);
  const tess = await employ(centre.root, "tess", ["quality"], ["northwind"]);
  assert.equal((await sound(tess)).status, 200);
  const logged = await listenings();
  assert.deepEqual(logged.map((one) => one.who).sort(), [tess, centre.sue].map((client) => `user:${client.me.user}`).sort());
});

test("the customer is erased: nobody hears it any more", async () => {
  const { customer } = await centre.whole(id);
  await centre.root.expect(204, "DELETE", `/api/v1/customers/${customer}`);
  assert.equal((await sound(centre.sue)).status, 404);
  assert.equal((await centre.sue.get(`${path}/peaks`)).status, 404);
});
