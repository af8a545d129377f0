// Agents' own telephones call: numbers, as calls that we place; and, in a call, whom they ask, to whom they then hand
// it over by joining both calls. Every line has a tone, listened at by every other end and in both channels.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Carrier, TelephoneSystem } from "./carrier.mjs";
import { Centre, away, employ, eventually, hear_just, loud, music, nothing } from "./centre.mjs";
import { DeskPhone } from "./desk_phone.mjs";
import { loudest } from "./sound.mjs";

const customer = "+442079460123";
const shown = "+442079460999";
const callers = 1900;
const tones = [700, 1000, 1150, 1300, callers];
let carrier, centre, ana, ben;

/// Somebody with a telephone of two lines, of these tones.
async function telephone(login, tones, roles = ["agent"]) {
  const client = await employ(centre.root, login, roles, ["northwind"]);
  const { password } = await centre.root.expect(201, "POST", `/api/v1/users/${client.me.user}/phone`);
  return Object.assign(await DeskPhone.log_in({ login, password, to: centre.sip_port() }, tones), { client, id: client.me.user });
}

before(async () => {
  carrier = await Carrier.open({ hertz: 700 });
  centre = await Centre.open({ RAPPORT_PHONE_TRUNKS: carrier.setting("carrier"), RAPPORT_PHONE_CALL_HOURS: "00:00-24:00" }, { region: "GB", caller_number: "020 7946 0999" }, { wrap_up_seconds: 5 }); // what the phone tells comes before the closing
  ana = await telephone("ana", [1000, 1150]);
  ben = await centre.agent("ben", 1300);
});
after(async () => {
  await centre?.stop();
  ana?.close();
  carrier?.close();
});

const hands = async (agent) => (await agent.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand;
const free = (agent) => eventually("nothing is in hand", async () => (await hands(agent)).length === 0);
const legs = (whole) => whole.events.filter((event) => event.leg === "customer").map((event) => event.state ?? event.reason);
const asks = (who, id, what, body) => who.client.expect(200, "POST", `/api/v1/interactions/${id}/${what}`, body);
async function ready({ client }) {
  await client.put("/api/v1/me/presence", { presence: "available" });
  await client.post("/api/v1/me/resume");
}

/// Waits until each end hears just these tones of all.
const hear = (...wanted) => hear_just(...wanted.map(([end, heard]) => [end, heard, tones.filter((hertz) => !heard.includes(hertz))]));

test("a number: the customer's phone rings, both hear each other, each is in a channel, the agent hangs up", async () => {
  await away(ana); // on a break they may
  const { status, reason, line } = await ana.dial("02079460123");
  assert.equal(status, 200, reason);
  await hear([ana.end, [700]], [carrier.end, [1000]]);
  assert.deepEqual([carrier.calls.at(-1).to, carrier.calls.at(-1).caller], [customer, shown]);
  const [{ interaction }] = await hands(ana);
  await ana.leave(line);
  await eventually("the customer is hung up on", () => carrier.calls.at(-1).ended);
  const closed = await centre.closed(interaction);
  assert.deepEqual([closed.direction, closed.queue, closed.agents], ["outbound", "support", [ana.id]]);
  assert.deepEqual(legs(closed).slice(0, 3), ["dialled", "ringing", "answered"]);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "agent"));
  const recorded = await centre.recording(interaction);
  assert.ok(loudest(recorded.customer, 700) > loud && loudest(recorded.agents, 1000) > loud);
  assert.ok(loudest(recorded.customer, 1000) < nothing && loudest(recorded.agents, 700) < nothing);
  await free(ana);

  carrier.manner = "busy";
  const second = await ana.dial(customer);
  await eventually("the phone is hung up on", () => ana.got("BYE", second.line).length > 0);
  carrier.manner = "answers";
  await free(ana);
});

