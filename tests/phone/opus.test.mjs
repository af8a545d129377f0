// Opus with callers and phones, beside ends that speak G.711: what each hears, what is recorded.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Centre, available, away, loud, nothing, talking } from "./centre.mjs";
import { OpusEnd } from "./opus.mjs";
import { peak_at } from "./sound.mjs";
import { Sipp, free_udp_port } from "./sipp.mjs";

let centre;
before(async () => (centre = await Centre.open()));
after(() => centre?.stop());

function tone_only(samples, mine, other) {
  assert.ok(peak_at(samples, other) > loud, `${other} Hz: ${peak_at(samples, other)}`);
  assert.ok(peak_at(samples, mine) < nothing, `${mine} Hz: ${peak_at(samples, mine)}`);
}

test("a caller who prefers Opus talks with a phone that speaks a law, over a line that loses packets", async () => {
  const ana = await centre.agent("ana", 1000);
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const end = await OpusEnd.open(700, "127.0.0.1", 5000);
  const sipp = new Sipp("caller_prefers_opus", { to: centre.sip_port(), port: await free_udp_port(), rtp: end.port });
  const since = await talking({ end }, ana, 1500);
  const { id } = await centre.live("connected");
  tone_only(end.heard(since), 700, 1000);
  tone_only(ana.end.heard(since), 1000, 700);
  assert.ok(peak_at(ana.end.heard(since), 3000) < nothing, "what is above 4 kHz is not heard as its mirror image");
  assert.equal(end.other_types, 0, "it is sent Opus from the first packet");
  end.line = { lost: (number) => number % 10 === 0, late_ms: () => 0 };
  const lossy = await talking({ end }, ana, 2000);
  tone_only(ana.end.heard(lossy), 1000, 700);
  assert.equal((await ana.client.post(`/api/v1/interactions/${id}/end`)).status, 200);
  await sipp.done();
  await phone.done();
  const recorded = await centre.recording(id);
  tone_only(recorded.customer.slice(8_000, 16_000), 1000, 700);
  tone_only(recorded.agents.slice(8_000, 16_000), 700, 1000);
  await away(ana);
  end.close();
});

test("a phone that takes Opus of what it is offered talks with a caller who speaks a law", async () => {
  const ben = { ...(await centre.agent_without_phone("ben")), end: await OpusEnd.open(1000), port: await free_udp_port() };
  await centre.log_in(ben);
  const phone = centre.phone(ben, "phone_answers_in_opus");
  await available(ben);
  const caller = await centre.caller("caller_stays", 700, { law: "PCMA" });
  const since = await talking(caller, ben, 1000);
  const { id } = await centre.live("connected");
  tone_only(caller.end.heard(since), 700, 1000);
  tone_only(ben.end.heard(since), 1000, 700);
  assert.equal(ben.end.other_types, 0);
  assert.equal((await ben.client.post(`/api/v1/interactions/${id}/end`)).status, 200);
  await caller.sipp.done();
  await phone.done();
  for (const end of [caller.end, ben.end]) end.close();
});
