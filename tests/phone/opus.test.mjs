// Opus with callers and phones, beside ends that speak G.711: what each hears, what is recorded.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, available, away, hear_just, loud, nothing } from "./centre.mjs";
import { OpusEnd } from "./opus.mjs";
import { loudest, peak_at } from "./sound.mjs";
import { Sipp, free_udp_port } from "./sipp.mjs";

let centre;
before(async () => (centre = await Centre.open()));
after(() => centre?.stop());

function tone_only(recorded, other, mine) {
  assert.ok(loudest(recorded, other) > loud, `${other} Hz: ${loudest(recorded, other)}`);
  assert.ok(peak_at(recorded, mine) < nothing, `${mine} Hz: ${peak_at(recorded, mine)}`);
}

test("a caller who prefers Opus talks with a phone that speaks a law, over a line that loses packets", async () => {
  const ana = await centre.agent("ana", 1000);
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const end = await OpusEnd.open(700, "127.0.0.1", 5000);
  const sipp = new Sipp("caller_prefers_opus", { to: centre.sip_port(), port: await free_udp_port(), rtp: end.port });
  // What is above 4 kHz is not heard as its mirror image.
  await hear_just([end, [1000], [700]], [ana.end, [700], [1000, 3000]]);
  const { id } = await centre.live("connected");
  assert.equal(end.other_types, 0, "it is sent Opus from the first packet");
  end.line = { lost: (number) => number % 10 === 0, late_ms: () => 0 };
  await pass(1000);
  await hear_just([ana.end, [700], [1000]]);
  assert.equal((await ana.client.post(`/api/v1/interactions/${id}/end`)).status, 200);
  await sipp.done();
  await phone.done();
  const recorded = await centre.recording(id);
  tone_only(recorded.customer, 700, 1000);
  tone_only(recorded.agents, 1000, 700);
  await away(ana);
  end.close();
});

test("a phone that takes Opus of what it is offered talks with a caller who speaks a law", async () => {
  const ben = { ...(await centre.agent_without_phone("ben")), end: await OpusEnd.open(1000), port: await free_udp_port() };
  await centre.log_in(ben);
  const phone = centre.phone(ben, "phone_answers_in_opus");
  await available(ben);
  const caller = await centre.caller("caller_stays", 700, { law: "PCMA" });
  await hear_just([caller.end, [1000], [700]], [ben.end, [700], [1000]]);
  const { id } = await centre.live("connected");
  assert.equal(ben.end.other_types, 0);
  assert.equal((await ben.client.post(`/api/v1/interactions/${id}/end`)).status, 200);
  await caller.sipp.done();
  await phone.done();
  for (const end of [caller.end, ben.end]) end.close();
});
