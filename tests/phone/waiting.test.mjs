// What callers hear who wait: music, then their place in words, until an agent is there.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { setTimeout as pass } from "node:timers/promises";
import { join } from "node:path";
import { Centre, eventually, hear_just, loud } from "./centre.mjs";
import { loudness, peak_at } from "./sound.mjs";

let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
});
after(() => centre?.stop());

/// What stands above 2 kHz: the music has nothing there, speech has.
const hiss = (samples) => {
  let sum = 0;
  for (let hertz = 2000; hertz < 3400; hertz += 50) sum += peak_at(samples, hertz) ** 2;
  return Math.sqrt(sum);
};
const music_only = 60;

test("music, then their place in words, then music again", async () => {
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  const waiting = await centre.live("waiting");
  await eventually("music", () => loudness(caller.end.heard(Date.now() - 1000)) > 300);
  const first = await eventually("a second of it", () => caller.end.heard().length >= 8_000 && caller.end.heard().slice(0, 8_000));
  assert.ok(hiss(first) < music_only, `${hiss(first)}`);
  await eventually("words", () => hiss(caller.end.heard(Date.now() - 400)) > 2 * music_only);
  await eventually("music again", () => hiss(caller.end.heard(Date.now() - 700)) < music_only && loudness(caller.end.heard(Date.now() - 700)) > 300);
  assert.ok(readdirSync(join(centre.server.home, "data", "announcements")).some((name) => name.endsWith(".wav")));
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});

test("the words stop when an agent is there", async () => {
  const phone = centre.phone(ana, "phone_answers");
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  await eventually("words", () => hiss(caller.end.heard(Date.now() - 400)) > 2 * music_only);
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await hear_just([caller.end, [1000], []], [ana.end, [700], []]);
  await eventually("the agent's tone alone", async () => {
    const since = Date.now();
    await pass(600);
    const heard = caller.end.heard(since);
    return peak_at(heard, 1000) > loud && Math.abs(loudness(heard) - peak_at(heard, 1000)) < 300;
  });
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  caller.end.close();
});

/// A second of a tone as a WAV file at 8 kHz.
function wav_of(hertz) {
  const samples = Buffer.alloc(2 * 8000);
  for (let i = 0; i < 8000; ++i) samples.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / 8000)), 2 * i);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  [16, 1 | (1 << 16), 8000, 16_000, 2 | (16 << 16)].forEach((word, at) => head.writeUInt32LE(word, 16 + 4 * at));
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

test("a queue's own sound is heard in it, from the next moment on, and not in others", async () => {
  const { root } = centre;
  assert.equal((await root.request("POST", "/api/v1/sounds?id=calm&brand=northwind&label=Calm", { raw: wav_of(2500) })).status, 201);
  await root.expect(201, "POST", "/api/v1/queues", { id: "sales", brand: "northwind", label: "Sales", music: "calm" });
  await root.refused(422, "invalid", "POST", "/api/v1/queues", { id: "other", brand: "northwind", label: "Other", music: "nowhere" });
  const refused = await root.refused(409, "in_use", "DELETE", "/api/v1/sounds/calm");
  assert.match(refused.detail, /queue "sales"/);
  await ana.client.put("/api/v1/me/presence", { presence: "break", reason: "lunch" });
  const caller = await centre.caller("caller_hangs_up_when_told", 700, { service: "sales" });
  const other = await centre.caller("caller_hangs_up_when_told", 900);
  await eventually("the queue's sound", () => caller.end.hears(2500, Date.now() - 300) > loud);
  await eventually("the usual music", () => loudness(other.end.heard(Date.now() - 1000)) > 300);
  assert.ok(other.end.hears(2500, Date.now() - 300) < 300);
  for (const one of [caller, other]) {
    await one.sipp.tell();
    await one.sipp.done();
    one.end.close();
  }
});
