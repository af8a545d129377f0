// Calls through a menu: what is spoken is heard, keys lead on, digits are told, and the queue comes after.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Centre, eventually, loud } from "./centre.mjs";
import { loudness, peak_at } from "./sound.mjs";

const speech = 1000; // the power of speech, as the peak of a sine
const silence = 60;
const number = "442079460000";
const card = "4111111111111111";

// The hours of this day alone: whoever presses nine comes when it is closed.
const another_day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(new Date().getUTCDay() + 3) % 7];

const menu = {
  id: "main",
  brand: "northwind",
  label: "Main menu",
  numbers: [`+${number}`],
  start: "choose",
  steps: {
    choose: { do: "menu", text: "Welcome. Press one or two.", wrong: "Sorry, that is no choice.", keys: { 1: "account", 2: "support", 3: "card", 5: "agree", 9: "night" }, patience_seconds: 1, tries: 2, otherwise: "support" },
    account: { do: "ask", text: "Please key in your account number, and hash.", field: "account_number", digits_min: 3, next: "support", otherwise: "support" },
    card: { do: "ask", text: "Please key in your card number.", field: "card_number", digits_min: 13, digits_max: 19, patience_seconds: 2, next: "support", otherwise: "support" },
    agree: { do: "consent", text: "This call is recorded. Press one if you agree.", patience_seconds: 20, tries: 1, next: "support", otherwise: "support" },
    night: { do: "hours", hours: { week: { [another_day]: ["09:00-17:00"] } }, next: "support", otherwise: "closed" },
    support: { do: "queue", queue: "support", otherwise: "closed" },
    closed: { do: "hang_up", text: "We are closed. Goodbye." },
  },
};

let centre;
let ana;

before(async () => {
  assert.equal(spawnSync("espeak-ng", ["--version"]).status, 0, "espeak-ng is there");
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
  await centre.root.expect(201, "POST", "/api/v1/menus", menu);
});
after(() => centre?.stop());

const call = (scenario, more = {}) => centre.caller(scenario, 700, { service: number, ...more });

/// The call, once it has come to this step of the menu.
const at = (step) =>
  eventually(`a call is at ${step}`, async () => {
    const page = await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true");
    for (const row of page.items) {
      const whole = await centre.whole(row.id);
      if (steps_of(whole).at(-1) === step) return whole;
    }
    return null;
  }, 30_000);
const field = (event, name) => event[name] ?? event.attributes?.[name];
const steps_of = (whole) => whole.events.filter((event) => event.kind === "guide_step").map((event) => field(event, "step"));
const speaks = (caller) => eventually("something is spoken", () => loudness(caller.end.heard(Date.now() - 300)) > speech, 30_000);

test("a key leads to the queue, and an agent is there", async () => {
  const caller = await call("caller_hangs_up", { duration: 8000 });
  await speaks(caller);
  const waiting = await at("choose");
  assert.equal(waiting.queue, "");
  await caller.end.press("2");
  const phone = centre.phone(ana, "phone_answers");
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await eventually("both hear each other", () => caller.end.hears(1000, Date.now() - 300) > loud && ana.end.hears(700, Date.now() - 300) > loud, 30_000);
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(waiting.id);
  assert.equal(closed.queue, "support");
  assert.deepEqual(steps_of(closed), ["choose", "support"]);
  assert.deepEqual(closed.events.filter((event) => event.kind === "guide_step").map((event) => field(event, "reason")), ["called", "key 2"]);
  assert.deepEqual(closed.agents, [ana.id]);
  await ana.client.put("/api/v1/me/presence", { presence: "break", reason: "lunch" });
  caller.end.close();
});

test("digits are told under their name; a pressed key stops what is spoken", async () => {
  const caller = await call("caller_hangs_up", { duration: 9000 });
  await speaks(caller);
  await caller.end.press("1");
  await at("account");
  await speaks(caller);
  await caller.end.press("8");
  await eventually("it is quiet", () => caller.end.heard(Date.now() - 200).length > 0 && loudness(caller.end.heard(Date.now() - 200)) < silence, 30_000);
  await caller.end.press("8123#");
  const waiting = await at("support");
  const captured = waiting.events.find((event) => event.kind === "field_captured");
  assert.equal(field(captured, "name"), "account_number");
  assert.equal(field(captured, "value"), "88123");
  await eventually("music", () => loudness(caller.end.heard(Date.now() - 500)) > 300);
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});

