// What happens to an interaction after it closed: people's verdicts, surveys and late transcripts.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { nowhere } from "./requests.mjs";
import { employ, eventually, set_up, start, undescribed } from "./server.mjs";

let server, root, ana, sue, quinn, ada, tom, far;
const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const id of ["northwind", "southsea"]) {
    await root.expect(201, "POST", "/api/v1/brands", { id, name: id });
    await root.expect(201, "POST", "/api/v1/queues", { id: `${id}-main`, brand: id, label: "Main", offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const staff = [["ana", "agent"], ["sue", "supervisor"], ["quinn", "quality"], ["ada", "analyst"], ["tom", "trainer"]];
  [ana, sue, quinn, ada, tom] = await Promise.all(staff.map(([login, role]) => employ(root, login, [role], ["northwind"])));
  far = await employ(root, "far", ["quality", "supervisor"], ["southsea"]);
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "only what is given" });
});
after(async () => { await server?.stop(); });

const begin = async () => (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", customer: { name: "Pat Brown" }, agent: ana.me.user })).interaction;
/// A chat in which Ana says this, closed and judged.
async function closed(...texts) {
  const interaction = await begin();
  for (const text of texts) await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text });
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("closed", async () => (await quinn.expect(200, "GET", at(interaction))).closed_at !== null);
  return interaction;
}
const greeted = () => closed("Good morning, you are speaking with Ana at northwind. How can I help you today?", "I have mended it. Is there anything else?");

/// The score by the formula of the interaction format, with people's verdicts in place of the machine's.
function reviewed_score(ledger) {
  let sum = 0, weights = 0;
  for (const practice of ledger.practices) {
    const verdict = practice.review?.verdict ?? practice.verdict;
    if (verdict !== "met" && verdict !== "missed") continue;
    const own = verdict === practice.verdict && practice.occasions > 0;
    sum += practice.weight * (own ? practice.met / practice.occasions : verdict === "met" ? 1 : 0);
    weights += practice.weight;
  }
  return weights === 0 ? null : Math.round((100_000 * sum) / weights) / 1_000;
}

test("a reviewer agrees with a verdict, and overrides one with a reason", async () => {
  const interaction = await greeted();
  const before_ = await quinn.expect(200, "GET", at(interaction, "ledger"));
  assert.equal(before_.reviewed_score, before_.score);
  assert.ok(before_.events > 0);
  const met = before_.practices.find((one) => one.verdict === "met" && one.weight > 0);
  const missed = before_.practices.find((one) => one.verdict === "missed" && one.weight > 0);
  assert.ok(met && missed, "the chat has both");

  const agreed = await quinn.expect(200, "POST", at(interaction, "verdicts"), { practice: met.id, verdict: "met" });
  assert.deepEqual([agreed.agrees, agreed.machine, agreed.by, agreed.reason], [true, "met", quinn.me.user, ""]);
  await quinn.refused(422, "invalid", "POST", at(interaction, "verdicts"), { practice: missed.id, verdict: "met" });
  const over = await quinn.expect(200, "POST", at(interaction, "verdicts"), { practice: missed.id, verdict: "met", reason: "Pat had no time for it." });
  assert.deepEqual([over.agrees, over.machine, over.verdict], [false, "missed", "met"]);
  const again = await quinn.post(at(interaction, "verdicts"), { practice: missed.id, verdict: "met", reason: "Pat had no time for it." });
  assert.deepEqual([again.status, again.headers.get("idempotent-replayed")], [200, "true"]);

  const ledger = await ana.expect(200, "GET", at(interaction, "ledger"));
  const shown = ledger.practices.find((one) => one.id === missed.id);
  assert.deepEqual([shown.verdict, shown.review.verdict, shown.review.reason], ["missed", "met", "Pat had no time for it."]);
  assert.equal(ledger.score, before_.score, "the machine's score stands");
  assert.equal(ledger.reviewed_score, reviewed_score(ledger));
  assert.ok(ledger.reviewed_score > ledger.score);

  const said = await ana.expect(200, "GET", at(interaction, "verdicts"));
  assert.deepEqual(said.items.map((one) => one.practice), [met.id, missed.id]);
  const read = await quinn.expect(200, "GET", at(interaction));
  assert.ok(read.events.every((event) => event.kind !== "other"), "a review is no event of the conversation");
  const trail = await root.expect(200, "GET", `/api/v1/audit?subject=interaction:${interaction}`);
  assert.deepEqual(trail.items.filter((one) => one.action.startsWith("verdict.")).map((one) => one.action).sort(), ["verdict.agree", "verdict.override"]);

  const overridden = await quinn.expect(200, "GET", `/api/v1/verdict-reviews?agrees=false&by=${quinn.me.user}&brand=northwind`);
  assert.deepEqual(overridden.items.map((one) => [one.interaction, one.practice]), [[interaction, missed.id]]);
  assert.equal((await sue.expect(200, "GET", `/api/v1/verdict-reviews?practice=${met.id}&agrees=true`)).items.length, 1);
  assert.equal((await sue.expect(200, "GET", `/api/v1/verdict-reviews?by=${nowhere}`)).items.length, 0);
  await quinn.refused(403, "not_permitted", "GET", "/api/v1/verdict-reviews?brand=southsea");
  assert.deepEqual((await far.expect(200, "GET", "/api/v1/verdict-reviews")).items, []);

  const numbers = async () => (await tom.expect(200, "GET", "/api/v1/verdict-agreement?brand=northwind")).practices.find((one) => one.practice === missed.id);
  assert.deepEqual((({ reviewed, agreed, overridden: count }) => [reviewed, agreed, count])(await numbers()), [1, 0, 1]);
  await quinn.expect(200, "POST", at(interaction, "verdicts"), { practice: missed.id, verdict: "missed", reason: "On second thoughts." });
  assert.deepEqual((({ reviewed, agreed, verdicts }) => [reviewed, agreed, verdicts])(await numbers()), [1, 1, [{ machine: "missed", verdict: "missed", count: 1 }]], "the last one counts");
  assert.equal((await tom.expect(200, "GET", "/api/v1/verdict-agreement?brand=northwind&to=2020-01-01T00:00:00Z")).overall.reviewed, 0);
  await tom.refused(403, "not_permitted", "GET", "/api/v1/verdict-agreement?brand=southsea");
  await tom.refused(400, "malformed", "GET", "/api/v1/verdict-agreement");
  assert.equal((await quinn.expect(200, "GET", "/api/v1/verdict-reviews?agrees=false")).items.length, 0);
});