test("what is refused says why: the password, numbers that may not be called, who may not call, whom one asks in a call alone", async () => {
  const refused = async (status, reason, whom, phone = ana, password = phone.password) => {
    const told = await phone.dial(whom, phone.end, password);
    assert.deepEqual([told.status, told.reason], [status, reason]);
  };
  await refused(403, "Forbidden", "02079460123", ana, "guessed");
  await refused(403, "emergency number", "999");
  await refused(403, "premium number", "09098790000");
  await refused(403, "country not allowed", "+12125550123");
  await refused(404, "unknown number", "+4420794601234");
  await refused(404, "number not readable", "somebody");
  await refused(403, "asked in a call alone", "ben");
  await refused(403, "asked in a call alone", "support");
  const may = await employ(centre.root, "may", ["quality"], ["northwind"]);
  await centre.root.expect(201, "POST", `/api/v1/users/${may.me.user}/phone`);
  const login = ana.say(centre.sip_port(), "REGISTER", `sip:127.0.0.1:${centre.sip_port()}`, { from: "may" });
  assert.match((await ana.answer(login, 1)).first, / 404 /, "who takes no calls has no telephone");
  assert.deepEqual(await hands(ana), []);
  assert.equal(await centre.metric('rapport_calls_refused_total{why="premium_number"}'), 1);

  const stranger = await TelephoneSystem.open({ user: "trunk" });
  const id = stranger.say(centre.sip_port(), "INVITE", `sip:support@127.0.0.1:${centre.sip_port()}`, { more: "Replaces: a@b;to-tag=c;from-tag=d\r\n" });
  assert.match((await stranger.answer(id, 1)).first, / 603 /);
  stranger.close();
});

test("one address brings the calls of two telephones and of customers: who says they are an agent proves it, a customer need not", async () => {
  const { me } = await employ(centre.root, "cal", ["agent"], ["northwind"]);
  const { password } = await centre.root.expect(201, "POST", `/api/v1/users/${me.user}/phone`);
  const to = centre.sip_port();
  const uri = `sip:support@127.0.0.1:${to}`;
  const own = ana.user;
  ana.user = "cal";
  const { answer } = await ana.prove(to, "REGISTER", `sip:127.0.0.1:${to}`, { password }).finally(() => (ana.user = own));
  assert.match(answer.first, / 200 /);

  const call = async (from) => {
    const id = ana.say(to, "INVITE", uri, { from, body: ana.words(ana.end) });
    const told = await ana.answer(id, 1);
    const tag = `;tag=${/tag=(\S+)/.exec(told.one("to"))[1]}`;
    ana.say(to, "ACK", uri, { id, from, tag });
    return { first: told.first, hang_up: () => ana.say(to, "BYE", uri, { id, from, sequence: 2, tag }) };
  };
  for (const agent of ["ana", "cal"]) assert.match((await call(agent)).first, / 401 /, agent);
  const before = await centre.metric("rapport_phone_calls_total");
  const customers = await call("+442079460177");
  assert.match(customers.first, / 200 /, "they wait in the queue, and hear so");
  assert.equal(await centre.metric("rapport_phone_calls_total"), before + 1);
  const { id } = await centre.live("waiting");
  customers.hang_up();
  await centre.closed(id);
});

/// A caller who stays, with ana, who holds; and whom she asks by a second call, whose phone plays this scenario.
async function call() {
  await away(ben);
  await ready(ana);
  const caller = await centre.caller("caller_stays", callers);
  await hear([caller.end, [1000]], [ana.end, [callers]]);
  const { id } = await centre.live("connected");
  const line = ana.rung();
  await ana.hold(line);
  await hear([caller.end, []]);
  return { caller, id, line };
}
async function ask(whom, scenario) {
  const phone = centre.phone(ben, scenario);
  await ready(ben);
  const { status, line } = await ana.dial(whom, ana.second);
  assert.equal(status, 200);
  await hear([ana.second, [1300]], [ben.end, [1150]]);
  return { phone, line };
}
async function over({ caller, id }, ...phones) {
  await caller.sipp.done();
  for (const phone of phones) await phone.done();
  caller.end.close();
  const closed = await centre.closed(id);
  for (const agent of [ana, ben]) await away(agent);
  return closed;
}

