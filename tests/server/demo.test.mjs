// The demo centre as `./run` starts it, and load on a server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Client, set_up, start } from "./server.mjs";

const binary = process.env.RAPPORT_BINARY;
const home = mkdtempSync(join(tmpdir(), "rapport-demo-test-"));
const data = join(home, "demo");
const running = new Set();
process.on("exit", () => {
  running.forEach((child) => child.kill("SIGKILL"));
  rmSync(home, { recursive: true, force: true });
});

/// A rapport of one's own: its output, and how it ended.
function run(...args) {
  const child = spawn(binary, args, { env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, RAPPORT_CONFIG: "" }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const made = { child, out: "", err: "" };
  child.stdout.on("data", (text) => (made.out += text));
  child.stderr.on("data", (text) => (made.err = (made.err + text).slice(-20_000)));
  made.ended = new Promise((done) => child.once("close", (code, signal) => done({ code, signal })));
  made.ended.then(() => running.delete(child));
  return made;
}

/// Waits until `look` gives something.
async function until(what, seconds, look) {
  for (const end = Date.now() + seconds * 1000; ; await wait(100)) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
  }
}

async function start_demo(...more) {
  const demo = run("demo", "--data", data, "--listen", "127.0.0.1:0", "--seed", "1", ...more);
  demo.url = await until("an address is printed", 240, () => {
    if (demo.child.exitCode !== null) throw new Error(`the demo ended:\n${demo.err}`);
    return demo.out.match(/the desk +(http:\S+)\//)?.[1];
  });
  await until("ready", 240, () => fetch(`${demo.url}/health/ready`).then((answer) => answer.status === 200, () => false));
  demo.server = { url: demo.url };
  return demo;
}

async function started(demo) {
  const text = await (await fetch(`${demo.url}/metrics`)).text();
  return Number(text.match(/^rapport_interactions_total (\d+)/m)[1]);
}

async function stop(demo) {
  demo.child.kill("SIGINT");
  assert.deepEqual(await demo.ended, { code: 0, signal: null }, demo.err);
}

const login = (demo, name) => new Client(demo.server, name).login(name, demo.passwords[name]);

/// Printed as "  agent       four words of password        what to do".
function passwords(out) {
  return Object.fromEntries([...out.matchAll(/^ {2}(agent2?|supervisor|quality|admin) +(\w+ \w+ \w+ \w+) /gm)].map((one) => [one[1], one[2]]));
}

let demo;
before(async () => {
  demo = await start_demo("--pace", "12");
  demo.passwords = passwords(demo.out);
});
after(() => demo?.child.kill("SIGKILL"));

test("a fresh folder: history that is not counted, logins of every kind, customers who come by themselves", async () => {
  assert.deepEqual(Object.keys(demo.passwords).sort(), ["admin", "agent", "agent2", "quality", "supervisor"]);
  assert.ok((await started(demo)) < 60, "history is counted");
  const quality = await login(demo, "quality");
  const old = await until("a hundred conversations of past days", 240, async () => {
    const past = await quality.expect(200, "GET", "/api/v1/interactions?live=false&limit=500");
    const found = past.items.filter((row) => Date.parse(row.closed_at) < Date.now() - 6 * 3_600_000);
    return found.length > 100 && found;
  });
  assert.ok(new Set(old.map((row) => row.score)).size > 20, "judged all alike");
  assert.ok(new Set(old.map((row) => row.brand)).size >= 3);
  assert.ok(old.some((row) => row.outcome === "resolved") && old.some((row) => row.outcome === "unresolved"));
  await until("more than three interactions", 240, async () => (await started(demo)) > 3);
  for (const who of ["agent", "agent2", "supervisor", "admin"]) await login(demo, who);
});

test("conversations are held, wrapped up and judged, with verdicts that differ", async () => {
  const quality = await login(demo, "quality");
  const closed = await until("twelve conversations of today", 360, async () => {
    const page = await quality.expect(200, "GET", "/api/v1/interactions?live=false&limit=100");
    const new_ones = page.items.filter((row) => row.disposition && Date.parse(row.started_at) > Date.now() - 600_000);
    return new_ones.length >= 12 && new_ones;
  });
  const missed = new Set();
  const verdicts = new Set();
  let practices = 0;
  for (const row of closed.slice(0, 12)) {
    assert.notEqual(row.score, null);
    row.missed.forEach((one) => missed.add(one));
    const ledger = await quality.expect(200, "GET", `/api/v1/interactions/${row.id}/ledger`);
    for (const practice of ledger.practices ?? ledger.ledger?.practices ?? []) {
      ++practices;
      verdicts.add(practice.verdict);
    }
    const whole = await quality.expect(200, "GET", `/api/v1/interactions/${row.id}`);
    const kinds = new Set(whole.events.map((event) => event.kind));
    for (const kind of ["answered", "message", "ended", "disposition"]) assert.ok(kinds.has(kind), `${row.id} has no ${kind}`);
  }
  assert.ok(practices > 0);
  assert.ok(["met", "missed", "not_applicable"].every((verdict) => verdicts.has(verdict)), [...verdicts].join());
  assert.ok(missed.size >= 5, `missed anywhere: ${[...missed]}`);
});

test("a person who logs in as an agent gets a customer who answers what is asked", async () => {
  const agent = await login(demo, "agent");
  await agent.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  let said = [];
  const customers = (events) => events.filter((event) => event.kind === "message" && event.by === "customer").map((event) => event.text);
  const answers = () => said.some((text) => /\d{8}/.test(text));
  // Some of those who come were handed over when all was said; one of the next has a matter of their own.
  for (let tries = 0; tries < 6 && !answers(); ++tries) {
    const offered = await until("an offer", 240, async () => (await agent.expect(200, "GET", "/api/v1/me/hands")).interactions[0]);
    const at = `/api/v1/interactions/${offered.id}`;
    const answered = await agent.post(`${at}/answer`, {});
    if (answered.status !== 200) continue;
    const matter = await until("the matter", 60, async () => {
      const found = await agent.get(at);
      return found.status === 200 && customers(found.body.events).length > 0 && found.body.events.length;
    }).catch(() => null);
    if (matter === null) continue;
    await agent.post(`${at}/events`, { kind: "message", text: "Could you give me your account number and postcode, please?" });
    said = await until("an answer", 60, async () => {
      const found = await agent.expect(200, "GET", at);
      const after_question = customers(found.events.slice(matter));
      return (after_question.some((text) => /\d{8}/.test(text)) || found.events.at(-1).kind === "ended") && after_question;
    }).catch(() => []);
    await agent.post(`${at}/end`, {});
    await agent.post(`${at}/wrap-up`, {});
  }
  assert.ok(answers(), `the last customer said: ${said}`);
  await agent.put("/api/v1/me/presence", { presence: "offline" });
});

test("killed at once, it comes back with what was there, and goes on", async () => {
  const quality = await login(demo, "quality");
  const before_ = await quality.expect(200, "GET", "/api/v1/interactions?live=false&limit=5");
  demo.child.kill("SIGKILL");
  await demo.ended;
  demo = await start_demo("--pace", "12");
  assert.equal(Object.keys(passwords(demo.out)).length, 5);
  demo.passwords = passwords(demo.out);
  const again = await login(demo, "quality");
  for (const row of before_.items) assert.equal((await again.expect(200, "GET", `/api/v1/interactions/${row.id}`)).id ?? row.id, row.id);
  await until("more than three interactions", 240, async () => (await started(demo)) > 3);
  await stop(demo);
});

test("a folder that is not a demo's is left alone", async () => {
  const other = join(home, "other");
  mkdirSync(other, { mode: 0o700 });
  writeFileSync(join(other, "letters.txt"), "mine");
  const refused = run("demo", "--data", other, "--listen", "127.0.0.1:0");
  assert.equal((await refused.ended).code, 1);
  assert.match(refused.err, /is no demo's folder/);
  assert.equal(readFileSync(join(other, "letters.txt"), "utf8"), "mine");
});

test("load: every interaction is worked through, and the figures are printed", async () => {
  const server = await start();
  try {
    await set_up(server);
    const load = run("load", "--url", server.url, "--login", "root:correct horse battery", "--agents", "3", "--rate", "4", "--feeds", "9", "--seconds", "3");
    const how = await load.ended;
    assert.equal(how.code, 0, load.err + load.out);
    assert.match(load.out, /^achieved +\d+\.\d interactions\/s closed \(12 started, \d+\.\d a second; \d+ closed in time, 0 never\)$/m);
    assert.match(load.out, /^API +p50 \d+\.\d ms, p99 \d+\.\d ms/m);
    assert.match(load.out, /^event to desk +p50 \d+\.\d ms, p99 \d+\.\d ms, most \d+\.\d ms \(of [1-9]\d*\)$/m);
    assert.match(load.out, /^own CPU +\d+\.\d\d s/m);
    assert.match(load.out, /^errors +0$/m);
    const again = run("load", "--url", server.url, "--login", "root:wrong password here", "--seconds", "1");
    assert.equal((await again.ended).code, 1);
    assert.match(again.err, /login as root: 401/);
  } finally {
    await server.stop();
  }
});