test("two reviewers at the same time: both reviews stand", async () => {
  const interaction = await greeted();
  const ledger = await quinn.expect(200, "GET", at(interaction, "ledger"));
  const judged = ledger.practices.filter((one) => one.verdict === "met").slice(0, 6);
  await Promise.all(judged.map((one) => quinn.expect(200, "POST", at(interaction, "verdicts"), { practice: one.id, verdict: "missed", reason: "No." })));
  assert.equal((await quinn.expect(200, "GET", at(interaction, "verdicts"))).items.length, judged.length);
});

test("verdicts that cannot be reviewed", async () => {
  const live = await begin();
  await quinn.refused(409, "not_closed", "POST", at(live, "verdicts"), { practice: "opening.greet", verdict: "met" });
  await ana.expect(200, "POST", at(live, "end"));
  await ana.expect(200, "POST", at(live, "wrap-up"), {});
  const interaction = await greeted();
  await quinn.refused(422, "invalid", "POST", at(interaction, "verdicts"), { practice: "opening.nothing", verdict: "met", reason: "x" });
  await quinn.refused(422, "invalid", "POST", at(interaction, "verdicts"), { practice: "opening.greet", verdict: "fine" });
  await quinn.refused(422, "invalid", "POST", at(interaction, "verdicts"), { practice: "opening.greet", verdict: "missed", reason: "x".repeat(4_001) });
  await ana.refused(403, "not_permitted", "POST", at(interaction, "verdicts"), { practice: "opening.greet", verdict: "met" });
  await far.refused(404, "not_found", "POST", at(interaction, "verdicts"), { practice: "opening.greet", verdict: "met" });
  await far.refused(404, "not_found", "GET", at(interaction, "verdicts"));
});

