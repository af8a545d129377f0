// More than two on a call: everybody has a tone of their own, and each is listened at by every other and in
// both channels of the recording.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Centre, away, employ, eventually, hear_just, loud, music, nothing, talking } from "./centre.mjs";
import { End, loudest, peak_at } from "./sound.mjs";
import { free_udp_port } from "./sipp.mjs";

const callers = 1900; // no tone of the music
let centre, ana, ben, sup;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
  ben = await centre.agent("ben", 1300);
  const client = await employ(centre.root, "sup", ["supervisor"], ["northwind"]);
  const made = await centre.root.expect(201, "POST", `/api/v1/users/${client.me.user}/phone`);
  sup = { client, login: "sup", id: client.me.user, password: made.password, end: await End.open(1600), port: await free_udp_port() };
  await centre.log_in(sup);
});
after(() => centre?.stop());

const everybody = () => [callers, ana.end.hertz, ben.end.hertz, sup.end.hertz];

/// Waits until each end hears just these tones of all.
const hear = (...wanted) => hear_just(...wanted.map(([end, tones]) => [end, tones, everybody().filter((hertz) => !tones.includes(hertz))]));

const asks = (who, id, what, body) => who.client.expect(200, "POST", `/api/v1/interactions/${id}/${what}`, body);
const live = async (id) => (await sup.client.expect(200, "GET", "/api/v1/floor")).interactions.find((one) => one.id === id);
const parties = async (id) => (await live(id)).parties.map((one) => `${one.user === ben.id ? "ben" : one.name} ${one.kind}`);

/// The agent takes calls, as they may have done before.
async function ready({ client }) {
  await client.put("/api/v1/me/presence", { presence: "available" });
  await client.post("/api/v1/me/resume");
}

/// A caller who stays, with ana.
async function call(scenario = "phone_answers") {
  const phone = centre.phone(ana, scenario);
  await ready(ana);
  const caller = await centre.caller("caller_stays", callers);
  await talking(caller, ana);
  return { phone, caller, id: (await centre.live("connected")).id };
}

/// Ana asks ben, whose phone plays this scenario, and ben is on the line.
async function consult(id, scenario, more) {
  const phone = centre.phone(ben, scenario, more);
  await ready(ben);
  await asks(ana, id, "transfer", { to: "agent", target: ben.id, warm: true });
  await eventually("ben is consulted", async () => (await live(id)).parties.some((one) => one.user === ben.id && !one.offered));
  return phone;
}

async function over(id, caller, ...phones) {
  await caller.sipp.done();
  for (const phone of phones) await phone.done();
  for (const agent of [ana, ben]) await away(agent);
  caller.end.close();
  return centre.closed(id);
}

test("muted, consulted, back and forth, a conference, left by the first agent; a supervisor joins in", async () => {
  const { phone, caller, id } = await call();
  await asks(ana, id, "mute");
  await hear([caller.end, []], [ana.end, [callers]]);
  assert.equal((await live(id)).muted, true);
  await ana.client.refused(409, "already_muted", "POST", `/api/v1/interactions/${id}/mute`);
  await asks(ana, id, "unmute");
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]]);

  const asked = await consult(id, "phone_answers");
  await hear([caller.end, []], [ana.end, [ben.end.hertz]], [ben.end, [ana.end.hertz]]);
  await music(caller.end);
  assert.equal((await live(id)).on_hold, true);
  await asks(ana, id, "resume");
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]], [ben.end, []]);
  await music(ben.end);
  await ana.client.refused(409, "not_acknowledged", "POST", `/api/v1/interactions/${id}/conference`);
  await asks(ana, id, "hold");
  await asks(ben, id, "acknowledge");
  await hear([caller.end, []], [ana.end, [ben.end.hertz]], [ben.end, [ana.end.hertz]]);

  await asks(ana, id, "conference");
  await hear([caller.end, [ana.end.hertz, ben.end.hertz]], [ana.end, [callers, ben.end.hertz]], [ben.end, [callers, ana.end.hertz]]);
  assert.deepEqual(await parties(id), ["ben joined"]);
  await asks(ana, id, "leave");
  await phone.done();
  await hear([caller.end, [ben.end.hertz]], [ben.end, [callers]]);
  assert.equal((await live(id)).agent, ben.id);

  const joined = centre.phone(sup, "phone_answers");
  await asks(sup, id, "listen", { how: "barge" });
  await hear([caller.end, [ben.end.hertz, sup.end.hertz]], [ben.end, [callers, sup.end.hertz]], [sup.end, [callers, ben.end.hertz]]);
  await asks(ben, id, "end");
  const closed = await over(id, caller, asked, joined);

  const of = (kind) => closed.events.filter((event) => event.kind === kind);
  assert.equal(of("mute").length, 1);
  assert.ok(of("mute")[0].end_ms > of("mute")[0].at_ms);
  assert.equal(of("hold").length, 2, "with the colleague, twice");
  assert.equal(of("conference")[0].with, ben.id);
  assert.ok(of("transfer").some((event) => event.mode === "warm" && event.to === ben.id));
  assert.deepEqual(closed.agents, [ana.id, ben.id]);
  const { customer, agents } = await centre.recording(id);
  // Of an eighth of a second: who was heard for 300 ms fills one.
  assert.ok(loudest(customer, callers, 1_000) > loud);
  for (const one of [ana, ben, sup]) {
    assert.ok(loudest(agents, one.end.hertz, 1_000) > loud, `right: ${one.login}`);
    assert.ok(loudest(customer, one.end.hertz, 1_000) < nothing, `left: not ${one.login}`);
  }
  assert.ok(loudest(agents, callers, 1_000) < nothing);
});