test("a card's number is told to nobody", async () => {
  const caller = await call("caller_hangs_up", { duration: 9000 });
  await speaks(caller);
  await caller.end.press("3");
  await at("card");
  await caller.end.press(card);
  const waiting = await at("support");
  await caller.sipp.done();
  const closed = await centre.closed(waiting.id);
  assert.ok(!closed.events.some((event) => event.kind === "field_captured"));
  assert.ok(!JSON.stringify(closed).includes(card.slice(0, 6)));
  assert.ok(!centre.server.log().includes(card));
  caller.end.close();
});

test("who does not agree is not recorded; who agrees is, from then on", async () => {
  for (const [key, given] of [["2", false], ["1", true]]) {
    const caller = await call("caller_hangs_up", { duration: 12_000 });
    await speaks(caller);
    await caller.end.press("5");
    await at("agree");
    await caller.end.press(key);
    const waiting = await at("support");
    await caller.sipp.done();
    const closed = await centre.closed(waiting.id);
    const kinds = closed.events.map((event) => event.kind);
    assert.equal(field(closed.events.find((event) => event.kind === "consent"), "given"), given);
    assert.equal(kinds.includes("recording_started"), given);
    if (given) {
      assert.ok(kinds.indexOf("recording_started") > kinds.indexOf("consent"));
      assert.ok(peak_at((await centre.recording(waiting.id)).customer, 700) > loud);
    } else {
      await centre.sue.refused(404, "not_found", "GET", `/api/v1/interactions/${waiting.id}/recording`);
    }
    caller.end.close();
  }
});

test("who does not answer is asked again, and comes to the queue", async () => {
  const caller = await call("caller_hangs_up", { duration: 14_000 });
  const waiting = await at("support");
  assert.deepEqual(waiting.events.filter((event) => event.kind === "guide_step").map((event) => field(event, "reason")), ["called", "no answer"]);
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});

test("out of hours it says so and hangs up; nobody was in a queue", async () => {
  const caller = await call("caller_stays");
  await speaks(caller);
  await caller.end.press("9");
  await caller.sipp.done();
  const closed = await eventually("it is closed", async () => {
    const page = await centre.sue.expect(200, "GET", "/api/v1/interactions");
    for (const row of page.items) {
      const whole = await centre.whole(row.id);
      if (whole.closed_at && steps_of(whole).at(-1) === "closed") return whole;
    }
    return null;
  }, 30_000);
  assert.deepEqual(steps_of(closed), ["choose", "night", "closed"]);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "bot"));
  assert.equal(closed.queue, "");
  assert.ok(peak_at(caller.end.heard(), 700) < 300);
  caller.end.close();
});

test("who hangs up in the menu has ended it", async () => {
  const caller = await call("caller_hangs_up", { duration: 800 });
  const live = await at("choose");
  await caller.sipp.done();
  const closed = await centre.closed(live.id);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "customer"));
  caller.end.close();
});

test("what is wrong in a menu is said with its place; a number leads to one menu", async () => {
  const wrong = structuredClone(menu);
  wrong.id = "other";
  wrong.numbers = [];
  wrong.steps.support.queue = "nowhere";
  const problem = await centre.root.refused(422, "invalid", "POST", "/api/v1/menus", wrong);
  assert.match(problem.detail, /steps\.support\.queue: found "nowhere"; expected a queue of the same brand/);
  const twice = { ...structuredClone(menu), id: "twice" };
  const taken = await centre.root.refused(422, "invalid", "POST", "/api/v1/menus", twice);
  assert.match(taken.detail, /leads elsewhere/);
});

test("a changed menu holds for the next call; without one the call goes straight to the queue", async () => {
  const kept = await centre.root.get("/api/v1/menus/main");
  await centre.root.expect(204, "DELETE", "/api/v1/menus/main", undefined, { "if-match": kept.headers.get("etag") });
  const caller = await call("caller_hangs_up", { duration: 1500 });
  const waiting = await centre.live("waiting");
  assert.equal(waiting.queue, "support");
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});
