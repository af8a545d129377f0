// One sipp calls again and again, another one is all agents' phones; see ./run.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Centre, eventually } from "../centre.mjs";
import { free_udp_port } from "../sipp.mjs";

const number = (name, usual) => {
  const value = Number(process.env[name] ?? usual);
  assert.ok(Number.isInteger(value) && value >= 0, `${name}: a whole number is expected, not '${process.env[name]}'`);
  return value;
};
const calls = number("CALLS", 1000);
const rate = number("RATE", 5);
const agents = number("AGENTS", 20);
const beside = number("BESIDE", 0);
const call_ms = number("CALL_MS", 2000);
const callers = number("CALLERS", 1000);
const growth_max = 30e6; // bytes for a thousand calls: their index and numbers stay in memory
const scenarios = new URL("../scenarios/", import.meta.url).pathname;
const ticks_per_second = 100; // of the system's process times (USER_HZ)

const folder = mkdtempSync(join(tmpdir(), "rapport-many-calls-"));
const children = new Set();
process.on("exit", () => {
  children.forEach((child) => child.kill("SIGKILL"));
  rmSync(folder, { recursive: true, force: true });
});

function sipp(scenario, options) {
  const child = spawn("sipp", ["-sf", scenario, "-i", "127.0.0.1", "-nostdin", "-key", "rtp", "9", "-key", "law", "PCMU", "-key", "type", "0", ...options], { cwd: folder, stdio: "ignore" });
  children.add(child);
  const ended = new Promise((done) => child.once("exit", (code) => {
    children.delete(child);
    done(code);
  }));
  return { child, ended };
}

/// Numbers that belong to nobody (Ofcom keeps a thousand in each of these towns for stories); the next caller has the
/// next one. Without any, callers withhold theirs.
const towns = ["2079460", "1214960", "1314960", "1414960", "1514960", "1614960", "1134960", "1144960", "1154960", "1164960"];
function write_callers() {
  assert.ok(callers <= 1000 * towns.length, `CALLERS: at most ${1000 * towns.length} are expected`);
  const numbers = Array.from({ length: callers }, (_, index) => `+44${towns[Math.floor(index / 1000)]}${`${index % 1000}`.padStart(3, "0")}`);
  writeFileSync(join(folder, "callers.csv"), `SEQUENTIAL\n${(numbers.length === 0 ? ["anonymous"] : numbers).map((one) => `${one};`).join("\n")}\n`);
  const scenario = readFileSync(join(scenarios, "caller_hangs_up.xml"), "utf8");
  const spread = scenario.replaceAll("+442079460123", "[field0]");
  assert.notEqual(spread, scenario, "the scenario names its caller otherwise");
  writeFileSync(join(folder, "caller.xml"), spread);
}

/// Of the server's process: bytes in memory, open files, seconds of processor.
function process_state(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return {
    memory: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024,
    files: readdirSync(`/proc/${pid}/fd`).length,
    processor: (Number(fields[11]) + Number(fields[12])) / ticks_per_second,
  };
}

/// Seconds of processor by what its threads are called; those of no name of their own are "rest".
function by_thread(pid) {
  const spent = {};
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const [, name, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8"));
    const fields = rest.split(" ");
    const whose = name === "rapport" ? "rest" : name;
    spent[whose] = (spent[whose] ?? 0) + (Number(fields[11]) + Number(fields[12])) / ticks_per_second;
  }
  return spent;
}

async function metric(server, name) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1]);
}

async function staff(centre) {
  const phones = [];
  for (let index = 0; index < agents; ++index) phones.push(await centre.agent_without_phone(`agent${index}`));
  const port = await free_udp_port();  // not before: somebody else may take it meanwhile
  writeFileSync(join(folder, "phones.csv"), `SEQUENTIAL\n${phones.map((one) => `${one.login};[authentication username=${one.login} password=${one.password}]`).join("\n")}\n`);
  const login = sipp(join(scenarios, "phones_log_in.xml"), [`127.0.0.1:${centre.sip_port()}`, "-p", `${port}`, "-m", `${agents}`, "-r", "10", "-inf", join(folder, "phones.csv"), "-timeout", "60", "-trace_err"]);
  const said = () => readdirSync(folder).filter((name) => name.endsWith("errors.log")).map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  assert.equal(await login.ended, 0, `the phones could not log in:\n${said()}`);
  sipp(join(scenarios, "phone_answers.xml"), ["-p", `${port}`]);
  for (const agent of phones) await agent.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
}

