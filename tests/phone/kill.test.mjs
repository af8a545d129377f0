// The server is killed in the middle of a call: what was said is there, nobody is stuck, and it goes on.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, loud, talking } from "./centre.mjs";
import { loudest } from "./sound.mjs";

let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
});
after(() => centre?.stop());

/// A call that is answered, as soon as both hear each other.
async function call(phone_scenario, caller_scenario, more) {
  const phone = centre.phone(ana, phone_scenario, more);
  const caller = await centre.caller(caller_scenario, 700, more);
  await talking(caller, ana);
  return { phone, caller };
}

test("a recording cut by a kill lacks less than a second, and the call is over after the start", async () => {
  const { phone, caller } = await call("phone_answers", "caller_stays");
  const live = await centre.live("connected");
  await pass(6000);
  const said_ms = caller.end.packets.at(-1).at - caller.end.packets[0].at;
  await centre.server.crash();
  await phone.stop();
  await caller.sipp.stop();
  const recorded = await centre.recording(live.id);
  assert.ok(recorded.seconds * 1000 > said_ms - 2000, `${recorded.seconds} s recorded of ${said_ms} ms`);
  assert.ok(loudest(recorded.customer, 700) > loud);
  assert.ok(loudest(recorded.agents, 1000) > loud);
  const closed = await centre.closed(live.id);
  assert.ok(closed.events.some((event) => event.kind === "ended"));
  caller.end.close();
});

test("phones log in again, and the caller who rings again is known and answered", async () => {
  await centre.log_in(ana);
  const ready = await ana.client.put("/api/v1/me/presence", { presence: "available" });
  assert.ok([200, 409].includes(ready.status), ready.text);
  const { phone, caller } = await call("phone_answers", "caller_hangs_up_when_told");
  const live = await centre.live("connected");
  assert.equal(live.head.history.length, 1);
  await pass(1000);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  await centre.closed(live.id);
  assert.ok((await centre.recording(live.id)).seconds > 0.5);
  caller.end.close();
});
