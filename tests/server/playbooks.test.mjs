// Playbooks: versions that people write, what differs, making one live, and trying one on the past.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { nowhere } from "./requests.mjs";
import { employ, eventually, set_up, start, undescribed } from "./server.mjs";

let server, root, ana, sue, quinn, tom, far;
const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;
const manners = {
  "playbook.yaml": "name: Manners\nversion: 1.0\n",
  "signals/words.yaml": "agent.thanks:\n  meaning: the agent thanks\n  phrases: [thank you]\nagent.swears:\n  meaning: the agent swears\n  phrases: [damn]\n",
  "practices/manners.yaml": "polite.thank: {say: Thank them, must: agent.thanks, weight: 1}\npolite.no-swearing: {say: Do not swear, never: agent.swears, weight: 3, critical: true}\n",
};

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const id of ["northwind", "southsea"]) {
    await root.expect(201, "POST", "/api/v1/brands", { id, name: id });
    await root.expect(201, "POST", "/api/v1/queues", { id: `${id}-main`, brand: id, label: "Main", offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const staff = [["ana", "agent"], ["sue", "supervisor"], ["quinn", "quality"], ["tom", "trainer"]];
  [ana, sue, quinn, tom] = await Promise.all(staff.map(([login, role]) => employ(root, login, [role], ["northwind"])));
  far = await employ(root, "far", ["trainer", "quality"], ["southsea"]);
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "only what is given" });
});
after(async () => { await server?.stop(); });

async function closed(...texts) {
  const { interaction } = await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", agent: ana.me.user });
  for (const text of texts) await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text });
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("closed", async () => (await quinn.expect(200, "GET", at(interaction))).closed_at !== null);
  return interaction;
}
const add = (who, body) => who.expect(201, "POST", "/api/v1/playbooks", body);

test("a playbook is checked, with file, line and column", async () => {
  const good = await tom.expect(200, "POST", "/api/v1/playbooks/check", { files: manners });
  assert.deepEqual([good.problems, good.name, good.practices], [[], "Manners", 2]);
  const files = { ...manners, "practices/manners.yaml": manners["practices/manners.yaml"].replace("must: agent.thanks", "must: agent.thnaks") };
  const { problems } = await tom.expect(200, "POST", "/api/v1/playbooks/check", { files });
  assert.equal(problems.length, 1);
  assert.deepEqual([problems[0].file, problems[0].line], ["practices/manners.yaml", 1]);
  assert.ok(problems[0].column > 1 && problems[0].message.includes("agent.thanks"), JSON.stringify(problems));
  const refused = await tom.refused(422, "playbook_wrong", "POST", "/api/v1/playbooks", { brand: "northwind", files });
  assert.deepEqual(refused.problems, problems);
  for (const body of [{}, { files: {} }, { files: [] }, { files: { "playbook.yaml": 3 } }, { files: manners, based_on: "nothing" }, { files: manners, more: 1 }]) {
    await tom.refused(422, "invalid", "POST", "/api/v1/playbooks/check", body);
  }
  await quinn.refused(403, "not_permitted", "POST", "/api/v1/playbooks/check", { files: manners });
  const standard = await tom.expect(200, "POST", "/api/v1/playbooks/check", { based_on: "standard", files: {}, preset: "sales" });
  assert.deepEqual(standard.problems, []);
  assert.ok(standard.practices > 50 && standard.presets.includes("sales"));
});

