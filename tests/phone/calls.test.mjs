// Calls by a trunk to agents' SIP phones: what each end hears, what is recorded, who hangs up.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, available, away, eventually, has_ipv6, hear_just, loud, music, nothing, talking } from "./centre.mjs";
import { loudest, loudness } from "./sound.mjs";
import { Sipp, free_udp_port } from "./sipp.mjs";

let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
});
after(() => centre?.stop());

function tone_only(recorded, other, mine) {
  assert.ok(loudest(recorded, other) > loud, `${other} Hz: ${loudest(recorded, other)}`);
  assert.ok(loudest(recorded, mine) < nothing, `${mine} Hz: ${loudest(recorded, mine)}`);
}

test("who waits hears music, and is gone from the queue when they hang up", async () => {
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  const waiting = await centre.live("waiting");
  assert.equal(waiting.channel, "voice");
  assert.equal(waiting.queue, "support");
  await music(caller.end);
  await pass(1000);
  await caller.sipp.tell();
  await caller.sipp.done();
  const closed = await centre.closed(waiting.id);
  assert.deepEqual(closed.agents, []);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "customer"));
  const recorded = await centre.recording(waiting.id);
  assert.ok(loudest(recorded.customer, 700) > loud);
  assert.ok(loudness(recorded.agents) < nothing);
  caller.end.close();
});

test("caller and agent hear each other and nobody themselves; both are recorded, each in a channel", async () => {
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  await talking(caller, ana, 1000);
  const live = await centre.live("connected");
  await hear_just([caller.end, [1000], [700]], [ana.end, [700], [1000]]);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(live.id);
  assert.deepEqual(closed.agents, [ana.id]);
  for (const kind of ["offered", "answered", "recording_started", "ended"]) assert.ok(closed.events.some((event) => event.kind === kind), kind);
  const recorded = await centre.recording(live.id);
  assert.ok(recorded.seconds > 1, `${recorded.seconds} s`);
  tone_only(recorded.customer, 700, 1000);
  tone_only(recorded.agents, 1000, 700);
  await away(ana);
  caller.end.close();
});

test("the agent's hang-up ends the call", async () => {
  const phone = centre.phone(ana, "phone_hangs_up_when_told");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana, 100);
  const live = await centre.live("connected");
  await phone.tell();
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(live.id);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "agent"));
  await away(ana);
  caller.end.close();
});

test("the desk's end hangs both up; its hold gives the caller music and keeps the agent out", async () => {
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana, 100);
  const live = await centre.live("connected");
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/hold`);
  await hear_just([caller.end, [], [1000]], [ana.end, [], [700]]);
  await music(caller.end);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/resume`);
  await hear_just([caller.end, [1000], [700]]);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await phone.done();
  await centre.closed(live.id);
  await away(ana);
  caller.end.close();
});

test("an offer that is answered in the desk goes on ringing until the phone is lifted", async () => {
  const phone = centre.phone(ana, "phone_answers_when_told");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  const offered = await centre.live("offered");
  await ana.client.expect(200, "POST", `/api/v1/interactions/${offered.id}/answer`);
  await phone.came(/^SIP\/2\.0 180/m);
  await pass(500);
  assert.ok(caller.end.hears(1000) < nothing, "the phone still rings");
  await phone.tell(/^SIP\/2\.0 180/m);
  await hear_just([caller.end, [1000], [700]]);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${offered.id}/end`);
  await caller.sipp.done();
  await phone.done();
  await centre.closed(offered.id);
  await away(ana);
  caller.end.close();
});

test("a transfer in the desk takes the call from one phone to another, and the recording goes on", async () => {
  const cleo = await centre.agent("cleo", 1600);
  const from = centre.phone(ana, "phone_answers");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana, 500);
  const live = await centre.live("connected");
  const to = centre.phone(cleo, "phone_answers");
  await available(cleo);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/transfer`, { to: "agent", target: cleo.id });
  await from.done();
  await talking(caller, cleo, 500);
  await hear_just([caller.end, [1600], [1000]], [cleo.end, [700], [1600]]);
  await cleo.client.expect(200, "POST", `/api/v1/interactions/${live.id}/acknowledge`);
  await cleo.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await to.done();
  assert.deepEqual((await centre.closed(live.id)).agents, [ana.id, cleo.id]);
  const recorded = await centre.recording(live.id);
  assert.ok(loudest(recorded.agents, 1000, 1_000) > loud, "the first agent");
  tone_only(recorded.agents, 1600, 700);
  for (const agent of [ana, cleo]) await away(agent);
  caller.end.close();
  cleo.end.close();
});

