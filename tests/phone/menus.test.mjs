// Calls through a menu: what is spoken is heard, keys lead on, digits are told, and the queue comes after.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, available, eventually, loud, talking } from "./centre.mjs";
import { decode_recording, loudest, loudness, peak_at, wav_of } from "./sound.mjs";

const speech = 1000; // the power of speech, as the peak of a sine
const silence = 60;
const number = "442079460000";
const hasty_number = "442079460001";
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
    choose: { do: "menu", text: "Welcome. Press one or two.", wrong: "Sorry, that is no choice.", keys: { 1: "account", 2: "support", 3: "card", 4: "played", 5: "agree", 7: "message", 9: "night" }, patience_seconds: 20, tries: 2, otherwise: "support" },
    account: { do: "ask", text: "Please key in your account number, and hash.", field: "account_number", digits_min: 3, patience_seconds: 20, next: "support", otherwise: "support" },
    card: { do: "ask", text: "Please key in your card number.", field: "card_number", digits_min: 13, digits_max: 19, patience_seconds: 20, next: "support", otherwise: "support" },
    agree: { do: "consent", text: "This call is recorded. Press one if you agree.", patience_seconds: 20, tries: 1, next: "support", otherwise: "support" },
    played: { do: "say", text: "This is not spoken.", sound: "greeting", next: "support" },
    message: { do: "voicemail", text: "Please speak after the tone.", queue: "tomorrow" },
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
  await centre.root.expect(201, "POST", "/api/v1/queues", { id: "tomorrow", brand: "northwind", label: "Closed today", wrap_up_seconds: 1, hours: { week: { [another_day]: ["09:00-17:00"] } } });
  const uploaded = await centre.root.request("POST", "/api/v1/sounds?id=greeting&brand=northwind&label=Greeting", { raw: wav_of(1500, 44_100, 2, 2), headers: { "Content-Type": "audio/wav" } });
  assert.equal(uploaded.status, 201, uploaded.text);
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
  });
const field = (event, name) => event[name] ?? event.attributes?.[name];
const steps_of = (whole) => whole.events.filter((event) => event.kind === "guide_step").map((event) => field(event, "step"));
/// A twentieth of a second of 1000 Hz and nothing beside: speech is never so.
const has_tone = (samples) => Array.from({ length: Math.floor(samples.length / 400) }, (_, at) => samples.slice(400 * at, 400 * (at + 1))).some((part) => peak_at(part, 1000) > 3000 && loudness(part) < 1.2 * peak_at(part, 1000));
const speaks = (caller) => eventually("something is spoken", () => loudness(caller.end.heard(Date.now() - 300)) > speech);

