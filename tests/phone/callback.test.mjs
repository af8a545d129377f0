// Callers who rather want to be called: they hang up and keep their place, through a crash of the server,
// and are called when an agent has them.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Carrier } from "./carrier.mjs";
import { Centre, available, away, eventually, loud, recently } from "./centre.mjs";
import { loudness } from "./sound.mjs";

const number = "442079460000";
const speech = 1000;
const menu = {
  id: "main",
  brand: "northwind",
  numbers: [`+${number}`],
  callback_key: "2",
  start: "choose",
  steps: {
    choose: { do: "menu", text: "Press one to wait, three to be called back.", keys: { 1: "support", 3: "later" }, patience_seconds: 30, otherwise: "support" },
    later: { do: "callback", text: "Press one, or key in your number, and hash.", queue: "support", patience_seconds: 30, otherwise: "support" },
    support: { do: "queue", queue: "support" },
  },
};
let carrier;
let centre;
let ana;

before(async () => {
  carrier = await Carrier.open({ hertz: 1900 });
  centre = await Centre.open({ RAPPORT_PHONE_TRUNKS: carrier.setting("carrier", " number=+442079460777"), RAPPORT_PHONE_CALL_HOURS: "00:00-00:01", RAPPORT_PHONE_EMERGENCY: "carrier" }, { region: "GB" });
  await centre.root.expect(201, "POST", "/api/v1/menus", menu);
  ana = await centre.agent("ana", 1000);
});
after(async () => {
  await centre?.stop();
  carrier?.close();
});

const speaks = (caller) => eventually("something is spoken", () => loudness(caller.end.heard(recently())) > speech);
const both_hear = () => eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(1900, recently()) > loud);
const waits = (has) =>
  eventually("a call is so far", async () => {
    const page = await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true");
    for (const row of page.items) {
      const whole = await centre.whole(row.id);
      if (whole.events.some(has)) return whole;
    }
    return null;
  });
const is_callback = (event) => event.kind === "followup_scheduled" && event.what === "callback";

test("by a key while waiting: the caller hangs up, and is called through a crash, once an agent has them", async () => {
  const caller = await centre.caller("caller_stays", 700, { service: number });
  await speaks(caller);
  await caller.end.press("1");
  const live = await waits((event) => event.kind === "recording_started");
  await caller.end.press("2");
  await waits(is_callback);
  await caller.sipp.done();  // hung up on, after the farewell
  caller.end.close();
  assert.equal((await centre.whole(live.id)).closed_at ?? null, null);
  await centre.server.crash();
  await centre.log_in(ana);
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  const call = await eventually("they are called", () => carrier.calls.at(-1));
  assert.equal(call.to, "+442079460123");
  assert.equal(call.caller, "+442079460777");
  await both_hear();
  carrier.hang_up(call);
  await phone.done();
  const closed = await centre.closed(live.id);
  assert.deepEqual(closed.agents, [ana.id]);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "customer"));
  await away(ana);
});

test("from a menu, at another number: not reached, it waits for the next attempt", async () => {
  carrier.manner = "busy";
  const caller = await centre.caller("caller_stays", 700, { service: number });
  await speaks(caller);
  await caller.end.press("3");
  await speaks(caller);
  await caller.end.press("02079460321#");
  const live = await waits(is_callback);
  await caller.sipp.done();
  caller.end.close();
  const phone = centre.phone(ana, "phone_answers");
  await available(ana);
  await eventually("they are called", () => carrier.calls.at(-1).to === "+442079460321");
  await phone.done();
  const tried = await eventually("it says why", async () => {
    const whole = await centre.whole(live.id);
    return whole.events.some((event) => event.kind === "leg_ended" && event.reason === "busy") ? whole : null;
  });
  assert.equal(tried.closed_at ?? null, null);
  assert.ok(!tried.events.some((event) => event.kind === "ended"));
  await away(ana);
});

test("outside the call hours nobody else is called but an emergency number, by its trunk and as it is dialled", async () => {
  const wish = (to) => ({ to, brand: "northwind", queue: "support" });
  const clock = new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/London" });
  if (!clock.startsWith("00:00")) await ana.client.refused(403, "outside_call_hours", "POST", "/api/v1/calls", wish("020 7946 0123"));
  carrier.manner = "answers";
  const phone = centre.phone(ana, "phone_answers");
  const placed = () => ana.client.post("/api/v1/calls", wish("999"));
  const { body } = await eventually("the agent is free", async () => {
    const answer = await placed();
    return answer.status === 201 ? answer : null;
  });
  await eventually("it is called", () => carrier.calls.at(-1).to === "999");
  await both_hear();
  await ana.client.expect(200, "POST", `/api/v1/interactions/${body.interaction}/end`);
  await phone.done();
  const closed = await centre.closed(body.interaction);
  assert.ok(!JSON.stringify(closed.head).includes("999\""), "it makes no customer");
  assert.match(centre.server.log(), /emergency numbers are called by a trunk/);
});
