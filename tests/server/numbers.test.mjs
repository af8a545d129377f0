// The numbers of the floor: a day with known answers, who may see which, and the same live on the feed.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { watch } from "./feed.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

const chat = (queue, brand = "northwind") => ({ channel: "chat", brand, queue, customer: { name: "Pat Brown" } });
let server, root, ana, ben, sue, ada, sol, both;

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const brand of ["northwind", "southsea"]) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: brand, time_zone: "Europe/London" });
    await root.expect(201, "POST", "/api/v1/queues", { id: `${brand}-main`, brand, offer_seconds: 60, wrap_up_seconds: 60, target_seconds: 30 });
  }
  await root.expect(201, "POST", "/api/v1/queues", { id: "moves", brand: "northwind", offer_seconds: 60, wrap_up_seconds: 60 });
  const staff = [["ana", "agent", "northwind"], ["ben", "agent", "northwind"], ["sue", "supervisor", "northwind"], ["ada", "analyst", "northwind"], ["sol", "supervisor", "southsea"]];
  [ana, ben, sue, ada, sol] = await Promise.all(staff.map(([login, role, brand]) => employ(root, login, [role], [brand])));
  both = await employ(root, "both", ["agent"], ["northwind", "southsea"]);
});
after(async () => { await server?.stop(); });

const at = (interaction, name) => `/api/v1/interactions/${interaction}/${name}`;
const begin = async (queue, who = sue, brand) => (await who.expect(201, "POST", "/api/v1/interactions", chat(queue, brand))).interaction;
/// A customer of northwind who waits, and may give up.
async function visitor(queue) {
  const customer = new Client(server, "customer");
  customer.token = (await customer.expect(201, "POST", "/api/v1/customer-sessions", { brand: "northwind", name: "Pat" })).token;
  customer.token = (await customer.expect(201, "POST", "/api/v1/conversation", { queue })).token;
  return customer;
}
const row = (answer, field, id) => answer.items.find((item) => item[field] === id)?.numbers;
const numbers = (who, of, query = "") => who.expect(200, "GET", `/api/v1/numbers/${of}${query}`);

/// One conversation, transferred cold from Ana to Ben; then one that the customer gives up.
test("a transferred conversation and an abandoned one", async () => {
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const interaction = await begin("northwind-main");
  await ana.expect(200, "POST", at(interaction, "answer"));
  await ana.expect(200, "POST", at(interaction, "hold"));
  await ana.expect(200, "POST", at(interaction, "resume"));
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "lunch" });
  await ben.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await ana.expect(200, "POST", at(interaction, "transfer"), { to: "queue", target: "moves" });
  await ben.expect(200, "POST", at(interaction, "answer"));
  await ben.expect(200, "POST", at(interaction, "acknowledge"));
  await ben.expect(200, "POST", at(interaction, "end"));
  await ben.expect(200, "POST", at(interaction, "wrap-up"), {});
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await ben.expect(200, "PUT", "/api/v1/me/presence", { presence: "offline" });
  await (await visitor("northwind-main")).expect(200, "POST", "/api/v1/conversation/end");

  const queues = await numbers(sue, "queues");
  assert.deepEqual(queues.items.map((item) => item.queue).sort(), ["moves", "northwind-main"]);
  const main = row(queues, "queue", "northwind-main");
  assert.deepEqual([main.offered, main.answered, main.answered_in_time, main.abandoned_short + main.abandoned_long, main.handled, main.transferred], [2, 1, 1, 1, 1, 1]);
  assert.deepEqual(main.service_level, { value: 0.5, formula: "all_contacts", written: "answered within T / (answered + abandoned)", target_ms: 30_000 });
  assert.deepEqual([main.transfer_rate, main.abandonment * 2, main.states_ms, main.occupancy], [1, main.abandoned_long, null, null]); // of two offered; a slow machine's visitor waits long
  const moves = row(queues, "queue", "moves");
  assert.deepEqual([moves.offered, moves.answered, moves.handled, moves.transferred, moves.service_level.value, moves.service_level.target_ms], [1, 1, 1, 0, 1, 20_000]);

  // The interaction's time is that of its legs, to the millisecond.
  const read = await eventually("judged", async () => { const one = await sue.expect(200, "GET", `/api/v1/interactions/${interaction}`); return one.closed_at && one; });
  const ended = read.events.find((event) => event.kind === "ended");
  const spent = [main, moves].flatMap((one) => [one.wait_ms, one.talk_ms, one.hold_ms]).reduce((sum, ms) => sum + ms);
  assert.equal(spent, Date.parse(ended.at ?? read.started_at) + (ended.at ? 0 : ended.at_ms) - Date.parse(read.started_at));

  const agents = await numbers(sue, "agents");
  const hers = row(agents, "agent", ana.me.user);
  assert.deepEqual([hers.handled, hers.transferred, hers.answered], [1, 1, 1]);
  assert.ok(hers.states_ms.talking > 0 && hers.occupancy > 0);
  const brand = row(await numbers(sue, "brands"), "brand", "northwind");
  assert.deepEqual([brand.offered, brand.handled, brand.transferred], [3, 1, 1]);
});

test("a formula by its name", async () => {
  const of = async (formula) => row(await numbers(ada, "queues", `?formula=${formula}`), "queue", "northwind-main").service_level;
  assert.equal((await of("answered_only")).value, 1);
  assert.equal((await of("short_abandons_credited")).value, 1);
  assert.equal((await of("late_abandons_only")).formula, "late_abandons_only");
});

