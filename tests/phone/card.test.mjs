// Card data is in no recording, no event and no log: the pause, and keys whether they come as tones or as events.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, available, eventually, hear_just, loud, talking } from "./centre.mjs";
import { loudest, loudness, peak_at, tones_of } from "./sound.mjs";

const card = "4111111111111111";
const other_card = "5500005555555559";
const edge_ms = 2000; // what an instant of the timeline and of the recording may lie apart on a busy machine

let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
});
after(() => centre?.stop());

const told = (whole, kind) => whole.events.find((event) => event.kind === kind);

/// Every file that the server keeps, as text.
function kept(folder = join(centre.server.home, "data")) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath ?? one.path, one.name), "latin1"))
    .join("\n");
}

test("while it is paused the recording is silent and both go on hearing each other; keys are in it never", async () => {
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const caller = await centre.caller("caller_stays", 450);
  await talking(caller, ana, 300);
  const { id } = await centre.live("connected");
  const asked = (what, body) => ana.client.post(`/api/v1/interactions/${id}/${what}`, body);

  await caller.end.dial(card); // nobody paused: in-band tones
  await caller.end.press(other_card.slice(0, 8));
  await talking(caller, ana, 2000);

  await ana.client.refused(409, "not_paused", "POST", `/api/v1/interactions/${id}/resume-recording`);
  assert.equal((await asked("pause-recording")).status, 200);
  await ana.client.refused(409, "already_paused", "POST", `/api/v1/interactions/${id}/pause-recording`);
  const { events: now } = await centre.whole(id);
  assert.equal(told({ events: now }, "recording_pause_started").reason, "card");
  await caller.end.press(card.slice(0, 6));
  await hear_just([caller.end, [1000], []], [ana.end, [450], []]); // they hear each other
  await pass(5000);
  assert.equal((await asked("resume-recording")).status, 200);
  await talking(caller, ana, 2000);

  assert.equal((await asked("keys", { keys: "42#" })).status, 200);
  await eventually("the caller's end is sent the keys", () => caller.end.keys === "42#");
  await ana.client.refused(422, "bad_event", "POST", `/api/v1/interactions/${id}/keys`, { keys: "4a" });
  assert.equal((await asked("end")).status, 200);
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(id);

  const pause = told(closed, "recording_paused");
  assert.equal(pause.ended, "resumed");
  assert.ok(pause.end_ms > pause.at_ms);
  const file = await centre.recording(id);
  const began = told(closed, "recording_started").at_ms;
  const between = (samples, from, to) => samples.slice(Math.round((from - began) * 8), Math.round((to - began) * 8));
  for (const [side, hertz] of [["customer", 450], ["agents", 1000]]) {
    assert.ok(loudness(between(file[side], pause.at_ms + edge_ms, pause.end_ms - edge_ms)) < 50, `${side} is silent`);
    assert.ok(loudest(between(file[side], began, pause.at_ms), hertz, 1_600) > loud, `${side} before`);
    assert.ok(loudest(between(file[side], pause.end_ms, Infinity), hertz, 1_600) > loud, `${side} after`);
  }
  // A tone of a key that was left in would stand out in the second in which it was dialled.
  for (let at = 0; at + 400 <= file.customer.length; at += 400) {
    const sound = file.customer.slice(at, at + 400);
    for (const key of "14") for (const hertz of tones_of(key)) assert.ok(peak_at(sound, hertz) < 900, `${hertz} Hz at ${at / 8} ms: ${peak_at(sound, hertz)}`);
  }
  await pass(100);
  for (const digits of [card, other_card.slice(0, 8), card.slice(0, 6)]) {
    assert.ok(!JSON.stringify(closed).includes(digits));
    assert.ok(!centre.server.log().includes(digits));
    assert.ok(!kept().includes(digits));
  }
  for (const end of [caller.end, ana.end]) end.close();
});
