// A long, busy shift in a short time: what stays in the memory of an agent's and of a supervisor's page when
// conversations are over. An agent has three at a time, most of them served by the API so that they pass
// quickly through the page, some by hand; the floor sees these and a load's.

import { setTimeout as wait } from "node:timers/promises";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "../centre.mjs";
import { accept, be_available, finish, open_browser, sign_in, sit_down, write } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { line, slope, title } from "./figures.mjs";
import { own_bytes } from "./heap.mjs";
import { begin_load, make_overseer } from "./load.mjs";

const conversations = Number(process.argv[2] ?? 400);
const phases = 6; // the first fills caches and is not counted
const at_once = 3;
const turns = 6;
const load_rate = 25;
/// What a thousand conversations, a week of an agent, may leave behind: a few grown arrays, no conversation.
const bytes_max = 600_000;
const nodes_max = 200;

const [centre, browser] = await Promise.all([start_centre(), open_browser()]);
const admin = await by_api(centre, "admin");
await make_overseer(centre, admin);
const queue = await admin("GET", "/api/v1/queues/billing");
await admin("PUT", "/api/v1/queues/billing", { ...queue, offer_seconds: 300, wrap_up_seconds: 300 }, { "If-Match": `"${queue.version}"` }); // nothing runs out on a busy machine
const by_ana = await by_api(centre, "ana");
const ana = await sit_down(browser, centre.url);
await sign_in(ana, "ana", centre.password("ana"));
await be_available(ana);
const mona = await sit_down(browser, centre.url);
await sign_in_to(mona, "mona", centre.password("mona"));

/// A conversation that the agent has by the API: twelve messages, typing, a note, the wrap-up.
async function by_machine(number) {
  const guest = await customer(centre, `Guest ${number}`, "My bill of March is wrong, and I am upset about it.");
  const at = `/api/v1/interactions/${guest.id}`;
  await eventually("it is offered", () => by_ana("POST", `${at}/answer`).then(() => true, () => false));
  for (let turn = 0; turn < turns; ++turn) {
    await by_ana("POST", `${at}/events`, { kind: "message", text: `Good morning, this is Ana. I am sorry about that. Let me look at reading ${turn} of ${number}.` });
    await guest.types();
    await guest.says(`Thank you. The number on the meter is ${4711 + number} and was ${turn} before.`);
  }
  await by_ana("POST", `${at}/events`, { kind: "note", text: `Meter ${number} is read twice.` });
  await guest.leaves();
  await by_ana("POST", `${at}/wrap-up`, { reason: "billing", outcome: "resolved" });
}

/// One in front of both screens: accepted, answered, looked at beside the floor, ended, wrapped up.
async function by_hand(number) {
  const name = `Visitor ${number}`;
  const guest = await customer(centre, name, "Where is my technician?");
  await accept(ana, name);
  const row = mona.getByRole("region", { name: "Conversations" }).getByRole("button", { name });
  await row.click();
  const beside = mona.getByRole("region", { name: `Conversation with ${name}` });
  await write(ana, `Good morning, this is Ana. I ask where they are, number ${number}.`);
  await beside.getByText(`number ${number}.`).waitFor();
  await guest.says("Thank you.");
  await mona.getByRole("button", { name: /^Inbox/ }).click();
  await mona.getByRole("button", { name: /^Conversations/ }).click();
  await mona.keyboard.press("Escape");
  await beside.waitFor({ state: "detached" });
  await finish(ana);
}

/// What a page holds once everything is over and nothing lies about that could go.
async function held(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  for (let round = 0; round < 3; ++round) {
    await cdp.send("HeapProfiler.collectGarbage");
    await wait(100);
  }
  const { metrics } = await cdp.send("Performance.getMetrics");
  const bytes = await own_bytes(cdp);
  await cdp.detach();
  const of = (name) => metrics.find((one) => one.name === name).value;
  return { bytes, heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

async function phase(first, count) {
  let next = first;
  const serve = async () => {
    while (next < first + count) await by_machine(next++);
  };
  await Promise.all(Array.from({ length: at_once }, serve));
  await by_hand(first);
  // Agents are shared by brands: the load's customers would come to this one, too.
  await by_ana("PUT", "/api/v1/me/presence", { presence: "break", reason: "Lunch" });
  const load = await begin_load(centre, { rate: load_rate, seconds: Math.max(3, Math.round(count / 6)), agents: 10 });
  const told = await load.done();
  await by_ana("PUT", "/api/v1/me/presence", { presence: "available" });
  await ana.getByText("Nobody needs you right now.").waitFor();
  await mona.getByText("Nothing goes on right now.").waitFor();
  return count + 1 + Number(/(\d+) closed in time/.exec(told.achieved)[1]);
}

title(`A busy shift in a short time: ${conversations} conversations of one agent; what stays in memory after garbage collection`);
const each = Math.ceil(conversations / phases);
const points = { agent: [], supervisor: [] };
const done = { agent: 0, supervisor: 0 };
for (let at = 0; at < phases; ++at) {
  const seen = await phase(at * each, each);
  done.agent += each + 1;
  done.supervisor += seen;
  for (const [who, page] of Object.entries({ agent: ana, supervisor: mona })) {
    const now = await held(page);
    if (at > 0) points[who].push([done[who], now]);
    line(`${who}, after ${done[who]}`, `${(now.bytes / 1e6).toFixed(2)} MB of its own, ${(now.heap / 1e6).toFixed(2)} MB of JavaScript with the browser's part, ${now.nodes} nodes, ${now.listeners} listeners`);
  }
}
for (const who of ["agent", "supervisor"]) {
  const growth = (what) => 1_000 * slope(points[who].map(([x, now]) => [x, now[what]]));
  const [bytes, nodes, listeners] = ["bytes", "nodes", "listeners"].map(growth);
  line(`${who}: growth per thousand conversations`, `${Math.round(bytes / 1_000)} kB, ${Math.round(nodes)} nodes, ${Math.round(listeners)} listeners`);
  assert.ok(bytes < bytes_max, `the ${who}'s page grows by ${Math.round(bytes)} bytes per thousand conversations`);
  assert.ok(nodes < nodes_max && listeners < nodes_max, `the ${who}'s page keeps nodes or listeners of what is over`);
}

await browser.close();
await centre.stop();