test("a key leads to the queue, and an agent is there", async () => {
  const caller = await call("caller_hangs_up_when_told");
  await speaks(caller);
  const waiting = await at("choose");
  assert.equal(waiting.queue, "");
  await caller.end.press("2");
  const phone = centre.phone(ana, "phone_answers");
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await talking(caller, ana);
  await caller.sipp.tell();
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

test("an uploaded sound is played in the place of words; a menu keeps it from being removed", async () => {
  const caller = await call("caller_hangs_up_when_told");
  await speaks(caller);
  await caller.end.press("4");
  await eventually("the sound", () => loudest(caller.end.heard(), 1500, 1_600) > loud);
  const waiting = await at("support");
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(waiting.id);
  await centre.root.refused(409, "in_use", "DELETE", "/api/v1/sounds/greeting");
  assert.equal((await centre.root.expect(200, "GET", "/api/v1/sounds")).items[0].duration_ms, 2000);
  const wrong = await centre.root.request("POST", "/api/v1/sounds?id=other&brand=northwind", { raw: "no WAV", headers: { "Content-Type": "audio/wav" } });
  assert.deepEqual([wrong.status, wrong.body.detail], [422, "the file: no WAV file; expected RIFF with WAVE"]);
  const long = await centre.root.request("POST", "/api/v1/sounds?id=other&brand=northwind", { raw: wav_of(400, 8000, 1, 91), headers: { "Content-Type": "audio/wav" } });
  assert.match(long.body.detail, /sound_ms_max/);
  const second = await centre.root.request("POST", "/api/v1/sounds?id=greeting&brand=northwind", { raw: wav_of(400, 8000, 1, 1), headers: { "Content-Type": "audio/wav" } });
  assert.equal(second.body.code, "name_taken");
  const unknown = structuredClone(menu);
  Object.assign(unknown, { id: "unknown", numbers: [] });
  unknown.steps.played.sound = "nothing";
  const problem = await centre.root.refused(422, "invalid", "POST", "/api/v1/menus", unknown);
  assert.match(problem.detail, /steps\.played\.sound: found "nothing"; expected a sound of the same brand/);
  caller.end.close();
});

test("digits are told under their name; a pressed key stops what is spoken", async () => {
  const caller = await call("caller_hangs_up_when_told");
  await speaks(caller);
  await caller.end.press("1");
  await at("account");
  await speaks(caller);
  await caller.end.press("8");
  await eventually("it is quiet", () => caller.end.heard(Date.now() - 200).length > 0 && loudness(caller.end.heard(Date.now() - 200)) < silence);
  await caller.end.press("8123#");
  const waiting = await at("support");
  const captured = waiting.events.find((event) => event.kind === "field_captured");
  assert.equal(field(captured, "name"), "account_number");
  assert.equal(field(captured, "value"), "88123");
  await eventually("music", () => loudness(caller.end.heard(Date.now() - 500)) > 300);
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});

test("a card's number is told to nobody", async () => {
  const caller = await call("caller_hangs_up_when_told");
  await speaks(caller);
  await caller.end.press("3");
  await at("card");
  await caller.end.press(`${card}#`);
  const waiting = await at("support");
  await caller.sipp.tell();
  await caller.sipp.done();
  const closed = await centre.closed(waiting.id);
  assert.ok(!closed.events.some((event) => event.kind === "field_captured"));
  assert.ok(!JSON.stringify(closed).includes(card.slice(0, 6)));
  assert.ok(!centre.server.log().includes(card));
  caller.end.close();
});

test("who does not agree is not recorded; who agrees is, from then on", async () => {
  for (const [key, given] of [["2", false], ["1", true]]) {
    const caller = await call("caller_hangs_up_when_told");
    await speaks(caller);
    await caller.end.press("5");
    await at("agree");
    await caller.end.press(key);
    const waiting = await at("support");
    await pass(1000);
    await caller.sipp.tell();
    await caller.sipp.done();
    const closed = await centre.closed(waiting.id);
    const kinds = closed.events.map((event) => event.kind);
    assert.equal(field(closed.events.find((event) => event.kind === "consent"), "given"), given);
    assert.equal(kinds.includes("recording_started"), given);
    if (given) {
      assert.ok(kinds.indexOf("recording_started") > kinds.indexOf("consent"));
      assert.ok(loudest((await centre.recording(waiting.id)).customer, 700, 1_000) > loud);
    } else {
      await centre.sue.refused(404, "not_found", "GET", `/api/v1/interactions/${waiting.id}/recording`);
    }
    caller.end.close();
  }
});

test("who does not answer is asked again, and comes to the queue", async () => {
  const hasty = structuredClone(menu);
  Object.assign(hasty, { id: "hasty", numbers: [`+${hasty_number}`] });
  hasty.steps.choose.patience_seconds = 1;
  await centre.root.expect(201, "POST", "/api/v1/menus", hasty);
  const caller = await call("caller_hangs_up_when_told", { service: hasty_number });
  const waiting = await at("support");
  assert.deepEqual(waiting.events.filter((event) => event.kind === "guide_step").map((event) => field(event, "reason")), ["called", "no answer"]);
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});

test("a message that a caller leaves waits in a closed queue; its agent hears it, and no phone rings", async () => {
  const caller = await call("caller_hangs_up_when_told");
  await speaks(caller);
  await caller.end.press("7");
  await eventually("the tone", () => has_tone(caller.end.heard()));
  const { id } = await at("message");
  await pass(2500);
  await caller.sipp.tell();
  await caller.sipp.done();
  await eventually("it waits", async () => {
    const [one] = (await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true")).items.filter((row) => row.id === id);
    return one?.queue === "tomorrow" ? one : null;
  });
  const rung = await centre.metric("rapport_phone_agents_unreachable_total");
  await available(ana);
  await eventually("it is answered in the desk", async () => (await ana.client.post(`/api/v1/interactions/${id}/answer`)).status === 200);
  const recorded = decode_recording(await centre.recording_file(id, ana.client));
  assert.ok(loudest(recorded.customer, 700) > loud, "what the caller said");
  assert.ok(loudness(recorded.agents) < silence, "no tone, and nothing that was spoken to them");
  const audit = await centre.root.expect(200, "GET", `/api/v1/audit?action=recording.listen&subject=interaction:${id}`);
  assert.deepEqual(audit.items.map((one) => one.who), [`user:${ana.id}`]);
  assert.equal(await centre.metric("rapport_phone_agents_unreachable_total"), rung);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${id}/end`);
  const closed = await centre.closed(id);
  const left = closed.events.find((event) => event.kind === "voicemail_left");
  assert.ok(left.seconds > 1, `${left.seconds} s`);
  assert.ok(!closed.events.some((event) => event.kind === "field_captured"));
  await ana.client.refused(403, "not_permitted", "GET", `/api/v1/interactions/${id}/recording`);
  await ana.client.put("/api/v1/me/presence", { presence: "break", reason: "lunch" });
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
  });
  assert.deepEqual(steps_of(closed), ["choose", "night", "closed"]);
  assert.ok(closed.events.some((event) => event.kind === "ended" && event.by === "bot"));
  assert.equal(closed.queue, "");
  assert.ok(peak_at(caller.end.heard(), 700) < 300);
  caller.end.close();
});

test("who hangs up in the menu has ended it", async () => {
  const caller = await call("caller_hangs_up_when_told");
  const live = await at("choose");
  await caller.sipp.tell();
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
  const caller = await call("caller_hangs_up_when_told");
  const waiting = await centre.live("waiting");
  assert.equal(waiting.queue, "support");
  await caller.sipp.tell();
  await caller.sipp.done();
  await centre.closed(waiting.id);
  caller.end.close();
});
