// Ends that are gone without a word: no sound any more, a session timer that nobody refreshes. These take
// as long as the server waits, a minute, all at once.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Centre, eventually, loud } from "./centre.mjs";
import { loudness } from "./sound.mjs";

const limit = 400; // seconds

let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
});
after(() => centre?.stop());

/// The interactions that live, but for these.
async function next_live(known) {
  return eventually("another interaction lives", async () => {
    const page = await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true");
    return page.items.find((row) => !known.includes(row.id))?.id;
  });
}

const leg_ended = (whole) => whole.events.filter((event) => event.kind === "leg_ended");

test("who is gone without a word is hung up on, and only they", async () => {
  // Served by an agent whose phone will fall silent.
  const phone = centre.phone(ana, "phone_answers", { limit });
  const served = await centre.caller("caller_stays", 700, { limit });
  await eventually("both hear each other", () => served.end.hears(1000, Date.now() - 300) > loud && ana.end.hears(700, Date.now() - 300) > loud);
  const served_id = await next_live([]);
  // Waits, and will fall silent.
  const silent = await centre.caller("caller_stays", 800, { limit });
  const silent_id = await next_live([served_id]);
  await eventually("the music is heard", () => silent.end.packets.length > 10);
  // Asks for a session timer of 90 s and never refreshes it; another leaves that to the server.
  const forgets = await centre.caller("caller_forgets_timer", 900, { limit });
  const forgets_id = await next_live([served_id, silent_id]);
  const refreshed = await centre.caller("caller_is_refreshed", 1200, { limit });
  for (const end of [ana.end, silent.end]) end.fall_silent();

  await refreshed.sipp.done();
  for (const [caller, id, reason] of [[silent, silent_id, "no_sound"], [forgets, forgets_id, "session_expired"]]) {
    await caller.sipp.done();
    const closed = await centre.closed(id);
    assert.deepEqual(leg_ended(closed).map((event) => [event.leg, event.reason]), [["customer", reason]]);
    assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "customer"));
  }

  await phone.done();
  const whole = await eventually("the agent's leg is over", async () => {
    const now = await centre.whole(served_id);
    return leg_ended(now).length > 0 ? now : null;
  });
  assert.deepEqual(leg_ended(whole).map((event) => [event.leg, event.reason]), [["agent", "no_sound"]]);
  assert.ok(whole.events.every((event) => event.kind !== "ended"), "the caller is there");
  await eventually("they hear music again", () => served.end.hears(1000, Date.now() - 300) < 300 && loudness(served.end.heard(Date.now() - 300)) > 300);
  assert.equal(await centre.metric("rapport_phone_legs_lost_total"), 3);
  await served.sipp.stop();
  for (const one of [served, silent, forgets, refreshed]) one.end.close();
});