/// What `rapport evaluate` says of an export, and what the server says.
async function both_ledgers(interaction) {
  const file = await ada.get(at(interaction, "export"));
  const folder = mkdtempSync(join(tmpdir(), "rapport-export-"));
  try {
    writeFileSync(join(folder, "one.json"), file.text);
    const later = JSON.parse(execFileSync(process.env.RAPPORT_BINARY, ["evaluate", "--format", "json", join(folder, "one.json")], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    const ledger = await quinn.expect(200, "GET", at(interaction, "ledger"));
    for (const ours of ["made_at", "events", "reviewed_score"]) delete ledger[ours];
    for (const practice of ledger.practices) delete practice.review;
    return [ledger, later];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a survey and a late note: judged again, and the same as a later run of the export", async () => {
  const interaction = await greeted();
  const first = await quinn.expect(200, "GET", at(interaction, "ledger"));
  const target = first.practices.find((one) => one.verdict === "missed" && one.weight > 0);
  await quinn.expect(200, "POST", at(interaction, "verdicts"), { practice: target.id, verdict: "not_applicable", reason: "Not in a chat this short." });
  const events = [{ kind: "survey", id: "survey-1", csat: 5, resolved: true, comment: "quick as a zebra" }, { kind: "fact_known", id: "fact-1", name: "meter", value: "smart" }];
  const added = await sue.expect(200, "POST", at(interaction, "late-events"), { events });
  assert.deepEqual([added.added, added.repeated], [2, 0]);
  const again = await sue.post(at(interaction, "late-events"), { events });
  assert.deepEqual([again.body.added, again.body.repeated, again.headers.get("idempotent-replayed")], [0, 2, "true"]);
  await sue.refused(409, "event_exists", "POST", at(interaction, "late-events"), { events: [{ kind: "survey", id: "survey-1", csat: 1 }] });

  const read = await quinn.expect(200, "GET", at(interaction));
  const survey = read.events.find((event) => event.kind === "survey");
  assert.deepEqual([survey.csat, survey.by, survey.id], [5, "customer", "survey-1"]);
  assert.ok(survey.number > first.events);
  const ledgers = (await quinn.expect(200, "GET", at(interaction, "ledgers"))).items;
  assert.deepEqual(ledgers.map((one) => one.events), [first.events + 2, first.events], "the current one first");
  const [ours, theirs] = await both_ledgers(interaction);
  assert.deepEqual(ours, theirs);
  assert.equal(ledgers[0].practices.find((one) => one.id === target.id).review.verdict, "not_applicable", "a review survives");
  assert.equal((await quinn.expect(200, "GET", at(interaction))).score, ledgers[0].score);
});

test("a late transcript changes verdicts, score and search", async () => {
  const interaction = (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "voice", brand: "northwind", queue: "northwind-main", customer: { name: "Pat" }, agent: ana.me.user })).interaction;
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("closed", async () => (await quinn.expect(200, "GET", at(interaction))).closed_at !== null);
  const first = await quinn.expect(200, "GET", at(interaction, "ledger"));
  const verdict = (ledger, id) => ledger.practices.find((one) => one.id === id).verdict;
  assert.equal(verdict(first, "opening.greet"), "not_assessed", "its words were not recorded");
  const said = (id, text, more = {}) => ({ kind: "utterance", id, by: "agent", at_ms: 0, end_ms: 0, text, ...more });
  await sue.expect(200, "POST", at(interaction, "late-events"), { events: [said("u1", "Good morning, what about the okapi 4111 1111 1111 1111?")], observed: ["words", "timing"] });
  const second = await quinn.expect(200, "GET", at(interaction, "ledger"));
  assert.equal(verdict(second, "opening.greet"), "met");
  assert.equal(verdict(second, "opening.own-name"), "missed", "what was recorded and is not there did not happen");
  await sue.expect(200, "POST", at(interaction, "late-events"), { events: [said("u2", "You are speaking with Ana about the okapi", { revises: "u1" })] });
  const third = await quinn.expect(200, "GET", at(interaction, "ledger"));
  assert.equal(verdict(third, "opening.own-name"), "met");
  assert.equal((await quinn.expect(200, "GET", at(interaction, "ledgers"))).items.length, 3);
  assert.equal((await quinn.expect(200, "GET", at(interaction))).score, third.score);
  assert.deepEqual((await quinn.expect(200, "GET", "/api/v1/interactions?words=okapi")).items.map((one) => one.id), [interaction]);
  assert.ok(!(await ada.get(at(interaction, "export"))).text.includes("4111 1111"), "a card number was kept");
  const [ours, theirs] = await both_ledgers(interaction);
  assert.deepEqual(ours, theirs);
});

test("late events that are refused change nothing", async () => {
  const live = await begin();
  await sue.refused(409, "not_closed", "POST", at(live, "late-events"), { events: [{ kind: "survey", id: "s" }] });
  await ana.expect(200, "POST", at(live, "end"));
  await ana.expect(200, "POST", at(live, "wrap-up"), {});
  const interaction = await greeted();
  const wrong = [{}, { events: [] }, { events: "x" }, { events: [3] }, { events: [{ kind: "survey" }] }, { events: [{ kind: "ended", id: "e" }] }, { events: [{ kind: "survey", id: "s", seq: 3 }] },
    { events: [{ kind: "note", id: "n", text: "x", at_ms: 86_400_000 }] }, { events: [{ kind: "message", id: "m" }] }, { events: [{ kind: "survey", id: "s" }], observed: ["smell"] }, { events: [{ kind: "survey", id: "s" }], more: 1 }];
  for (const body of wrong) await sue.refused(422, "invalid", "POST", at(interaction, "late-events"), body);
  await sue.refused(422, "bad_event", "POST", at(interaction, "late-events"), { events: [{ kind: "note", id: "a", text: "x", revises: "b" }, { kind: "note", id: "b", text: "x", revises: "a" }] });
  await ana.refused(403, "not_permitted", "POST", at(interaction, "late-events"), { events: [{ kind: "survey", id: "s" }] });
  await far.refused(404, "not_found", "POST", at(interaction, "late-events"), { events: [{ kind: "survey", id: "s" }] });
  assert.equal((await quinn.expect(200, "GET", at(interaction, "ledgers"))).items.length, 1);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