test("held, a colleague asked by a second call, back and forth; joined before they have read it stays, afterwards they have it", async () => {
  const one = await call();
  const { phone, line } = await ask("ben", "phone_answers");
  await hear([one.caller.end, []], [ana.second, [1300]], [ben.end, [1150]]);
  await music(one.caller.end);
  assert.equal((await ana.dial("support", ana.end)).status, 486, "a third call");

  assert.equal(await ana.join(one.line, line), 202);
  await eventually("it is not theirs yet", () => ana.told(one.line).join() === "100,480");
  assert.equal(await ana.join(one.line, line, "another"), 603, "no call of this phone's");
  await ana.hold(line);
  await ana.hold(one.line, false);
  await hear([one.caller.end, [1000]], [ana.end, [callers]], [ben.end, []]);
  await music(ben.end);
  await ana.hold(one.line);
  await ana.hold(line, false);
  await hear([one.caller.end, []], [ana.second, [1300]], [ben.end, [1150]]);

  await asks(ben, one.id, "acknowledge");
  assert.equal(await ana.join(one.line, line), 202);
  await eventually("both calls of the phone are over", () => ana.got("BYE", one.line).length > 0 && ana.got("BYE", line).length > 0);
  assert.deepEqual(ana.told(one.line).slice(2), [100, 200]);
  await hear([one.caller.end, [1300]], [ben.end, [callers]]);
  await asks(ben, one.id, "end");
  const closed = await over(one, phone);
  assert.deepEqual(closed.agents, [ana.id, ben.id]);
  assert.ok(closed.events.some((event) => event.kind === "transfer" && event.mode === "warm" && event.to === ben.id && event.context_acknowledged));
  assert.equal(closed.events.filter((event) => event.kind === "hold").length, 2);
  const { customer: left, agents } = await centre.recording(one.id);
  for (const hertz of [1000, 1150, 1300]) assert.ok(loudest(agents, hertz) > loud && loudest(left, hertz) < nothing, `${hertz} Hz: right alone`);
  assert.ok(loudest(left, callers) > loud && loudest(agents, callers) < nothing);
});

test("hung up on the colleague, or by them, the caller is where they were: on hold until the phone goes on; then joined by the second call", async () => {
  const one = await call();
  assert.deepEqual([(await ana.dial("09098790000", ana.second)).reason, (await ana.dial("nobody", ana.second)).status], ["premium number", 404]);
  const rings = centre.phone(ben, "phone_rings");
  await ready(ben);
  const unanswered = ana.dial("ben", ana.second);
  await eventually("the colleague's phone rings", async () => (await hands(ben)).length === 1);
  ana.cancel();
  assert.equal((await unanswered).status, 487);
  await rings.done();
  await hear([one.caller.end, []]);
  await music(one.caller.end);

  const first = await ask("ben", "phone_answers");
  await ana.leave(first.line);
  await first.phone.done();
  await hear([one.caller.end, []]);
  await music(one.caller.end);
  await ana.hold(one.line, false);
  await hear([one.caller.end, [1000]], [ana.end, [callers]]);

  await ana.hold(one.line);
  const second = await ask("support", "phone_hangs_up_when_told");
  await second.phone.tell();
  await second.phone.done();
  await eventually("the second call is over", () => ana.got("BYE", second.line).length > 0);
  await hear([one.caller.end, []]);
  await ana.hold(one.line, false);
  await hear([one.caller.end, [1000]], [ana.end, [callers]]);

  await ana.hold(one.line);
  const third = await ask("ben", "phone_answers");
  await asks(ben, one.id, "acknowledge");
  assert.equal(await ana.join(third.line, one.line), 202);
  await hear([one.caller.end, [1300]], [ben.end, [callers]]);
  await asks(ben, one.id, "end");
  const closed = await over(one, third.phone);
  assert.deepEqual(closed.agents, [ana.id, ben.id]);
});

