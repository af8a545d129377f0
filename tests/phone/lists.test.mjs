// Calling from a list: the next one before the agent, the call, what came of it, and when they are called again;
// through a crash.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Carrier } from "./carrier.mjs";
import { Centre, available, eventually, loud, recently } from "./centre.mjs";

const csv = "number,name,reference,notes\n020 7946 0101,Ann Able,A,prefers mornings\n020 7946 0102,Bob Busy,B,\n020 7946 0103,Cy Calm,C,\n020 7946 0104,Di Dont,D,\n020 7946 0105,Eve Early,E,\n";
let carrier;
let centre;
let ana;
let bea;

before(async () => {
  carrier = await Carrier.open({ hertz: 700 });
  centre = await Centre.open({ RAPPORT_PHONE_TRUNKS: carrier.setting("carrier", " number=+442079460777"), RAPPORT_PHONE_RING_TIME: "20s", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00" }, { region: "GB" });
  await centre.root.expect(201, "POST", "/api/v1/calling-lists", { id: "winter", brand: "northwind", queue: "support", label: "Winter check", purpose: "a free check of the boiler", attempts_max: 2, caller_number: "020 7946 0888" });
  const filled = await centre.root.request("POST", "/api/v1/calling-lists/winter/entries", { raw: csv });
  assert.equal(filled.body.added, 5, filled.text);
  [ana, bea] = await Promise.all([centre.agent("ana", 1000), centre.agent("bea", 1300)]);
});
after(async () => {
  await centre?.stop();
  carrier?.close();
});

const next = async (agent) => (await agent.client.expect(200, "POST", "/api/v1/me/preview")).preview;
const call = async (agent, preview) => (await agent.client.expect(201, "POST", "/api/v1/me/preview/call", { entry: preview.entry })).interaction;
const settle = (agent, preview, came, more = {}) => agent.client.expect(204, "POST", "/api/v1/me/preview/settle", { entry: preview.entry, came, ...more });
const free = (agent) => eventually("the agent is free", async () => (await agent.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
const progress = () => centre.root.expect(200, "GET", "/api/v1/calling-lists/winter/progress");
/// Reference to what stands of it.
async function results() {
  const { text } = await centre.root.get("/api/v1/calling-lists/winter/results");
  const [names, ...rows] = text.trim().split("\r\n").map((line) => line.split(","));
  return Object.fromEntries(rows.map((row) => [row[0], Object.fromEntries(row.map((cell, at) => [names[at], cell]))]));
}
const came = (reference, wanted) => eventually(`${reference}: ${wanted}`, async () => (await results())[reference].came === wanted && (await results())[reference]);
/// About so many minutes from now: it was so when it was written.
const is_ahead = (moment, minutes) => Math.abs((Date.parse(moment) - Date.now()) / 60_000 - minutes) <= 2;

test("only who is free gets one, each another; it is theirs until they put it back", async () => {
  await ana.client.refused(409, "not_free", "POST", "/api/v1/me/preview");
  await Promise.all([available(ana), available(bea)]);
  const [one, other] = await Promise.all([next(ana), next(bea)]);
  assert.deepEqual([one.reference, other.reference].sort(), ["A", "B"]);
  assert.equal((await next(ana)).entry, one.entry);
  assert.equal((await progress()).in_hand, 2);
  await bea.client.refused(409, "no_preview", "POST", "/api/v1/me/preview/call", { entry: one.entry });
  await bea.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "offline" });
  await eventually("it went back", async () => (await progress()).in_hand === 1);
  await settle(ana, one, "skipped", { reason: "begins anew" });
  const skipped = (await results())[one.reference];
  assert.deepEqual([skipped.came, skipped.attempts, is_ahead(skipped.next_at, 60), skipped.reason], ["skipped", "0", true, "begins anew"]);
});

test("answered: both hear each other, the purpose is on the timeline, and the agent says what came of it", async () => {
  const preview = await next(ana);
  assert.deepEqual([preview.purpose, preview.list, preview.attempts], ["a free check of the boiler", "winter", 0]);
  const phone = centre.phone(ana, "phone_answers");
  const interaction = await call(ana, preview);
  await eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(700, recently()) > loud);
  assert.deepEqual([carrier.calls.at(-1).to, carrier.calls.at(-1).caller], [preview.number, "+442079460888"]);
  await ana.client.refused(409, "not_free", "POST", "/api/v1/me/preview");
  await ana.client.expect(204, "POST", `/api/v1/interactions/${interaction}/call-result`, { came: "voicemail" });
  await ana.client.expect(204, "POST", `/api/v1/interactions/${interaction}/call-result`, { came: "later", at: new Date(Date.now() + 90 * 60_000).toISOString(), reason: "at work" });
  await bea.client.expect(404, "POST", `/api/v1/interactions/${interaction}/call-result`, { came: "reached" });
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/end`);
  await phone.done();
  const closed = await centre.closed(interaction);
  const context = closed.events.find((event) => event.kind === "context");
  assert.deepEqual([context.purpose, context.calling_list], ["a free check of the boiler", "winter"]);
  assert.equal(closed.direction, "outbound");
  const later = await came(preview.reference, "later");
  assert.deepEqual([later.state, later.attempts, is_ahead(later.next_at, 90), later.reason, later.interaction], ["waiting", "1", true, "at work", interaction]);
  await free(ana);
});

test("busy and no answer: each waits its time for the next attempt; through a crash", async () => {
  const tried = [];
  for (const [manner, what, minutes] of [["busy", "busy", 15], ["rings", "no_answer", 120]]) {
    carrier.manner = manner;
    const preview = await next(ana);
    assert.ok(!tried.includes(preview.reference));
    tried.push(preview.reference);
    const phone = centre.phone(ana, "phone_answers");
    await centre.closed(await call(ana, preview));
    await phone.done();
    const entry = await came(preview.reference, what);
    assert.deepEqual([entry.state, entry.attempts, is_ahead(entry.next_at, minutes)], ["waiting", "1", true]);
    await free(ana);
  }
  carrier.manner = "answers";
  const looked_at = await next(ana);
  const before_crash = await results();
  await centre.server.crash();
  assert.deepEqual(await results(), before_crash);
  assert.equal((await progress()).in_hand, 0);
  await centre.log_in(ana);  // they are available still
  assert.equal((await next(ana)).entry, looked_at.entry);
});

test("a crash in a call: it was answered, so they were reached", async () => {
  const preview = await next(ana);
  const phone = centre.phone(ana, "phone_answers");
  const interaction = await call(ana, preview);
  await eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(700, recently()) > loud);
  await eventually("it is on the timeline", async () => (await centre.whole(interaction)).events.some((event) => event.leg === "customer" && event.state === "answered"));
  assert.equal((await progress()).calling, 1);
  await centre.server.crash();
  await phone.stop();
  carrier.hang_up(carrier.calls.at(-1));
  const reached = await came(preview.reference, "reached");
  assert.deepEqual([reached.state, reached.attempts], ["done", "1"]);
  await centre.log_in(ana);
  await free(ana);
});

test("who is listed is left out by itself; who wants no more calls is listed", async () => {
  const add = (row) => centre.root.request("POST", "/api/v1/calling-lists/winter/entries", { raw: `number,reference\n${row}\n` });
  await centre.root.expect(201, "POST", "/api/v1/do-not-call", { brand: "northwind", number: "020 7946 0106" });
  await add("020 7946 0106,F");
  assert.equal(await next(ana), null);
  assert.equal((await results()).F.came, "do_not_call");
  await add("020 7946 0107,G");
  const preview = await next(ana);
  await settle(ana, preview, "do_not_call", { reason: "wrote to us" });
  const listed = await centre.root.expect(200, "GET", "/api/v1/do-not-call");
  assert.ok(listed.items.some((one) => one.number === "+442079460107" && one.reason === "wrote to us"));
  assert.equal((await progress()).refused, 2);
});

test("it rang and the agent hung up: an attempt, and they wait as after no answer, unless the list asks for fewer", async () => {
  await centre.root.request("POST", "/api/v1/calling-lists/winter/entries", { raw: "number,reference\n020 7946 0108,H\n" });
  carrier.manner = "rings";
  const preview = await next(ana);
  const phone = centre.phone(ana, "phone_answers");
  const interaction = await call(ana, preview);
  await eventually("it rings", async () => (await centre.whole(interaction)).events.some((event) => event.leg === "customer" && event.state === "ringing"));
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/end`);
  await phone.done();
  const entry = await came(preview.reference, "no_answer");
  assert.deepEqual([entry.reference, entry.state, entry.attempts, is_ahead(entry.next_at, 120)], ["H", "waiting", "1", true]);
  const { headers, body } = await centre.root.get("/api/v1/calling-lists/winter");
  await centre.root.expect(200, "PUT", "/api/v1/calling-lists/winter", { ...body, attempts_max: 1 }, { "If-Match": headers.get("etag") });
  const ended = await results();
  assert.deepEqual([ended.H.state, ended.H.came, ended.H.attempts], ["done", "no_answer", "1"]);
  const later = Object.values(ended).find((one) => one.came === "later");
  assert.deepEqual([later.state, later.attempts], ["waiting", "0"]); // they named a time
});
