// Calls that leave for a number outside: by a trunk that moves the customer where we ask it to (REFER), and by a leg
// of ours where it does not; who hears whom, what the timeline has, and that nobody is lost on the way.

import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { Carrier } from "./carrier.mjs";
import { Centre, available, away, eventually, loud, nothing, recently, talking } from "./centre.mjs";
import { loudness, peak_at } from "./sound.mjs";

const target = "+442079460200";
let carrier;
let centre;
let ana;
const ends = [];

before(async () => {
  carrier = await Carrier.open({ hertz: 1900 });
  centre = await Centre.open(
    { RAPPORT_PHONE_TRUNKS: carrier.setting("first", " refer=yes number=+442079460777"), RAPPORT_PHONE_RING_TIME: "20s", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00", RAPPORT_PHONE_CALLS_AT_ONCE: "1" },
    { region: "GB", caller_number: "020 7946 0999" },
  );
  ana = await centre.agent("ana", 1000);
});
afterEach(async () => {
  for (const end of ends.splice(0)) end.close();
  carrier.manner = "answers";
  await away(ana);
  await eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
});
after(async () => {
  await centre?.stop();
  carrier?.close();
  ana?.end.close();
});

const leave = (id, to = "020 7946 0200") => ana.client.expect(200, "POST", `/api/v1/interactions/${id}/transfer-outside`, { to });
const field = (event, name) => event[name] ?? event.attributes?.[name];
const outside = (whole) => whole.events.filter((event) => event.leg === "outside").map((event) => field(event, "state") ?? field(event, "reason"));
const told = (whole, kind) => whole.events.find((event) => event.kind === kind);

const music = ({ end }) => eventually("they hear music", () => end.hears(1000, recently()) < nothing && loudness(end.heard(recently())) > nothing);

/// A caller and ana talk.
async function talk(scenario, phone_scenario = "phone_answers", more = {}) {
  await available(ana);
  const phone = centre.phone(ana, phone_scenario, more);
  const caller = await centre.caller(scenario, 700);
  ends.push(caller.end);
  const { id } = await centre.live("connected");
  await talking(caller, ana);
  return { phone, caller, id };
}

test("a trunk that takes REFER moves the customer: the agent and both lines are free, and nobody is called by us", async () => {
  const { phone, caller, id } = await talk("caller_is_moved");
  await leave(id);
  await caller.sipp.ended;
  assert.equal(caller.sipp.code, 0, caller.sipp.log());
  await phone.done();
  const closed = await centre.closed(id);
  assert.deepEqual(outside(closed), ["referred", "ringing", "answered"]);
  for (const kind of ["transfer_outside_started", "transfer_outside"]) assert.equal(field(told(closed, kind), "to"), target);
  assert.ok(told(closed, "hold"), "they were on hold meanwhile");
  assert.equal(told(closed, "ended").by, "agent");
  assert.equal(carrier.calls.length, 0);
  const said = caller.sipp.log();
  assert.match(said, new RegExp(`Refer-To: <sip:\\${target}@127.0.0.1:${carrier.port}>`));
  assert.match(said, /Referred-By: <sip:\+442079460999@127\.0\.0\.1/);
  await eventually("no call is left", async () => (await centre.metric("rapport_phone_calls_open")) === 0);
});

test("one that declines it: a leg of ours goes there, both hear each other, the agent is free, and it is in no recording", async () => {
  carrier.manner = "rings";
  const { phone, caller, id } = await talk("caller_declines_refer");
  const before = carrier.calls.length;
  await leave(id);
  const call = await eventually("they are dialled", () => carrier.calls[before]);
  assert.deepEqual([call.to, call.caller], [target, "+442079460999"]);
  await eventually("the desk is told", async () => outside(await centre.whole(id)).includes("ringing"));
  await ana.client.refused(409, "transfer_in_progress", "POST", `/api/v1/interactions/${id}/leave`);
  await ana.client.refused(429, "calls_at_once", "POST", `/api/v1/interactions/${id}/transfer-outside`, { to: target });
  await music(caller);
  call.answer();
  await phone.done(); // the agent is hung up on
  await eventually("both hear each other", () => caller.end.hears(1900, recently()) > loud && carrier.end.hears(700, recently()) > loud);
  const closed = await centre.closed(id);
  assert.deepEqual(outside(closed), ["referred", "dialled", "ringing", "answered"]);
  assert.equal(told(closed, "ended").by, "agent");
  const { customer, agents } = await centre.recording(id);
  assert.ok(peak_at(agents, 1900) < nothing && peak_at(customer, 700) > nothing, "what was said outside is recorded by nobody");
  // It still counts as one of those that may be at once.
  const place = { to: target, brand: "northwind", queue: "support" };
  await ana.client.refused(429, "calls_at_once", "POST", "/api/v1/calls", place);
  assert.equal(await centre.metric("rapport_phone_calls_open"), 1);
  carrier.hang_up(call);
  await caller.sipp.done();
  await eventually("no call is left", async () => (await centre.metric("rapport_phone_calls_open")) === 0);
  const declines = centre.phone(ana, "phone_is_busy");
  await ana.client.expect(201, "POST", "/api/v1/calls", place);
  await declines.done();
});

test("one that says nothing of it is not waited for; where nobody answers there, the customer is back with the agent", async () => {
  carrier.manner = "busy";
  const { phone, caller, id } = await talk("caller_says_nothing_of_refer");
  const refused = (status, code, to) => ana.client.refused(status, code, "POST", `/api/v1/interactions/${id}/transfer-outside`, { to });
  await refused(403, "emergency_number", "999");
  await refused(403, "premium_number", "0909 879 0000");
  await refused(403, "country_not_allowed", "+1 212 555 0123");
  await refused(422, "number_not_readable", "nobody");
  await leave(id);
  await eventually("it is busy there", async () => outside(await centre.whole(id)).at(-1) === "busy");
  await talking(caller, ana);
  const back = await ana.client.expect(200, "GET", "/api/v1/me/hands");
  assert.equal(back.state.in_hand[0].interaction, id);
  assert.deepEqual(outside(await centre.whole(id)), ["referred", "dialled", "busy"]);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${id}/end`);
  await phone.done();
  await caller.sipp.done();
  await centre.closed(id);
});

test("a menu lets a call leave: both hear each other and each other's keys; where nobody answers there, the menu goes on", async () => {
  const number = "+442079460000";
  await centre.root.expect(201, "POST", "/api/v1/menus", { id: "outside", brand: "northwind", numbers: [number], start: "send", steps: { send: { do: "transfer", to: target, otherwise: "closed" }, closed: { do: "hang_up" } } });
  const before = carrier.calls.length;
  const caller = await centre.caller("caller_declines_refer", 700, { service: number });
  ends.push(caller.end);
  await eventually("both hear each other", () => caller.end.hears(1900, recently()) > loud && carrier.end.hears(700, recently()) > loud);
  await caller.end.press("5");
  await eventually("the key is heard there", () => carrier.end.keys.includes("5"));
  const [row] = (await centre.sue.expect(200, "GET", "/api/v1/interactions")).items;
  const closed = await centre.closed(row.id);
  assert.deepEqual(outside(closed), ["referred", "dialled", "ringing", "answered"]);
  assert.equal(told(closed, "ended").by, "bot");
  carrier.hang_up(carrier.calls[before]);
  await caller.sipp.done();

  carrier.manner = "busy";
  const other = await centre.caller("caller_declines_refer", 700, { service: number });
  ends.push(other.end);
  await other.sipp.done();
  const [last] = (await centre.sue.expect(200, "GET", "/api/v1/interactions")).items;
  const steps = (await centre.closed(last.id)).events.filter((event) => event.kind === "guide_step");
  assert.deepEqual(steps.map((event) => [field(event, "step"), field(event, "reason")]), [["send", "called"], ["closed", "not taken"]]);
});

test("an agent who hangs up meanwhile has not lost them: not answered there, they are back in their place", async () => {
  carrier.manner = "rings";
  const { phone, caller, id } = await talk("caller_declines_refer", "phone_hangs_up_when_told");
  const before = carrier.calls.length;
  await leave(id);
  const call = await eventually("they are dialled", () => carrier.calls[before]);
  await away(ana);
  phone.tell();
  await phone.done();
  await eventually("it is given up there", () => call.cancelled);
  await eventually("nobody answered", async () => outside(await centre.whole(id)).length > 3);
  await eventually("they wait again", async () => (await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true")).items.some((row) => row.id === id));
  await music(caller);
  assert.deepEqual(outside(await centre.whole(id)), ["referred", "dialled", "ringing", "no_answer"]);
  await caller.sipp.stop();
});