test("versions are kept, listed, read and compared; another brand's are not there", async () => {
  const first = await add(tom, { brand: "northwind", files: manners, note: "The first" });
  const second = await add(tom, { brand: "northwind", based_on: first.id, files: { "practices/manners.yaml": manners["practices/manners.yaml"].replace("weight: 1", "weight: 2"), "notes.md": "Hello\n" } });
  assert.notEqual(second.hash, first.hash);
  const listed = await sue.expect(200, "GET", "/api/v1/playbooks");
  assert.deepEqual(listed.items.slice(0, 2).map((one) => one.id), [second.id, first.id]);
  assert.ok(listed.built_in.includes("standard"));
  const page = await sue.expect(200, "GET", "/api/v1/playbooks?limit=1");
  assert.deepEqual((await sue.expect(200, "GET", `/api/v1/playbooks?limit=1&after=${page.next}`)).items.map((one) => one.id), [first.id]);
  const read = await sue.expect(200, "GET", `/api/v1/playbooks/${second.id}`);
  assert.deepEqual([read.version.based_on, read.files.length, read.files.find((one) => one.path === "signals/words.yaml").text], [first.id, 4, manners["signals/words.yaml"]]);
  assert.equal((await sue.expect(200, "GET", "/api/v1/playbooks/standard")).version, null);
  const { files } = await sue.expect(200, "GET", `/api/v1/playbooks/${first.id}/difference?to=${second.id}`);
  assert.deepEqual(files.map((one) => [one.path, one.change]), [["notes.md", "added"], ["practices/manners.yaml", "changed"]]);
  assert.deepEqual(files[1].lines.filter((one) => one.kind !== "same").map((one) => [one.kind, one.before ?? one.after]), [["removed", 1], ["added", 1]]);

  assert.ok(!(await far.expect(200, "GET", "/api/v1/playbooks")).items.some((one) => one.brand === "northwind"));
  await far.refused(404, "not_found", "GET", `/api/v1/playbooks/${first.id}`);
  await far.refused(404, "not_found", "GET", `/api/v1/playbooks/standard/difference?to=${first.id}`);
  await far.refused(404, "not_found", "POST", `/api/v1/playbooks/${first.id}/activate`, { brand: "southsea" });
  await far.refused(422, "invalid", "POST", "/api/v1/playbooks", { brand: "southsea", based_on: first.id, files: { "notes.md": "x" } });
  await far.refused(403, "not_permitted", "POST", "/api/v1/playbooks", { brand: "northwind", files: manners });
  await tom.refused(403, "not_permitted", "POST", "/api/v1/playbooks", { files: manners });
  await root.refused(422, "invalid", "POST", `/api/v1/playbooks/${first.id}/activate`, { brand: "southsea" });
  const brand = await root.get("/api/v1/brands/southsea");
  const { id, version, changed_at, ...body } = brand.body;
  await root.refused(422, "invalid", "PUT", "/api/v1/brands/southsea", { ...body, playbook: first.id }, { "If-Match": brand.headers.get("etag") });
  const everybody = await add(root, { files: manners, note: "For all" });
  assert.ok((await far.expect(200, "GET", "/api/v1/playbooks")).items.some((one) => one.id === everybody.id));
});

