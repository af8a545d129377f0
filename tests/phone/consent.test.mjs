// Whether calls that we place are recorded: where the brand says so, those we call are asked first, and what
// is said before they agree is in no recording; and calls of before a crash count for the agent's hour.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Carrier } from "./carrier.mjs";
import { Centre, available, away, employ, eventually, hear_just, loud, nothing, recently } from "./centre.mjs";
import { loudest, peak_at, wav_of } from "./sound.mjs";

let carrier;
let centre;
let ana;

before(async () => {
  carrier = await Carrier.open({ hertz: 700 });
  centre = await Centre.open({ RAPPORT_PHONE_TRUNKS: carrier.setting("carrier", " number=+442079460777"), RAPPORT_PHONE_CALL_HOURS: "00:00-24:00", RAPPORT_PHONE_CALLS_PER_AGENT_HOUR: "11" }, { region: "GB", placed_recording: "record, GB ask" });
  ana = await centre.agent("ana", 1000);
  await away(ana);  // on a break they may
});
after(async () => {
  await centre?.stop();
  carrier?.close();
});

async function begin() {
  const phone = centre.phone(ana, "phone_answers");
  await eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
  const { interaction } = await ana.client.expect(201, "POST", "/api/v1/calls", { to: "020 7946 0123", brand: "northwind", queue: "support" });
  return { phone, interaction };
}
const hear = () => eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(700, recently()) > loud);
/// Since when they hear the question that a key answers.
const asked = () => eventually("they hear the question", () => carrier.end.hears(1800, recently()) > loud && Date.now());
/// A call in which both hear each other.
async function call() {
  const one = await begin();
  await hear();
  return one;
}
async function end({ phone, interaction }) {
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/end`);
  await phone.done();
  return centre.closed(interaction);
}
async function follow(rule, more = {}) {
  const brand = await centre.root.expect(200, "GET", "/api/v1/brands/northwind");
  await centre.root.expect(200, "PUT", "/api/v1/brands/northwind", { ...brand, placed_recording: rule, ...more }, { "If-Match": `"${brand.version}"` });
}
const consent = ({ interaction }, given) => ana.client.post(`/api/v1/interactions/${interaction}/events`, { kind: "consent", given });
const has = (whole, kind) => whole.events.some((event) => event.kind === kind);

test("nothing is recorded before they agree, and both sides from then on", async () => {
  const one = await call();
  await pass(1000);
  assert.equal((await centre.whole(one.interaction)).events.find((event) => event.kind === "context").consent_required, true);
  assert.ok(!has(await centre.whole(one.interaction), "recording_started"));
  assert.ok((await consent(one, true)).status < 300);
  await eventually("it is recorded", async () => has(await centre.whole(one.interaction), "recording_started"));
  await pass(1500);
  const closed = await end(one);
  const recorded = await centre.recording(one.interaction);
  const began = closed.events.find((event) => event.kind === "recording_started").at_ms;
  const over = closed.events.find((event) => event.kind === "ended").at_ms;
  assert.ok(Math.abs(recorded.customer.length / 8 - (over - began)) < 5_000, `${recorded.customer.length / 8} ms of ${over - began}`);
  assert.ok(loudest(recorded.customer, 700) > loud && loudest(recorded.agents, 1000) > loud);
});

test("who does not agree is in no recording; who takes it back is silence from then on", async () => {
  const one = await call();
  assert.ok((await consent(one, false)).status < 300);
  await pass(800);
  assert.ok(!has(await end(one), "recording_started"));
  await eventually("there is none", async () => (await centre.sue.get(`/api/v1/interactions/${one.interaction}/recording`)).status === 404);
  const other = await call();
  await consent(other, true);
  await eventually("it is recorded", async () => has(await centre.whole(other.interaction), "recording_started"));
  await pass(1000);
  await consent(other, false);
  await pass(3000);
  const { events } = await end(other);
  const recorded = await centre.recording(other.interaction);
  const [began, taken_back] = ["recording_started", "consent"].map((kind) => events.findLast((event) => event.kind === kind).at_ms);
  assert.ok(loudest(recorded.customer, 700) > loud);
  assert.ok(loudest(recorded.customer.slice(8 * (taken_back - began + 1_000)), 700) < nothing);
});

test("what is said while their phone rings holds from their answer on, and where the brand says never, nothing is recorded", async () => {
  carrier.manner = "rings";
  for (const [rule, given] of [["ask", true], ["record", false], ["never", true]]) {
    await follow(rule);
    const rung = carrier.calls.length;
    const one = await begin();
    await eventually("their phone rings", () => carrier.calls.length > rung);
    assert.ok((await consent(one, given)).status < 300);
    carrier.calls.at(-1).answer();
    await hear();
    assert.ok((await consent(one, given)).status < 300);
    const recorded = rule === "ask";
    if (recorded) await eventually("it is recorded", async () => has(await centre.whole(one.interaction), "recording_started"));
    await pass(recorded ? 1500 : 500);
    const closed = await end(one);
    assert.equal(has(closed, "recording_started"), recorded, rule);
    if (recorded) assert.ok(loudest((await centre.recording(one.interaction)).customer, 700) > loud);
    else await eventually("there is none", async () => (await centre.sue.get(`/api/v1/interactions/${one.interaction}/recording`)).status === 404);
  }
});

test("where a key decides, they hear the question and nobody hears the other before it; recording begins where they said yes", async () => {
  carrier.manner = "answers";
  const uploaded = await centre.root.request("POST", "/api/v1/sounds?id=question&brand=northwind&label=Question", { raw: wav_of(1800, 8_000, 1, 10), headers: { "Content-Type": "audio/wav" } });
  assert.equal(uploaded.status, 201, uploaded.text);
  await follow("ask, GB prompt", { placed_prompt_sound: "question" });
  await centre.root.refused(409, "in_use", "DELETE", "/api/v1/sounds/question");
  for (const [key, agreed] of [["1", true], ["2", false]]) {
    const one = await begin();
    await asked();
    await hear_just([ana.end, [], [700]], [carrier.end, [1800], [1000]]); // neither hears the other
    assert.ok(!has(await centre.whole(one.interaction), "recording_started"));
    await carrier.end.press(key);
    await hear_just([ana.end, [700], [1000]], [carrier.end, [1000], [1800]]); // the question is over
    if (agreed) await eventually("it is recorded", async () => has(await centre.whole(one.interaction), "recording_started"));
    await pass(1000);
    const closed = await end(one);
    const consents = closed.events.filter((event) => event.kind === "consent");
    assert.deepEqual(consents.map(({ given, by }) => [given, by]), [[agreed, "customer"]]);
    assert.ok(closed.events.some((event) => event.kind === "guide_step" && event.guide === "placed_recording"));
    assert.equal(has(closed, "recording_started"), agreed);
    if (agreed) {
      const recorded = await centre.recording(one.interaction);
      const span = closed.events.find((event) => event.kind === "ended").at_ms - consents[0].at_ms;
      assert.ok(Math.abs(recorded.customer.length / 8 - span) < 5_000, `${recorded.customer.length / 8} ms of ${span}`);
      assert.ok(loudest(recorded.customer, 700) > loud && loudest(recorded.agents, 1000) > loud);
      assert.ok(peak_at(recorded.agents, 1800) < nothing, "the question is in no recording");
    } else {
      await eventually("there is none", async () => (await centre.sue.get(`/api/v1/interactions/${one.interaction}/recording`)).status === 404);
    }
  }
});

test("whose consent was needed before a crash is asked when they are called back after it, by a key, too; never stays never", async () => {
  carrier.manner = "answers";
  const sup = await employ(centre.root, "sup", ["supervisor"], ["northwind"]);
  for (const rule of ["ask", "never", "prompt"]) {
    await centre.log_in(ana);
    await follow(rule);
    const one = rule === "prompt" ? await begin() : await call();
    if (rule === "prompt") await asked();
    const rung = carrier.calls.length;
    await ana.client.expect(200, "POST", `/api/v1/interactions/${one.interaction}/put-back`);
    await sup.expect(200, "POST", `/api/v1/interactions/${one.interaction}/callback`, { due: new Date(Date.now() + 10_000).toISOString() });
    await one.phone.done();
    await centre.server.crash();
    await centre.log_in(ana);
    const phone = centre.phone(ana, "phone_answers");
    await available(ana);
    await eventually("they are called back", () => carrier.calls.length > rung);
    if (rule === "prompt") await asked(); // and they press nothing
    await hear();
    if (rule === "prompt") {
      const closed = await end({ ...one, phone });
      assert.deepEqual(closed.events.filter((event) => event.kind === "consent").map(({ given, by }) => [given, by]), [[false, "customer"]]);
      assert.ok(!has(closed, "recording_started"));
      continue;
    }
    await pass(1000);
    assert.ok(!has(await centre.whole(one.interaction), "recording_started"));
    assert.ok((await consent(one, true)).status < 300);
    if (rule === "ask") await eventually("it is recorded", async () => has(await centre.whole(one.interaction), "recording_started"));
    else await pass(1000);
    assert.equal(has(await end({ ...one, phone }), "recording_started"), rule === "ask");
    await away(ana);
  }
});

test("a crash forgets no call of the hour", async () => {
  await eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
  await centre.server.crash();
  await ana.client.refused(429, "too_many_calls", "POST", "/api/v1/calls", { to: "020 7946 0123", brand: "northwind", queue: "support" });
});
