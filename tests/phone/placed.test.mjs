// Calls that we place: by trunks that want a password and are up or down, agent first, then the customer;
// what both hear and what is recorded; what is refused, and by which name.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Carrier } from "./carrier.mjs";
import { Centre, available, away, eventually, loud, nothing, recently } from "./centre.mjs";
import { loudest, loudness } from "./sound.mjs";

const customer = "+442079460123";
const shown = "+442079460999";
let first;
let second;
let centre;
let ana;

before(async () => {
  first = await Carrier.open({ hertz: 700, user: "rapport", password: "open-sesame" });
  second = await Carrier.open({ hertz: 1900 });
  centre = await Centre.open(
    { RAPPORT_PHONE_TRUNKS: `${first.setting("first", " register=yes")},${second.setting("second", " number=+442079460777", "localhost")}`, RAPPORT_PHONE_TRUNK_CHECK: "1s", RAPPORT_PHONE_RING_TIME: "20s", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00", RAPPORT_PHONE_CALLS_PER_AGENT_HOUR: "8" },
    { region: "GB", caller_number: "020 7946 0999" },
  );
  ana = await centre.agent("ana", 1000);
});
after(async () => {
  await centre?.stop();
  await eventually("it logged out", () => first.contact === null);
  for (const carrier of [first, second]) carrier?.close();
});

const wish = (to, more = {}) => ({ to, brand: "northwind", queue: "support", purpose: "meter reading", ...more });
const place = (to = "020 7946 0123", more = {}) => ana.client.expect(201, "POST", "/api/v1/calls", wish(to, more));
const legs = (whole) => whole.events.filter((event) => event.leg === "customer").map((event) => event.state ?? event.attributes?.state ?? event.reason ?? event.attributes?.reason);
const wrapped = () => eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
const both_hear = (carrier) => eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(carrier.end.hertz, recently()) > loud);

test("a trunk that wants it is registered at, by password", async () => {
  await eventually("registered", async () => first.contact !== null && (await centre.metric('rapport_trunk_registered{trunk="first"}')) === 1);
  assert.equal(first.refused, 0);
  assert.match(first.contact, /rapport/);
  await eventually("asked whether it is there", () => first.met.includes("OPTIONS") && second.met.includes("OPTIONS"));
});

test("the agent's phone rings, then the customer's; both hear each other, and each is recorded in a channel", async () => {
  const phone = centre.phone(ana, "phone_answers");
  await away(ana);  // on a break they may
  const { interaction } = await place();
  const call = await eventually("the customer is dialled", () => first.calls.at(-1));
  assert.equal(call.to, customer);
  assert.equal(call.caller, shown);
  await both_hear(first);
  await pass(1500);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/end`);
  await phone.done();
  await eventually("the customer is hung up on", () => call.ended);
  const closed = await centre.closed(interaction);
  assert.equal(closed.direction, "outbound");
  assert.deepEqual(legs(closed), ["dialled", "ringing", "answered", "over"]);
  assert.ok(closed.head.participants[0].identifiers.some((one) => one.value === customer));
  const recorded = await centre.recording(interaction);
  assert.ok(loudest(recorded.customer, 700) > loud && loudest(recorded.agents, 1000) > loud);
  assert.ok(loudest(recorded.customer, 1000) < nothing && loudest(recorded.agents, 700) < nothing);
  await wrapped();
});

test("the agent hears the ringing, and the network's words before an answer; a customer who hangs up ends the call", async () => {
  first.manner = "early";
  const phone = centre.phone(ana, "phone_answers");
  const { interaction } = await place();
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/keys`, { keys: "1" }); // for nobody yet
  await eventually("the network is heard before the answer", () => ana.end.hears(700, recently()) > loud);
  const call = first.calls.at(-1);
  call.answer();
  await both_hear(first);
  first.hang_up(call);
  await phone.done();
  const closed = await centre.closed(interaction);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "customer"));
  await wrapped();
});

test("busy, wrong, and rung for too long: the timeline says so, the agent is let go", async () => {
  for (const [manner, reason] of [["busy", "busy"], ["wrong", "no_such_number"], ["rings", "no_answer"]]) {
    first.manner = manner;
    const phone = centre.phone(ana, "phone_answers");
    const { interaction } = await place();
    if (manner === "rings") await eventually("ringing is heard", () => loudness(ana.end.heard(recently())) > nothing);
    await phone.done();
    const closed = await centre.closed(interaction);
    assert.equal(legs(closed).at(-1), reason);
    assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "bot"));
    if (manner === "rings") await eventually("it is called off", () => first.calls.at(-1).cancelled);
    await wrapped();
  }
});

test("a trunk that does not answer hands over to the next, is down, and up again", async () => {
  first.down = true;
  const phone = centre.phone(ana, "phone_answers");
  const { interaction } = await place();
  await both_hear(second);
  const call = second.calls.at(-1);
  assert.equal(call.caller, shown);
  second.hang_up(call);
  await phone.done();
  await centre.closed(interaction);
  await eventually("it is down", async () => (await centre.metric('rapport_trunk_up{trunk="first"}')) === 0);
  first.down = false;
  first.manner = "answers";
  await eventually("it is up", async () => (await centre.metric('rapport_trunk_up{trunk="first"}')) === 1);
  await wrapped();
});

test("one that says 503 hands over, too; where none is left, that is the reason", async () => {
  first.manner = "unavailable";
  second.manner = "unavailable";
  const phone = centre.phone(ana, "phone_answers");
  const { interaction } = await place();
  await phone.done();
  assert.deepEqual(legs(await centre.closed(interaction)), ["dialled", "dialled", "no_trunk"]);
  first.manner = second.manner = "answers";
  await wrapped();
});

test("an agent without a phone that answers calls nobody", async () => {
  const calls = first.calls.length;
  const phone = centre.phone(ana, "phone_is_busy");
  const { interaction } = await place();
  await phone.done();
  const closed = await centre.closed(interaction);
  assert.ok(closed.events.some((event) => event.kind === "leg_ended" && event.leg === "agent"));
  assert.equal(first.calls.length, calls);
  await wrapped();
});

test("what is refused: emergency numbers, other countries, dear and unknown ones, the list, too many, who may not", async () => {
  const refused = (status, code, to) => ana.client.refused(status, code, "POST", "/api/v1/calls", wish(to));
  await refused(403, "emergency_number", "999");
  await refused(403, "emergency_number", "112");
  await refused(403, "country_not_allowed", "+1 212 555 0123");
  await refused(403, "premium_number", "0909 879 0000");
  await refused(422, "unknown_number", "+44 20 7946 01234");
  await refused(422, "number_not_readable", "nobody");
  const listed = await centre.root.expect(201, "POST", "/api/v1/do-not-call", { brand: "northwind", number: "020 7946 0123", reason: "asked us not to" });
  assert.equal(listed.number, customer);
  await refused(403, "do_not_call", customer);
  await centre.root.expect(204, "DELETE", `/api/v1/do-not-call/${listed.id}`);
  await ana.client.refused(403, "not_permitted", "GET", "/api/v1/do-not-call");
  await centre.sue.refused(403, "not_permitted", "POST", "/api/v1/calls", wish(customer));
  const audit = await centre.root.expect(200, "GET", "/api/v1/audit");
  assert.ok(audit.items.some((entry) => entry.action.startsWith("do_not_call.")));
  assert.equal(await centre.metric('rapport_calls_refused_total{why="premium_number"}'), 1);
  await refused(429, "too_many_calls", customer);
});