test("by interval, by hour, and of one queue or agent", async () => {
  const total = row(await numbers(sue, "queues"), "queue", "moves");
  for (const by of ["interval", "hour"]) {
    const rows = await numbers(sue, "queues", `?by=${by}&queue=moves`);
    assert.ok(rows.items.every((item) => item.queue === "moves" && Date.parse(item.start) % (by === "hour" ? 3_600_000 : 900_000) === 0));
    assert.equal(rows.items.reduce((sum, item) => sum + item.numbers.talk_ms, 0), total.talk_ms);
  }
  const one = await numbers(sue, "agents", `?agent=${ben.me.user}`);
  assert.deepEqual(one.items.map((item) => item.agent), [ben.me.user]);
  assert.deepEqual((await numbers(sue, "queues", "?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z")).items, []);
  assert.deepEqual((await numbers(root, "queues", "?queue=moves")).items.map((item) => item.queue), ["moves"]);
});

test("what cannot be asked", async () => {
  for (const query of ["from=yesterday", "to=1", "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "by=week", "formula=mine"]) {
    await sue.refused(400, "malformed", "GET", `/api/v1/numbers/queues?${query}`);
  }
  await ana.refused(403, "not_permitted", "GET", "/api/v1/numbers/queues");
  await ada.refused(403, "not_permitted", "GET", "/api/v1/me/numbers");
});

test("an agent sees their own numbers, and another brand's people nothing", async () => {
  const mine = await ana.expect(200, "GET", "/api/v1/me/numbers");
  assert.deepEqual(mine.items.map((item) => [item.agent, item.numbers.handled]), [[ana.me.user, 1]]);
  for (const of of ["queues", "agents", "brands"]) {
    const answer = await numbers(sol, of);
    assert.deepEqual(answer.items.filter((item) => item.numbers.handled > 0 || item.numbers.offered > 0 || item.brand === "northwind"), [], of);
    await sol.refused(403, "not_permitted", "GET", `/api/v1/numbers/${of}?brand=northwind`);
  }
  assert.deepEqual((await numbers(sol, "agents", `?agent=${ana.me.user}`)).items, []);
  assert.deepEqual((await numbers(sol, "queues", "?queue=moves")).items, []);
});

test("of an agent of two brands each brand sees its contacts, and neither the time", async () => {
  await both.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const interaction = await begin("southsea-main", sol, "southsea");
  await both.expect(200, "POST", at(interaction, "answer"));
  await both.expect(200, "POST", at(interaction, "end"));
  await both.expect(200, "POST", at(interaction, "wrap-up"), {});
  await both.expect(200, "PUT", "/api/v1/me/presence", { presence: "offline" });
  const seen = row(await numbers(sol, "agents"), "agent", both.me.user);
  assert.deepEqual([seen.handled, seen.states_ms, seen.occupancy], [1, null, null]);
  assert.equal(row(await numbers(sue, "agents"), "agent", both.me.user), undefined);
  const own = await both.expect(200, "GET", "/api/v1/me/numbers");
  assert.ok(own.items[0].numbers.handled === 1 && own.items[0].numbers.states_ms.talking > 0);
  const all = row(await numbers(root, "agents"), "agent", both.me.user);
  assert.ok(all.states_ms.talking > 0);
});

test("staffing by Erlang", async () => {
  const load = await ada.expect(200, "GET", "/api/v1/numbers/staffing?arrivals_per_hour=100&handle_seconds=360&patience_seconds=120");
  assert.deepEqual([load.erlangs, load.agents], [10, 14]);
  const enough = load.options.find((option) => option.agents === 14);
  assert.deepEqual([enough.wait_probability, enough.service_level, Math.round(enough.asa_seconds * 100) / 100], [0.1741, 0.8606, 15.67]);
  assert.ok(enough.abandonment > 0 && enough.mean_wait_seconds < enough.asa_seconds);
  const plain = await ada.expect(200, "GET", "/api/v1/numbers/staffing?arrivals_per_hour=600&handle_seconds=300&target_percent=99.9&target_seconds=0");
  assert.equal(plain.options[0].abandonment, null);
  for (const query of ["", "?arrivals_per_hour=0&handle_seconds=1", "?arrivals_per_hour=100000&handle_seconds=3600", "?arrivals_per_hour=1&handle_seconds=1&target_percent=100"]) {
    await ada.refused(400, "malformed", "GET", `/api/v1/numbers/staffing${query}`);
  }
});

test("live on the feed, for those who may see them", async () => {
  const topics = ["numbers/queue/moves", `numbers/agent/${ana.me.user}`, "numbers/brand/northwind"];
  const hers = await watch(sue, topics);
  const other = await watch(sol, topics);
  const own = await watch(ana, topics);
  const waiting = await visitor("moves");
  try {
    const queue = await eventually("the queue's numbers", () => { const value = hers.latest.get(topics[0]); return value?.waiting === 1 && value; });
    assert.deepEqual([queue.brand, queue.points.length, queue.today.answered, queue.half_hour.answered, queue.half_hour.service_level.target_ms], ["northwind", 30, 1, 1, 20_000]);
    assert.ok(Date.parse(queue.oldest) <= Date.now());
    const agent = await eventually("an agent's numbers", () => hers.latest.get(topics[1]));
    assert.deepEqual([agent.state, agent.today.handled], ["on_break", 1]);
    const brand = await eventually("the brand's numbers", () => { const value = hers.latest.get(topics[2]); return value?.waiting === 1 && value; });
    assert.deepEqual([brand.agents.on_break, brand.today.handled], [1, 1]);
    for (const topic of topics) assert.equal(await eventually(topic, () => other.latest.get(topic)), "forbidden");
    assert.equal(await eventually("not hers", () => own.latest.get(topics[0])), "forbidden");
    assert.equal((await eventually("her own", () => own.latest.get(topics[1]))).agent, ana.me.user);
  } finally {
    for (const one of [hers, other, own]) one.close();
    await waiting.expect(200, "POST", "/api/v1/conversation/end");
  }
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