test("a phone hands its call over by its own key (REFER), and is told what became of it", async () => {
  const dora = await centre.agent("dora", 1600);
  await available(ana);
  const from = centre.phone(ana, "phone_refers_when_told", { service: "dora" });
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana);
  const live = await centre.live("connected");
  const to = centre.phone(dora, "phone_answers");
  await available(dora);
  await from.tell();
  await from.done();
  await talking(caller, dora, 300);
  await dora.client.expect(200, "POST", `/api/v1/interactions/${live.id}/acknowledge`);
  await dora.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await to.done();
  assert.deepEqual((await centre.closed(live.id)).agents, [ana.id, dora.id]);
  for (const agent of [ana, dora]) await away(agent);
  caller.end.close();
  dora.end.close();
});

test("a busy phone sends the call to another agent; one that gives up ringing is not rung any more", async () => {
  const busy = centre.phone(ana, "phone_is_busy");
  await available(ana);
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  await busy.done();
  const waiting = await centre.live("waiting");
  const ben = await centre.agent("ben", 1300);
  const phone = centre.phone(ben, "phone_answers");
  await available(ben);
  await hear_just([caller.end, [1300], [700]], [ben.end, [700], [1300]]);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  assert.deepEqual((await centre.closed(waiting.id)).agents, [ben.id]);
  await away(ben);
  await away(ana);
  caller.end.close();
  ben.end.close();
});

test("a caller who hangs up while it rings stops the ringing", async () => {
  const phone = centre.phone(ana, "phone_rings");
  await eventually("the agent is offered calls again", async () => (await ana.client.put("/api/v1/me/presence", { presence: "available" })).status === 200);
  await ana.client.post("/api/v1/me/resume");
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  const offered = await centre.live("offered");
  await phone.came(/^SIP\/2\.0 180/m);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  await centre.closed(offered.id);
  await away(ana);
  caller.end.close();
});

test("calls come by IPv6, too, and are heard by a phone of IPv4", { skip: !has_ipv6 && "this machine has no IPv6" }, async () => {
  await available(ana);
  const phone = centre.phone(ana, "phone_answers");
  const caller = await centre.caller("caller_stays", 700, { host: "::1" });
  await hear_just([ana.end, [700], [1000]], [caller.end, [1000], [700]]);
  const live = await centre.live("connected");
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await phone.done();
  await away(ana);
  caller.end.close();
});

test("calls come by TCP, too", async () => {
  const caller = await centre.caller("caller_hangs_up", 700, { to: centre.sip_port("tcp"), transport: "t1", duration: 500 });
  await caller.sipp.done();
  caller.end.close();
});

test("phones log in by the password of now alone", async () => {
  const to = centre.sip_port();
  await new Sipp("phone_wrong_password", { to, port: await free_udp_port(), login: "ana", password: "guessed" }).done();
  const before_ = ana.password;
  const made = await centre.root.expect(201, "POST", `/api/v1/users/${ana.id}/phone`);
  ana.password = made.password;
  await new Sipp("phone_wrong_password", { to, port: await free_udp_port(), login: "ana", password: before_ }).done();
  await centre.log_in(ana);
  await centre.root.expect(204, "DELETE", `/api/v1/users/${ana.id}/phone`);
  assert.equal((await centre.root.expect(200, "GET", `/api/v1/users/${ana.id}/phone`)).set, false);
  const refused = new Sipp("phone_logs_in", { to, port: await free_udp_port(), login: "ana", password: ana.password });
  assert.notEqual(await refused.ended, 0);
});
