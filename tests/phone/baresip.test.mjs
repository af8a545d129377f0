// A telephone that others wrote logs in as an agent's, takes a call of the queue, holds it, goes on and hangs up.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Baresip, has_baresip } from "./baresip.mjs";
import { Centre, available, eventually, loud, nothing, recently } from "./centre.mjs";
import { loudness, peak_at } from "./sound.mjs";

let centre;
let phone;
before(async () => {
  centre = await Centre.open();
});
after(async () => {
  await phone?.stop();
  await centre?.stop();
});

test("baresip as an agent's phone: logs in, is rung, both hear each other, holds by its own key, hangs up", { skip: !has_baresip && "baresip-core is not installed" }, async () => {
  const ana = await centre.agent_without_phone("ana");
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

  assert.ok(Math.max(...phone.heard().map((samples) => peak_at(samples.slice(-4_000), 1000))) > loud, "the phone heard the caller");
  const recorded = await centre.recording(live.id);
  assert.ok(peak_at(recorded.customer.slice(-4_000), 1000) > loud / 2 && peak_at(recorded.agents.slice(-4_000), 650) > loud / 2, "both are in the recording");
  assert.equal(await centre.metric("rapport_phone_logins_failed_total"), 0);
  end.close();
});