test("a colleague who hangs up, or is not needed, leaves the caller with the agent; an agent who goes too early leaves them to the queue", async () => {
  const { phone, caller, id } = await call();
  const first = await consult(id, "phone_hangs_up_when_told");
  await hear([caller.end, []], [ana.end, [ben.end.hertz]], [ben.end, [ana.end.hertz]]);
  await first.tell();
  await first.done();
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]]);
  assert.deepEqual(await parties(id), []);

  const second = await consult(id, "phone_answers");
  await hear([caller.end, []], [ana.end, [ben.end.hertz]]);
  await asks(ana, id, "cancel-transfer");
  await second.done();
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]]);

  const third = await consult(id, "phone_answers");
  for (const agent of [ana, ben]) await away(agent);
  await asks(ana, id, "leave");
  await phone.done();
  await third.done();
  await eventually("the caller waits again", async () => (await live(id)).stage === "waiting");
  await music(caller.end);
  assert.equal((await live(id)).on_hold, false);

  const fourth = centre.phone(ben, "phone_answers");
  await ready(ben);
  await hear([caller.end, [ben.end.hertz]], [ben.end, [callers]]);
  await asks(ben, id, "end");
  const closed = await over(id, caller, fourth);
  assert.equal(closed.events.filter((event) => event.kind === "leg_started" && event.leg === "colleague").length, 3);
  assert.equal(closed.events.filter((event) => event.kind === "leg_ended" && event.leg === "colleague").length, 3);
});

test("a supervisor monitors and whispers: the agent alone hears it, the recording does not, and it is on record", async () => {
  const { phone, caller, id } = await call();
  const path = `/api/v1/interactions/${id}/listen`;
  await ana.client.refused(403, "not_permitted", "POST", path, { how: "monitor" });
  const elsewhere = await employ(centre.root, "eve", ["supervisor"], []);
  await elsewhere.refused(404, "unknown_interaction", "POST", path, { how: "monitor" });

  const listens = centre.phone(sup, "phone_answers");
  await asks(sup, id, "listen", { how: "monitor" });
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]], [sup.end, [callers, ana.end.hertz]]);
  assert.deepEqual(await parties(id), ["Sup Test monitoring"]);
  await asks(sup, id, "listen", { how: "whisper" });
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers, sup.end.hertz]], [sup.end, [callers, ana.end.hertz]]);
  await asks(ana, id, "hold");
  await hear([caller.end, []], [ana.end, [sup.end.hertz]], [sup.end, [ana.end.hertz]]);
  await asks(ana, id, "resume");
  await sup.client.refused(409, "already_so", "POST", path, { how: "whisper" });
  await asks(sup, id, "leave");
  await listens.done();
  await hear([caller.end, [ana.end.hertz]], [ana.end, [callers]]);

  const busy = centre.phone(sup, "phone_is_busy");
  await asks(sup, id, "listen", { how: "monitor" });
  await busy.done();
  await eventually("who cannot be reached listens no more", async () => (await live(id)).parties.length === 0);
  await asks(ana, id, "end");
  const closed = await over(id, caller, phone);
  const said = closed.events.filter((event) => event.kind === "listening").map((event) => `${event.how} ${event.reason ?? ""}`.trim());
  assert.deepEqual(said, ["monitor", "whisper", "no_more", "monitor", "no_more busy"]);
  const { agents, customer } = await centre.recording(id);
  for (const channel of [agents, customer]) assert.ok(peak_at(channel, sup.end.hertz) < nothing);
  const audit = await centre.root.expect(200, "GET", "/api/v1/audit?action=call.listen&brand=northwind");
  assert.deepEqual(audit.items.map((one) => JSON.parse(one.detail).how).toSorted(), ["barge", "monitor", "monitor", "whisper"]);
});

test("an agent's phone that hangs up in a conference leaves the call to the colleague, who may hang up on the caller", async () => {
  const { phone, caller, id } = await call("phone_hangs_up_when_told");
  const asked = await consult(id, "phone_hangs_up_when_told");
  await asks(ben, id, "acknowledge");
  await asks(ana, id, "conference");
  await hear([caller.end, [ana.end.hertz, ben.end.hertz]]);
  await phone.tell();
  await phone.done();
  await hear([caller.end, [ben.end.hertz]], [ben.end, [callers]]);
  await asked.tell();
  const closed = await over(id, caller, asked);
  assert.deepEqual(closed.agents, [ana.id, ben.id]);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "agent"));
});

test("the server is killed while three talk and one listens: the call is over, and all can be called again", async () => {
  const { phone, caller, id } = await call();
  const asked = await consult(id, "phone_answers");
  await asks(ben, id, "acknowledge");
  await asks(ana, id, "conference");
  const listens = centre.phone(sup, "phone_answers");
  await asks(sup, id, "listen", { how: "monitor" });
  await asks(ana, id, "mute");
  await hear([caller.end, [ben.end.hertz]], [sup.end, [callers, ben.end.hertz]]);
  await centre.server.crash();
  for (const one of [phone, asked, listens, caller.sipp]) await one.stop();
  caller.end.close();
  const closed = await centre.closed(id);
  assert.ok(closed.events.some((event) => event.kind === "mute" && event.end_ms >= event.at_ms));
  assert.ok(closed.events.some((event) => event.kind === "ended"));
  for (const one of [ana, ben, sup]) await centre.log_in(one);
  await away(ben);
  const again = await call();
  const other = await consult(again.id, "phone_answers");
  await hear([again.caller.end, []], [ana.end, [ben.end.hertz]], [ben.end, [ana.end.hertz]]);
  await asks(ana, again.id, "end");
  await over(again.id, again.caller, again.phone, other);
});