test("a version is made live from the next interaction on", async () => {
  const version = await add(tom, { brand: "northwind", files: manners });
  const running = (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", agent: ana.me.user })).interaction;
  await quinn.refused(403, "not_permitted", "POST", `/api/v1/playbooks/${version.id}/activate`, { brand: "northwind" });
  await tom.refused(422, "invalid", "POST", `/api/v1/playbooks/${version.id}/activate`, { brand: "northwind", preset: "none" });
  await tom.refused(403, "not_permitted", "POST", `/api/v1/playbooks/${version.id}/activate`, { brand: "southsea" });
  await tom.refused(404, "not_found", "POST", `/api/v1/playbooks/${nowhere}/activate`, { brand: "northwind" });
  await tom.expect(200, "POST", `/api/v1/playbooks/${version.id}/activate`, { brand: "northwind" });
  await ana.expect(200, "POST", at(running, "end"));
  await ana.expect(200, "POST", at(running, "wrap-up"), {});
  await eventually("closed", async () => (await quinn.expect(200, "GET", at(running))).closed_at !== null);
  assert.equal((await quinn.expect(200, "GET", at(running, "ledger"))).playbook.name, "standard", "what runs keeps its playbook");
  const next = await closed("thank you and goodbye");
  const ledger = await quinn.expect(200, "GET", at(next, "ledger"));
  assert.deepEqual([ledger.playbook.hash, ledger.practices.map((one) => [one.id, one.verdict])], [version.hash, [["polite.thank", "met"], ["polite.no-swearing", "met"]]]);
  const trail = await root.expect(200, "GET", "/api/v1/audit?subject=brand:northwind");
  assert.ok(trail.items.some((one) => one.action === "playbook.activate" && one.who === `user:${tom.me.user}`));
  const again = await closed("hello");
  await sue.expect(200, "POST", at(again, "late-events"), { events: [{ kind: "message", id: "late", by: "agent", text: "thank you" }] });
  const after_ = await quinn.expect(200, "GET", at(again, "ledger"));
  assert.equal(after_.practices[0].verdict, "met");
});

const over = (trial) => eventually("the trial is over", async () => {
  const now = await quinn.expect(200, "GET", `/api/v1/trials/${trial.id}`);
  return ["done", "cancelled", "failed"].includes(now.state) && now;
});

test("a trial shows which verdicts would change, and changes nothing", async () => {
  const live = await add(tom, { brand: "northwind", files: manners });
  await tom.expect(200, "POST", `/api/v1/playbooks/${live.id}/activate`, { brand: "northwind" });
  const thanked = await closed("thank you for waiting, the wombat is mended");
  const cheered = await closed("cheers, the wombat is mended");
  await quinn.expect(200, "POST", at(cheered, "verdicts"), { practice: "polite.thank", verdict: "met", reason: "Cheers is thanks." });
  const candidate = await add(tom, { brand: "northwind", based_on: live.id, files: { "signals/words.yaml": manners["signals/words.yaml"].replace("[thank you]", "[thank you, cheers]") } });
  const trial = await quinn.expect(202, "POST", `/api/v1/playbooks/${candidate.id}/trials`, { brand: "northwind", words: "wombat", interactions: 100 });
  const done = await over(trial);
  assert.deepEqual([done.state, done.judged, done.skipped, done.changed], ["done", 2, 0, 1]);
  const thanks = done.practices.find((one) => one.practice === "polite.thank");
  assert.deepEqual(thanks.before, { met: 1, missed: 1, not_applicable: 0, not_assessed: 0 });
  assert.deepEqual(thanks.after, { met: 2, missed: 0, not_applicable: 0, not_assessed: 0 });
  assert.deepEqual([thanks.changed, thanks.reviewed, thanks.agreed_before, thanks.agreed_after], [1, 1, 0, 1]);
  assert.deepEqual([done.score_before, done.score_after], [87.5, 100]);
  const results = await quinn.expect(200, "GET", `/api/v1/trials/${trial.id}/results`);
  assert.deepEqual(results.items.map(({ interaction, score_before, score_after, changes }) => ({ interaction, score_before, score_after, changes })),
    [{ interaction: cheered, score_before: 75, score_after: 100, changes: [{ practice: "polite.thank", before: "missed", after: "met", person: "met" }] }]);
  assert.equal(results.next, null);
  for (const id of [thanked, cheered]) assert.equal((await quinn.expect(200, "GET", at(id, "ledgers"))).items.length, 1);

  const few = await over(await quinn.expect(202, "POST", `/api/v1/playbooks/${candidate.id}/trials`, { brand: "northwind", words: "wombat", interactions: 1 }));
  assert.deepEqual([few.judged, few.changed], [1, 1], "the newest first");
  const none = await over(await quinn.expect(202, "POST", `/api/v1/playbooks/standard/trials`, { brand: "northwind", words: "unicorn" }));
  assert.deepEqual([none.judged, none.score_before], [0, null]);
  assert.ok((await quinn.expect(200, "GET", "/api/v1/trials")).items.some((one) => one.id === trial.id));
  assert.deepEqual((await far.expect(200, "GET", "/api/v1/trials")).items, []);
  await far.refused(404, "not_found", "GET", `/api/v1/trials/${trial.id}`);
  await far.refused(404, "not_found", "GET", `/api/v1/trials/${trial.id}/results`);
  await far.refused(404, "not_found", "POST", `/api/v1/trials/${trial.id}/cancel`);
  await far.refused(403, "not_permitted", "POST", "/api/v1/playbooks/standard/trials", { brand: "northwind" });
  await far.refused(404, "not_found", "POST", `/api/v1/playbooks/${candidate.id}/trials`, { brand: "southsea" });
  await quinn.refused(404, "not_found", "POST", `/api/v1/playbooks/${nowhere}/trials`, { brand: "northwind" });
  for (const body of [{}, { brand: "northwind", interactions: 0 }, { brand: "northwind", interactions: 2_001 }, { brand: "northwind", from: "yesterday" }, { brand: "northwind", channel: "fax" }, { brand: "northwind", preset: "none" }]) {
    await quinn.refused(422, "invalid", "POST", `/api/v1/playbooks/${candidate.id}/trials`, body);
  }
  await quinn.refused(400, "malformed", "GET", `/api/v1/trials/${trial.id}/results?after=eA`);
  assert.equal((await quinn.expect(200, "POST", `/api/v1/trials/${trial.id}/cancel`)).state, "done", "what is over stays as it is");
});

test("trials wait for each other, are bounded, and can be cancelled", async () => {
  const started = [];
  for (let count = 0; count < 60; ++count) {
    const answer = await quinn.post("/api/v1/playbooks/standard/trials", { brand: "northwind" });
    if (answer.status === 202) started.push(answer.body);
    else assert.deepEqual([answer.status, answer.body.code], [409, "too_many"]);
  }
  await Promise.all(started.map((one) => quinn.post(`/api/v1/trials/${one.id}/cancel`)));
  const known = await eventually("all are over", async () => {
    const { items } = await quinn.expect(200, "GET", "/api/v1/trials");
    return items.every((one) => ["done", "cancelled"].includes(one.state)) && items;
  });
  assert.ok(known.length <= 50);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
