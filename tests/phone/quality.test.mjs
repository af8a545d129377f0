// A line that loses and delays packets: it is heard nevertheless, measured on the way, and told live and afterwards.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { watch } from "../server/feed.mjs";
import { Centre, available, eventually, loud, talking } from "./centre.mjs";
import { loudness } from "./sound.mjs";

let centre;
let ana;

before(async () => {
  // Time for the phone to tell of the legs before the interaction is closed, on a busy machine too.
  centre = await Centre.open({}, {}, { wrap_up_seconds: 5 });
  ana = await centre.agent("ana", 1000);
});
after(() => centre?.stop());

test("what the customer's line loses is mended, and told of their leg alone", async () => {
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana);
  const { id } = await centre.live("connected");
  const topic = `interaction/${id}/line`;
  const feed = await watch(ana.client, [topic]);
  const line = () => feed.latest.get(topic)?.legs ?? [];
  const leg = (name) => line().find((one) => one.leg === name);

  caller.end.line = { lost: (number) => number % 4 === 0, late_ms: (number) => (number % 3 === 0 ? 30 : 0) };
  await eventually("the line is bad, and the customer's alone", () => {
    caller.end.report_loss(0.1);
    const [theirs, ours] = [leg("customer"), leg("agent")];
    // A busy machine may keep the agent's end waiting, too, but not for ever.
    return theirs?.bad && theirs.loss_percent > 15 && theirs.loss_percent < 40 && theirs.jitter_ms > 3 && theirs.score < 3 && Math.abs(theirs.loss_away_percent - 10) < 1 && ours.score > theirs.score + 0.8;
  }).catch((failure) => assert.fail(`${failure.message}: ${JSON.stringify(line())}`));
  assert.equal(leg("agent").loss_away_percent, null);

  // What was lost is mended from what was heard before it: few 20 ms of all are without their tone.
  await eventually("there are few gaps", async () => {
    const since = Date.now();
    await pass(2000);
    const heard = ana.end.packets.filter((one) => one.at >= since);
    return heard.length > 50 && heard.filter((one) => loudness(one.samples) < loud / 4).length < heard.length / 10;
  });

  assert.equal((await ana.client.post(`/api/v1/interactions/${id}/end`)).status, 200);
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(id);
  assert.ok(closed.events.some((event) => event.kind === "line_bad" && event.leg === "customer"));
  const ended = closed.events.filter((event) => event.kind === "leg_ended");
  assert.deepEqual(ended.map((event) => event.leg).sort(), ["agent", "customer"]);
  const [theirs] = ended.filter((event) => event.leg === "customer");
  assert.ok(theirs.worst_score < 3 && theirs.loss_percent > 5 && theirs.packets > 100, JSON.stringify(theirs));
  const [ours] = ended.filter((event) => event.leg === "agent");
  assert.ok(ours.both_spoke_ms > 1000, `both ends sent a tone all the time: ${JSON.stringify(ours)}`);
  assert.ok(ours.nobody_spoke_ms < ours.both_spoke_ms);
  feed.close();
  for (const end of [caller.end, ana.end]) end.close();
});