test("hung up on before anybody is asked and dialled anew at once, the second call is the one that asks; what was said by both lines is told together", async () => {
  await away(ben);
  await ready(ana);
  const caller = await centre.caller("caller_stays", callers);
  await hear([caller.end, [1000]], [ana.end, [callers]]);
  const { id } = await centre.live("connected");
  await pass(3000);
  const line = ana.rung();
  await ana.hold(line);
  const before = ana.answers.length;
  const gone = ana.dial("support", ana.second);
  await eventually("it rings", () => ana.answers.slice(before).some((one) => one.first.includes(" 180 ")));
  ana.cancel();
  // Who is free before it is called off would be offered what the first call asked for.
  await eventually("it is called off", async () => !(await hands(ana))[0].asked);
  const { phone } = await ask("ben", "phone_answers");
  assert.equal((await gone).status, 487);
  await asks(ana, id, "resume"); // by the desk: then the line that the phone does not hold has the customer
  await hear([caller.end, [1150]], [ana.second, [callers]]);
  await pass(2000);
  await asks(ana, id, "end");
  const closed = await over({ caller, id }, phone);
  const spoken = closed.events.filter((event) => event.kind === "leg_ended" && event.leg === "agent").map((event) => event.both_spoke_ms ?? 0);
  assert.ok(Math.max(...spoken) > 4000, `both lines together: ${spoken} ms`);
});

test("a number outside asked by a second call, back and forth; they hang up and the caller is still there; asked again and joined, the two have each other", async () => {
  const one = await call();
  const ask_outside = async () => {
    const { status, reason, line } = await ana.dial("02079460200", ana.second);
    assert.equal(status, 200, reason);
    await hear([one.caller.end, []], [ana.second, [700]], [carrier.end, [1150]]);
    await music(one.caller.end);
    return { line, theirs: carrier.calls.at(-1) };
  };
  const first = await ask_outside();
  assert.deepEqual([first.theirs.to, first.theirs.caller], ["+442079460200", shown]);
  await ana.hold(first.line);
  await ana.hold(one.line, false);
  await hear([one.caller.end, [1000]], [ana.end, [callers]], [carrier.end, []]);
  await ana.hold(one.line);
  await ana.hold(first.line, false);
  await hear([one.caller.end, []], [ana.second, [700]], [carrier.end, [1150]]);
  carrier.hang_up(first.theirs);
  await eventually("the second call is over", () => ana.got("BYE", first.line).length > 0);
  await hear([one.caller.end, []]);
  await music(one.caller.end);

  const second = await ask_outside();
  assert.equal(await ana.join(one.line, second.line), 202);
  await eventually("both calls of the phone are over", () => ana.got("BYE", one.line).length > 0 && ana.got("BYE", second.line).length > 0);
  assert.deepEqual(ana.told(one.line), [100, 200]);
  await hear([one.caller.end, [700]], [carrier.end, [callers]]);
  const closed = await centre.closed(one.id);
  const outside = closed.events.filter((event) => event.leg === "outside").map((event) => event.state ?? event.reason);
  assert.deepEqual(outside, ["dialled", "ringing", "answered", "hung_up", "dialled", "ringing", "answered"]);
  const recorded = await centre.recording(one.id);
  assert.ok(loudest(recorded.agents, 1150) > loud && loudest(recorded.agents, 700) < nothing && loudest(recorded.customer, 700) < nothing, "who is outside is in no recording");
  carrier.hang_up(second.theirs);
  await one.caller.sipp.done();
  one.caller.end.close();
  await away(ana);
});