async function others(centre) {
  if (beside === 0) return;
  const at_once = 50;
  const one = async (index) => {
    const user = await centre.root.expect(201, "POST", "/api/v1/users", { login: `other${index}`, name: `Other ${index}`, roles: ["agent"], brands: ["northwind"] });
    await centre.root.expect(201, "POST", "/api/v1/agents", { id: user.id, skills: {}, capacity: { voice: 0, chat: 3 } });
    await centre.root.expect(200, "PUT", `/api/v1/agents/${user.id}/presence`, { presence: "available" });
  };
  for (let index = 0; index < beside; index += at_once) await Promise.all(Array.from({ length: Math.min(at_once, beside - index) }, (_, further) => one(index + further)));
}

write_callers();
const centre = await Centre.open({ RAPPORT_PHONE_FIRST_MEDIA_PORT: "20000", RAPPORT_PHONE_LAST_MEDIA_PORT: "31999" }); // for all at once
await others(centre);
await staff(centre);
const pid = centre.server.pid();

async function round(count) {
  const before = process_state(pid);
  const threads_before = by_thread(pid);
  const began = Date.now();
  const caller = sipp(join(folder, "caller.xml"), [`127.0.0.1:${centre.sip_port()}`, "-p", `${await free_udp_port()}`, "-inf", join(folder, "callers.csv"), "-m", `${count}`, "-r", `${rate}`, "-s", "support", "-d", `${call_ms}`, "-timeout", `${60 + (2 * count) / rate}`, "-timeout_error"]);
  assert.equal(await caller.ended, 0, "calls failed");
  const seconds = (Date.now() - began) / 1000;
  await eventually("all calls are over", async () => (await metric(centre.server, "rapport_phone_calls_open")) === 0, 60_000);
  await eventually("all recordings are finished", async () => (await metric(centre.server, "rapport_recordings_open")) === 0, 60_000);
  const threads = Object.entries(by_thread(pid)).map(([name, spent]) => [name, spent - (threads_before[name] ?? 0)]);
  return { before, after: process_state(pid), threads, seconds };
}

await round(Math.min(calls, 100)); // what is made once is made
const { before, after, threads, seconds } = await round(calls);
const spent = after.processor - before.processor;
const growth = after.memory - before.memory;
console.log(`${calls} calls of ${call_ms / 1000} s in ${seconds.toFixed(0)} s through queue, ${agents} agents' phones, recording and hang-up, ${beside} agents beside`);
const of_sound = ["sound", "taps", "recorder", "encoder"];
const set_up = threads.filter(([name]) => !of_sound.includes(name)).reduce((sum, [, one]) => sum + one, 0);
const shares = threads.toSorted((one, other) => other[1] - one[1]).filter(([, one]) => one / calls > 5e-5).map(([name, one]) => `${name} ${((1000 * one) / calls).toFixed(1)}`);
console.log(`set-up         ${((1000 * set_up) / calls).toFixed(1)} ms a call: ${(calls / set_up).toFixed(0)} calls a second and core through queue and bridge, durable and judged (aim 450; Asterisk's queue with 1,000 members, bridged: 45)`);
const judging = threads.find(([name]) => name === "judge")?.[1] ?? 0;
console.log(`not judging    ${((1000 * (set_up - judging)) / calls).toFixed(1)} ms a call: ${(calls / (set_up - judging)).toFixed(0)} calls a second and core, the same without its judge's thread`);
console.log(`processor      ${((1000 * spent) / calls).toFixed(1)} ms a call with its sound, ${shares.join(", ")}`);
console.log(`open files     ${before.files} before, ${after.files} after`);
console.log(`memory         ${(growth / 1e6).toFixed(1)} MB more`);
const answered = (await centre.sue.expect(200, "GET", "/api/v1/interactions?limit=200")).items.filter((row) => row.agents.length > 0).length;
const shown = Math.min(200, calls + Math.min(calls, 100));
assert.ok(answered > 0.9 * shown, `of the last ${shown} callers only ${answered} were answered`);
assert.ok(after.files <= before.files + 5, "files or ports are left open");
// Of calls: what is kept of agents beside is not theirs.
if (beside === 0) assert.ok(growth < (growth_max * Math.max(calls, 1000)) / 1000, "memory is not given back");
children.forEach((child) => child.kill("SIGKILL"));
await centre.stop();
