// A telephone that others wrote logs in as an agent's, takes a call of the queue, holds it, goes on and hangs up; calls a
// number; and asks a colleague by a second call.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Baresip, has_baresip } from "./baresip.mjs";
import { Carrier } from "./carrier.mjs";
import { Centre, available, away, eventually, hear_just, loud, nothing, recently } from "./centre.mjs";
import { loudest, loudness } from "./sound.mjs";

let centre;
let phone;
let ana;
let carrier;
before(async () => {
  carrier = await Carrier.open({ hertz: 700 });
  centre = await Centre.open({ RAPPORT_PHONE_TRUNKS: carrier.setting("carrier"), RAPPORT_PHONE_CALL_HOURS: "00:00-24:00" }, { region: "GB" });
});
after(async () => {
  await phone?.stop();
  await centre?.stop();
  carrier?.close();
});

test("baresip as an agent's phone: logs in, is rung, both hear each other, holds by its own key, hangs up", { skip: !has_baresip && "baresip-core is not installed" }, async () => {
  ana = await centre.agent_without_phone("ana");
  phone = await Baresip.start({ login: "ana", password: ana.password, to: centre.sip_port(), hertz: 650 });
  await eventually("it is logged in", async () => (await centre.metric("rapport_phones_logged_in")) === 1);
  await available(ana);
  const { end, sipp } = await centre.caller("caller_stays", 1000);
  const rung = await phone.next("CALL_INCOMING");
  assert.match(rung.peeruri, /442079460123/);
  phone.press("accept");
  await phone.next("CALL_ESTABLISHED");
  await eventually("the caller hears the phone", () => end.hears(650, recently()) > loud);
  const live = await centre.live("connected");
  await pass(1_000);

  phone.press("hold");
  await eventually("the caller hears music in its place", () => end.hears(650, recently()) < nothing && loudness(end.heard(recently())) > nothing);
  phone.press("resume");
  await eventually("the caller hears the phone again", () => end.hears(650, recently()) > loud);
  await pass(1_000);
  phone.press("hangup");
  await sipp.done();
  const closed = await centre.closed(live.id);
  assert.deepEqual(closed.events.filter((event) => event.kind === "hold").map((event) => event.by), ["agent"]);

  assert.ok(Math.max(...phone.heard().map((samples) => loudest(samples, 1000))) > loud, "the phone heard the caller");
  const recorded = await centre.recording(live.id);
  assert.ok(loudest(recorded.customer, 1000) > loud / 2 && loudest(recorded.agents, 650) > loud / 2, "both are in the recording");
  assert.equal(await centre.metric("rapport_phone_logins_failed_total"), 0);
  end.close();
  await away(ana);
});

test("baresip calls a number: it proves its password, both hear each other, it hangs up; and is told why it may not", { skip: !has_baresip && "baresip-core is not installed" }, async () => {
  await eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
  phone.events.length = 0;
  phone.press("dial 02079460123");
  await phone.next("CALL_ESTABLISHED");
  await eventually("the customer hears the phone", () => carrier.end.hears(650, recently()) > loud);
  assert.equal(carrier.calls.at(-1).to, "+442079460123");
  await pass(1_000);
  phone.press("hangup");
  await eventually("the customer is hung up on", () => carrier.calls.at(-1).ended);
  assert.ok(Math.max(...phone.heard().map((samples) => loudest(samples, 700))) > loud, "the phone heard the customer");
  await eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);
  await phone.next("CALL_CLOSED"); // the one that it hung up
  phone.press("dial 999");
  assert.match((await phone.next("CALL_CLOSED")).param, /emergency number/);
});

test("baresip asks a colleague by a second call while it holds the first", { skip: !has_baresip && "baresip-core is not installed" }, async () => {
  const ben = await centre.agent("ben", 1300);
  await available(ana);
  phone.events.length = 0;
  const { end, sipp } = await centre.caller("caller_stays", 1000);
  await phone.next("CALL_INCOMING");
  phone.press("accept");
  await phone.next("CALL_ESTABLISHED");
  await eventually("the caller hears the phone", () => end.hears(650, recently()) > loud);
  const live = await centre.live("connected");
  phone.press("hold");
  await eventually("the caller hears music in its place", () => end.hears(650, recently()) < nothing && loudness(end.heard(recently())) > nothing);
  const rung = centre.phone(ben, "phone_answers");
  await available(ben);
  phone.press("dial ben");
  await phone.next("CALL_ESTABLISHED");
  await hear_just([ben.end, [650], []], [end, [], [650]]); // and the caller does not
  phone.press("hangup"); // the newer one
  await rung.done();
  phone.press("resume");
  await eventually("the caller hears the phone again", () => end.hears(650, recently()) > loud);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await sipp.done();
  end.close();
});
