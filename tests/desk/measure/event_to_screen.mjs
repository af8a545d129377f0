// From an event to the screen: a customer writes while so many events a second happen in the centre; when
// are the words painted at the agent's desk, and at the supervisor's, who has the floor and the conversation
// open beside it? And when does the floor show that an agent went on a break?

import { setTimeout as wait } from "node:timers/promises";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "../centre.mjs";
import { accept, be_available, confirm_wrap_up, open_browser, sign_in, sit_down, transcript } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { line, spread, title } from "./figures.mjs";
import { begin_load, events_each, make_overseer } from "./load.mjs";
import { count_frames, painted_cell, processor_time, read_paints, watch_paints } from "./page.mjs";

const [rates = "0,60,150,300", seconds = "20"] = process.argv.slice(2);
const aim_ms = 100;
const probe_every_ms = 100;
const turn_every_ms = 250;

const [centre, browser] = await Promise.all([start_centre(), open_browser()]);
const admin = await by_api(centre, "admin");
await make_overseer(centre, admin);
const [cleo, by_ana] = [await by_api(centre, "cleo"), await by_api(centre, "ana")];
// Agents are shared by brands: without room for them the load's customers do not come to these two.
for (const [one, chat] of [[by_ana, 1], [cleo, 0]]) {
  const at = `/api/v1/agents/${one.me.user}`;
  const { version, id, ...profile } = await admin("GET", at);
  await admin("PUT", at, { ...profile, capacity: { ...profile.capacity, chat } }, { "If-Match": `"${version}"` });
}
const ana = await sit_down(browser, centre.url, { before: count_frames });
await sign_in(ana, "ana", centre.password("ana"));
await be_available(ana);
const mona = await sit_down(browser, centre.url, { before: count_frames });
await sign_in_to(mona, "mona", centre.password("mona"));

let away = false; // Cleo, on a break

/// A customer who writes and an agent who comes and goes, for a while: when each was sent.
async function probe(pat, until, first) {
  const said = new Map();
  const cells = [];
  const talk = async () => {
    for (let at = first; Date.now() < until; ++at) {
      const next = Date.now() + probe_every_ms;
      said.set(at, Date.now());
      await pat.says(`My meter shows 4711, probe ${at} of this call.`);
      await wait(Math.max(0, next - Date.now()));
    }
  };
  const turn = async () => {
    while (Date.now() < until) {
      away = !away;
      const shown = mona.evaluate(painted_cell, ["Cleo", away ? "Break" : "Free"]);
      const sent = Date.now();
      await cleo("PUT", "/api/v1/me/presence", away ? { presence: "break", reason: "Lunch" } : { presence: "available" });
      cells.push((await shown) - sent);
      await wait(turn_every_ms);
    }
  };
  await Promise.all([talk(), turn()]);
  return { said, cells };
}

/// When the server took in each word, by its own clock, which is this machine's.
async function accepted(id) {
  const { started_at, events } = await by_ana("GET", `/api/v1/interactions/${id}`);
  const at = new Map();
  for (const { text = "", at_ms } of events) {
    const found = /probe (\d+)/.exec(text);
    if (found) at.set(Number(found[1]), Date.parse(started_at) + at_ms);
  }
  return at;
}

function report(who, page, times, taken) {
  const { painted, slow, frames, busy } = page;
  const missing = [...times.keys()].filter((at) => !painted[at]);
  assert.deepEqual(missing, [], `${who}: words that were never painted`);
  const since = (begun) => [...begun].map(([at, moment]) => painted[at] - moment);
  line(`${who}: sent to painted`, spread(since(times)));
  line(`${who}: accepted to painted`, spread(since(taken)));
  line("", `${frames.toFixed(0)} frames of the feed a second; the page's thread takes ${(100 * busy).toFixed(0)} % of a core; ${slow.length} frames of the screen took over 50 ms, the longest ${Math.round(Math.max(0, ...slow))} ms`);
}

title(`From an event to the screen (aim: p99 of ${aim_ms} ms with 300 events a second); generator, server and browser on one machine`);
await cleo("PUT", "/api/v1/me/presence", { presence: "available" });
let number = 1;
for (const rate of rates.split(",").map(Number)) {
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  await accept(ana, "Pat Brown");
  await transcript(ana).getByText("My bill is wrong.").waitFor();
  await mona.goto(`${centre.url}/floor?open=${pat.id}`);
  await mona.getByRole("region", { name: "Conversation with Pat Brown" }).getByText("My bill is wrong.").waitFor();
  const load = rate === 0 ? null : await begin_load(centre, { rate: Math.round(rate / events_each), seconds: Number(seconds) + 2 });
  await Promise.all([ana, mona].map((page) => page.evaluate(watch_paints)));
  for (const page of [ana, mona]) page.busy = await processor_time(page);
  const { said, cells } = await probe(pat, Date.now() + Number(seconds) * 1_000, number);
  number += said.size;
  const last = number - 1;
  await eventually("the last words are painted", async () => (await Promise.all([ana, mona].map((page) => page.evaluate((probe) => window.painted[probe] > 0, last)))).every(Boolean));
  const [at_agent, at_supervisor] = await Promise.all([ana, mona].map(async (page) => ({ ...(await page.evaluate(read_paints)), busy: await page.busy() })));
  const told = await load?.done();
  line(`${rate} events a second beside`, told ? `${told.achieved}; generator ${told.cpu}; errors ${told.errors}` : "nothing else happens");
  const taken = await accepted(pat.id);
  report("agent, words", at_agent, said, taken);
  report("supervisor, words beside the floor", at_supervisor, said, taken);
  line("supervisor, an agent's cell: sent to painted", spread(cells));
  await pat.leaves();
  await confirm_wrap_up(ana);
}

await browser.close();
await centre.stop();
