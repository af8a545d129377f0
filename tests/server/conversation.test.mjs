// A whole conversation through the API, with its refusals. Every answer is checked against the description.

import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { nowhere } from "./requests.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

const greeting = "Good morning, you are speaking with Ana at Northwind Energy. How can I help you today?";
const customer = { id: "c-1", name: "Pat Brown", identifiers: [{ type: "email", value: "pat@example.org" }], known: { account_number: "88123" } };
const chat = { channel: "chat", brand: "northwind", queue: "billing", customer };
let server, root, ana, ben, kim, sue, quinn, ada;

before(async () => {
  server = await start();
  root = await set_up(server);
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy", time_zone: "Europe/London", retention_days: { chat: 400 } });
  await root.expect(201, "POST", "/api/v1/skills", { id: "billing", label: "Billing" });
  const dispositions = { reasons: [{ id: "billing", label: "Billing", children: [{ id: "billing.refund", label: "A refund", outcomes: ["resolved", "follow_up"] }] }] };
  await root.expect(201, "POST", "/api/v1/queues", { id: "billing", brand: "northwind", label: "Billing", offer_seconds: 60, wrap_up_seconds: 60, dispositions });
  await root.expect(201, "POST", "/api/v1/queues", { id: "moves", brand: "northwind", label: "Moves", offer_seconds: 60, wrap_up_seconds: 60 });
  const staff = [["ana", "agent"], ["ben", "agent"], ["kim", "agent"], ["sue", "supervisor"], ["quinn", "quality"], ["ada", "analyst"]];
  [ana, ben, kim, sue, quinn, ada] = await Promise.all(staff.map(([login, role]) => employ(root, login, [role], ["northwind"])));
});
/// Of a test of its own: Kim is on a break, so nothing is offered to her, and takes what is given to her.
async function with_kim(work, body = {}) {
  await kim.put("/api/v1/me/presence", { presence: "break", reason: "back office" });
  const interaction = await begin({ ...chat, queue: "moves", agent: kim.me.user, ...body });
  try {
    await work(interaction);
  } finally {
    await kim.post(at(interaction, "end"));
    await kim.post(at(interaction, "wrap-up"), {});
  }
}

after(async () => { await server?.stop(); });

const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;
async function begin(body = chat) { return (await sue.expect(201, "POST", "/api/v1/interactions", body)).interaction; }
/// Ends and wraps up, so that the agent is free for the next test.
async function finish(who, interaction) {
  await who.expect(200, "POST", at(interaction, "end"));
  await who.expect(200, "POST", at(interaction, "wrap-up"), {});
}

test("setting up is done once", async () => {
  const nobody = new Client(server);
  assert.deepEqual(await nobody.expect(200, "GET", "/api/v1/setup"), { set_up: true });
  await nobody.refused(409, "already_set_up", "POST", "/api/v1/setup", { login: "eve", name: "Eve", password: "a long pass phrase" });
});

test("from the first message to the ledger, with a warm transfer", async () => {
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const interaction = await begin();
  const hands = await ana.expect(200, "GET", "/api/v1/me/hands");
  assert.equal(hands.state.work_state, "offered");
  assert.equal(hands.interactions[0].id, interaction);
  assert.ok(Date.parse(hands.state.in_hand[0].until) > Date.parse(hands.state.since), "an offer says until when it stands");
  const { items: colleagues } = await ana.expect(200, "GET", "/api/v1/me/colleagues");
  assert.deepEqual(colleagues.find((one) => one.agent === ben.me.user), { agent: ben.me.user, name: ben.me.name, presence: "offline", work_state: "idle" });
  assert.ok(!colleagues.some((one) => one.agent === ana.me.user), "nobody is their own colleague");
  await ben.refused(409, "not_offered", "POST", at(interaction, "answer"));
  await ana.expect(200, "POST", at(interaction, "answer"));
  await ben.refused(403, "not_yours", "POST", at(interaction, "events"), { kind: "message", text: "hello" });
  const said = await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text: greeting, id: "m1" });
  assert.equal(said.event, "m1");
  await ana.expect(200, "POST", at(interaction, "typing"));
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "note", text: "Card 4111 1111 1111 1111 was read out." });
  await ana.expect(200, "POST", at(interaction, "hold"));
  await ana.refused(409, "already_held", "POST", at(interaction, "hold"));
  await ana.expect(200, "POST", at(interaction, "resume"));
  await ana.refused(409, "not_held", "POST", at(interaction, "resume"));
  await sue.expect(200, "POST", at(interaction, "whisper"), { text: "Offer them the winter tariff." });
  const floor = await sue.expect(200, "GET", "/api/v1/floor");
  assert.deepEqual(floor.interactions.map((one) => [one.id, one.stage, one.customer_name]), [[interaction, "connected", "Pat Brown"]]);

  await ana.refused(409, "agent_unavailable", "POST", at(interaction, "transfer"), { to: "agent", target: ben.me.user, warm: true });
  await ben.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await ana.expect(200, "POST", at(interaction, "transfer"), { to: "agent", target: ben.me.user, warm: true });
  await ana.refused(409, "transfer_in_progress", "POST", at(interaction, "transfer"), { to: "queue", target: "moves" });
  await ben.expect(200, "POST", at(interaction, "answer"));
  await ana.refused(409, "not_acknowledged", "POST", at(interaction, "complete-transfer"));
  await ben.expect(200, "POST", at(interaction, "acknowledge"));
  await ana.expect(200, "POST", at(interaction, "complete-transfer"));
  await ana.refused(403, "not_yours", "POST", at(interaction, "events"), { kind: "message", text: "One more thing" });
  await ben.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "Ben here, the bill is corrected. Is there anything else? Goodbye!" });
  await ben.refused(409, "not_over", "POST", at(interaction, "wrap-up"), { reason: "billing.refund" });
  await ben.expect(200, "POST", at(interaction, "end"));
  await ben.refused(409, "is_over", "POST", at(interaction, "end"));
  await ben.refused(409, "is_over", "POST", at(interaction, "events"), { kind: "message", text: "Hello?" });
  await ben.expect(200, "POST", at(interaction, "events"), { kind: "note", text: "Calls back on Friday." });
  await ben.refused(422, "bad_disposition", "POST", at(interaction, "wrap-up"), { reason: "weather" });
  await ben.expect(200, "POST", at(interaction, "wrap-up"), { reason: "billing.refund", outcome: "resolved" });
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});

  const row = await eventually("the interaction is judged", async () => {
    const read = await quinn.expect(200, "GET", at(interaction));
    return read.closed_at !== null && read;
  });
  assert.deepEqual([row.disposition, row.outcome, row.agents], ["billing.refund", "resolved", [ana.me.user, ben.me.user]]);
  assert.deepEqual(row.events.map((event) => event.number), row.events.map((_, place) => place + 1));
  const kinds = row.events.map((event) => event.kind);
  for (const kind of ["context", "offered", "answered", "message", "note", "hold", "transfer", "ended", "disposition"]) assert.ok(kinds.includes(kind), `no ${kind} in ${kinds}`);
  assert.ok(!JSON.stringify(row).includes("4111 1111 1111 1111"), "a card number was kept");
  const ledger = await quinn.expect(200, "GET", at(interaction, "ledger"));
  assert.equal(ledger.score, row.score);
  const own_name = ledger.practices.find((practice) => practice.id === "opening.own-name");
  assert.equal(own_name.verdict, "met");
  assert.equal(own_name.evidence[0].text, "Ana");
  assert.equal((await quinn.expect(200, "GET", at(interaction, "ledgers"))).items.length, 1);
  await ana.expect(200, "GET", at(interaction, "ledger"));

  for (const [format, type] of [["interaction", "application/json"], ["vcon", "application/json"], ["text", "text/plain"]]) {
    const file = await ada.get(at(interaction, `export?format=${format}`));
    assert.equal(file.status, 200, file.text);
    assert.ok(file.headers.get("content-type").startsWith(type), format);
    assert.ok(file.text.includes("the bill is corrected"), format);
  }
  await ada.refused(400, "malformed", "GET", at(interaction, "export?format=pdf"));
  await quinn.refused(403, "not_permitted", "GET", at(interaction, "export"));
  const trail = await root.expect(200, "GET", `/api/v1/audit?subject=interaction:${interaction}`);
  assert.equal(trail.items.filter((entry) => entry.action === "interaction.export" && entry.who === `user:${ada.me.user}`).length, 3);

  const searches = { "words=corrected": 1, "words=zebra": 0, [`agent=${ben.me.user}`]: 1, "live=true": 0, "live=false": 1, "disposition=billing.refund": 1, "outcome=unresolved": 0, [`customer=${row.customer}`]: 1, "queue=moves": 0, "channel=voice": 0, "score_below=0": 0, "from=2100-01-01T00:00:00Z": 0, "to=2100-01-01T00:00:00Z": 1 };
  for (const [query, count] of Object.entries(searches)) {
    assert.equal((await quinn.expect(200, "GET", `/api/v1/interactions?${query}`)).items.length, count, query);
  }
  for (const query of ["channel=fax", "live=maybe", "from=yesterday", "score_below=101", "limit=0", "limit=501", "limit=x", "after=%20"]) {
    await quinn.refused(400, "malformed", "GET", `/api/v1/interactions?${query}`);
  }
});

test("refusing, putting back, moving, priority, taking over", async () => {
  await ben.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "lunch" });
  const interaction = await begin({ ...chat, needs: [{ skill: "billing", level: 1 }], boost: 2 });
  await ana.refused(409, "not_offered", "POST", at(interaction, "answer"));
  await sue.expect(200, "POST", at(interaction, "priority"), { boost: 5 });
  await sue.refused(409, "already_so", "POST", at(interaction, "priority"), { boost: 5 });
  await sue.refused(422, "unknown_queue", "POST", at(interaction, "move"), { queue: "nowhere" });
  await sue.expect(200, "POST", at(interaction, "move"), { queue: "moves" });
  await sue.refused(409, "not_connected", "POST", at(interaction, "take-over"));
  await root.expect(201, "POST", "/api/v1/agents", { id: ana.me.user, skills: { billing: 3 }, capacity: { chat: 2, voice: 1 } });
  await eventually("offered to Ana", async () => (await ana.expect(200, "GET", "/api/v1/me/hands")).interactions.length === 1);
  await ana.expect(200, "POST", at(interaction, "answer"));
  await sue.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  await sue.expect(200, "POST", at(interaction, "take-over"));
  await ana.refused(403, "not_yours", "POST", at(interaction, "events"), { kind: "message", text: "still here" });
  await sue.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "Sue here." });
  await sue.refused(409, "has_contacts", "PUT", "/api/v1/me/presence", { presence: "offline" });
  await finish(sue, interaction);
  await sue.expect(200, "PUT", "/api/v1/me/presence", { presence: "offline" });
  const hands = await ana.expect(200, "GET", "/api/v1/me/hands");
  if (hands.interactions.length > 0) await ana.expect(200, "POST", at(interaction, "wrap-up"), {});

  const second = await begin();
  await ana.expect(200, "POST", at(second, "refuse"));
  await ana.refused(409, "not_offered", "POST", at(second, "refuse"));
});

test("presence", async () => {
  await ben.refused(422, "bad_reason", "PUT", "/api/v1/me/presence", { presence: "break" });
  await ben.refused(422, "invalid", "PUT", "/api/v1/me/presence", { presence: "asleep" });
  await ben.refused(400, "malformed", "PUT", "/api/v1/me/presence");
  await ben.put("/api/v1/me/presence", { presence: "offline" });
  await ben.refused(409, "already_so", "PUT", "/api/v1/me/presence", { presence: "offline" });
  await ben.refused(409, "already_so", "POST", "/api/v1/me/resume");
  await sue.expect(200, "PUT", `/api/v1/agents/${ben.me.user}/presence`, { presence: "available" });
  await sue.expect(200, "PUT", `/api/v1/agents/${ben.me.user}/presence`, { presence: "break", reason: "training" });
  await sue.refused(422, "unknown_agent", "PUT", `/api/v1/agents/${nowhere}/presence`, { presence: "offline" });
  await sue.refused(422, "unknown_agent", "PUT", "/api/v1/agents/nobody/presence", { presence: "offline" });
  assert.deepEqual(await sue.expect(200, "GET", "/api/v1/me/hands").then((hands) => hands.interactions), []);
});

test("a body that is not as described is refused, and changes nothing", () => with_kim(async (interaction) => {
  for (const raw of ["{", "[]", '"text"', "null", "nonsense", '{"kind": "note", "text": "x"', "\u0000", '{"kind":"note","text":"\\ud800"}']) {
    const answer = await kim.request("POST", at(interaction, "events"), { raw });
    assert.ok([400, 422].includes(answer.status), `${raw}: ${answer.text}`);
  }
  const deep = '{"kind":"note","text":"x","more":' + "[".repeat(200) + "]".repeat(200) + "}";
  assert.equal((await kim.request("POST", at(interaction, "events"), { raw: deep })).status, 400);
  const bytes = await kim.request("POST", at(interaction, "events"), { raw: Buffer.from([0x7b, 0x22, 0x6b, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]) });
  assert.ok([400, 422].includes(bytes.status), bytes.text);
  for (const body of [{}, { kind: 3 }, { kind: "message" }, { kind: "message", text: 3 }, { kind: "note", text: "x", by: "customer" }, { kind: "note", text: "x", recorded_at: "2026-01-01T00:00:00Z" }, { kind: "note", text: "x", participant: "p1" }, { kind: "note", text: "x", seq: 1 }, { kind: "remedy", amount: "much" }]) {
    await kim.refused(422, "invalid", "POST", at(interaction, "events"), body);
  }
  for (const kind of ["massage", "offered", "answered", "hold", "transfer", "context", "ended", "survey"]) {
    const problem = await kim.expect(422, "POST", at(interaction, "events"), { kind });
    assert.ok(["bad_event", "invalid"].includes(problem.code), JSON.stringify(problem));
  }
  await kim.refused(422, "bad_event", "POST", at(interaction, "events"), { kind: "note", text: "x", at_ms: 86_400_000 });
  for (const [name, body] of [["hold", { secnds: 3 }], ["wrap-up", { outcom: "resolved" }], ["transfer", { to: "queue", target: "moves", wam: true }], ["typing", { x: 1 }], ["answer", { x: 1 }]]) {
    await kim.refused(422, "invalid", "POST", at(interaction, name), body);
  }
  await sue.refused(422, "invalid", "POST", at(interaction, "callback"), { when: "now" });
  for (const body of [{}, { to: "moon" }, { to: "queue" }, { to: "skill" }, { to: "skill", needs: [] }, { to: "skill", needs: [{ skill: "nothing" }] }, { to: "skill", needs: [{ skill: "billing", level: 11 }] }, { to: "queue", target: 3 }]) {
    await kim.refused(422, "invalid", "POST", at(interaction, "transfer"), body);
  }
  await kim.refused(422, "unknown_queue", "POST", at(interaction, "transfer"), { to: "queue", target: "nowhere" });
  await kim.refused(422, "unknown_agent", "POST", at(interaction, "transfer"), { to: "agent", target: "nobody" });
  await kim.refused(422, "invalid", "POST", at(interaction, "wrap-up"), { outcome: "perfect" });
  await sue.refused(422, "invalid", "POST", at(interaction, "callback"), { due: "tomorrow" });
  const read = await sue.expect(200, "GET", at(interaction));
  assert.ok(!read.events.some((event) => ["note", "message", "remedy", "callback"].includes(event.kind)), JSON.stringify(read.events));
  for (const body of [{}, { ...chat, colour: "red" }, { ...chat, channel: "fax" }, { ...chat, brand: 3 }, { ...chat, customer: "Pat" }, { ...chat, customer: { nme: "Pat" } }, { ...chat, needs: "billing" }, { ...chat, needs: [{ skill: "billing", level: 0 }] }, { ...chat, boost: 11 }, { ...chat, boost: 1.5 }, { ...chat, history: [3] }]) {
    await sue.refused(422, "invalid", "POST", "/api/v1/interactions", body);
  }
  await sue.refused(422, "unknown_queue", "POST", "/api/v1/interactions", { ...chat, queue: "nowhere" });
  await sue.refused(422, "unknown_agent", "POST", "/api/v1/interactions", { ...chat, agent: nowhere });
  await sue.refused(422, "bad_contact", "POST", "/api/v1/interactions", { ...chat, id: "not-a-uuid" });
  await sue.refused(403, "not_permitted", "POST", "/api/v1/interactions", { ...chat, brand: "southsea" });
  await sue.refused(409, "interaction_exists", "POST", "/api/v1/interactions", { ...chat, id: interaction });
}));

test("the id of a closed interaction starts no other, and a repeat is still answered", async () => {
  const id = "01980000-0000-7000-8000-0000000c105e";
  const key = { "Idempotency-Key": "k-closed" };
  const start = { ...chat, queue: "moves", id, agent: kim.me.user };
  await kim.put("/api/v1/me/presence", { presence: "break", reason: "back office" });
  assert.equal((await sue.post("/api/v1/interactions", start, key)).status, 201);
  await kim.expect(200, "POST", at(id, "end"));
  await kim.refused(422, "bad_disposition", "POST", at(id, "wrap-up"), { reason: "a\u0000b" });
  await kim.expect(200, "POST", at(id, "wrap-up"), {});
  await eventually("it is closed", async () => (await quinn.expect(200, "GET", at(id))).closed_at !== null);
  const before = await quinn.expect(200, "GET", at(id));
  await sue.refused(409, "interaction_exists", "POST", "/api/v1/interactions", start);
  await sue.refused(409, "interaction_exists", "POST", "/api/v1/interactions", start, { "Idempotency-Key": "k-other" });
  await sue.refused(409, "interaction_exists", "POST", "/api/v1/interactions", { ...start, customer: undefined });
  assert.equal((await sue.post("/api/v1/interactions", start, key)).headers.get("idempotent-replayed"), "true");
  assert.deepEqual(await quinn.expect(200, "GET", at(id)), before);
});

test("texts beside the words have a limit, and what is known of a customer a name", () => with_kim(async (interaction) => {
  const long = "x".repeat(101);
  for (const more of [{ id: long }, { id: "a\u0000b" }, { leg: long }, { source: long }, { revises: long }]) {
    await kim.refused(422, "bad_event", "POST", at(interaction, "events"), { kind: "promise", text: "I call back", ...more });
  }
  await kim.expect(200, "POST", at(interaction, "events"), { kind: "fact_known", name: "meter", value: "4711", id: "x".repeat(100) });
  for (const known of [{ "": 1 }, { [long]: 1 }]) {
    await sue.refused(422, "invalid", "POST", "/api/v1/interactions", { ...chat, queue: "moves", customer: { id: "c-known", known } });
  }
}));

test("what is not there is not found", async () => {
  for (const id of [nowhere, "x", "a".repeat(600)]) {
    for (const part of ["", "ledger", "ledgers"]) {
      const answer = await quinn.get(at(id, part));
      assert.equal(answer.status, 404, `${id} ${part}: ${answer.text}`);
    }
    const answer = await ana.post(at(id, "hold"), {});
    assert.equal(answer.status, 404, answer.text);
  }
});

test("an event that is sent again is added once", () => with_kim(async (interaction) => {
  const first = await kim.expect(200, "POST", at(interaction, "events"), { kind: "note", text: "once", id: "n1" });
  const again = await kim.post(at(interaction, "events"), { kind: "note", text: "once", id: "n1" });
  assert.deepEqual(again.body, first);
  assert.equal(again.headers.get("idempotent-replayed"), "true");
  await kim.refused(409, "event_exists", "POST", at(interaction, "events"), { kind: "note", text: "twice", id: "n1" });
}));

test("an idempotency key: done once, answered as before, good for one request of one asker", async () => {
  const key = { "Idempotency-Key": "k-1" };
  const first = await sue.post("/api/v1/interactions", { ...chat, queue: "moves" }, key);
  assert.equal(first.status, 201, first.text);
  assert.equal(first.headers.get("idempotent-replayed"), null);
  const again = await sue.post("/api/v1/interactions", { ...chat, queue: "moves" }, key);
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers.get("idempotent-replayed"), "true");
  await sue.refused(422, "key_reused", "POST", "/api/v1/interactions", { ...chat, queue: "billing" }, key);
  await sue.refused(422, "key_reused", "POST", at(first.body.interaction, "priority"), { boost: 3 }, key);
  await sue.refused(400, "malformed", "POST", "/api/v1/interactions", chat, { "Idempotency-Key": "k".repeat(201) });
  const others = await Promise.all(Array.from({ length: 8 }, () => sue.post("/api/v1/interactions", { ...chat, queue: "moves" }, { "Idempotency-Key": "k-2" })));
  assert.deepEqual([...new Set(others.map((one) => one.status))], [201]);
  assert.equal(new Set(others.map((one) => one.body.interaction)).size, 1, "started more than once");
  const of_another = await ana.post("/api/v1/interactions", { ...chat, queue: "moves" }, key);
  assert.notEqual(of_another.body.interaction, first.body.interaction, "another asker's key");
});

test("documents: versions, preconditions, conflicts", async () => {
  const made = await root.post("/api/v1/canned-replies", { brand: "northwind", shortcut: "hello", title: "A greeting", text: "Good morning!" });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.headers.get("etag"), '"1"');
  const place = made.headers.get("location");
  const reply = { brand: "northwind", shortcut: "hello", title: "A greeting", text: "Good evening!" };
  await root.refused(409, "name_taken", "POST", "/api/v1/canned-replies", reply);
  assert.equal((await root.get(place, { headers: { "If-None-Match": '"1"' } })).status, 304);
  await root.refused(428, "precondition_required", "PUT", place, reply);
  for (const bad of ["1", "*", '"x"', 'W/"1"']) await root.refused(428, "precondition_required", "PUT", place, reply, { "If-Match": bad });
  await root.refused(412, "conflict", "PUT", place, reply, { "If-Match": '"2"' });
  const changed = await root.put(place, reply, { "If-Match": '"1"' });
  assert.equal(changed.status, 200, changed.text);
  assert.deepEqual([changed.body.version, changed.body.text, changed.headers.get("etag")], [2, "Good evening!", '"2"']);
  await root.refused(412, "conflict", "PUT", place, reply, { "If-Match": '"1"' });
  await root.refused(422, "invalid", "PUT", place, { ...reply, colour: "red" }, { "If-Match": '"2"' });
  await root.refused(412, "conflict", "DELETE", place, undefined, { "If-Match": '"1"' });
  const read = await root.expect(200, "GET", place);
  await root.expect(200, "PUT", place, read, { "If-Match": '"2"' });
  await root.expect(204, "DELETE", place, undefined, { "If-Match": '"3"' });
  await root.refused(404, "not_found", "GET", place);
});

test("an If-Match that cannot be read removes nothing", async () => {
  const made = await root.post("/api/v1/canned-replies", { brand: "northwind", shortcut: "kept", title: "Kept", text: "Stays." });
  const place = made.headers.get("location");
  for (const bad of ["1", '"x"', 'W/"1"']) {
    const answer = await root.remove(place, { "If-Match": bad });
    assert.notEqual(answer.status, 204, `removed with If-Match: ${bad}`);
  }
});

test("users and teams: versions and conflicts", async () => {
  const team = await root.post("/api/v1/teams", { name: "Blue" });
  assert.equal(team.status, 201, team.text);
  await root.refused(409, "name_taken", "POST", "/api/v1/teams", { name: "Blue" });
  const place = `/api/v1/teams/${team.body.id}`;
  await root.refused(428, "precondition_required", "PUT", place, { name: "Green" });
  await root.expect(200, "PUT", place, { name: "Green" }, { "If-Match": '"1"' });
  await root.refused(412, "version_conflict", "PUT", place, { name: "Red" }, { "If-Match": '"1"' });
  await root.refused(428, "precondition_required", "DELETE", place);
  await root.expect(204, "DELETE", place, undefined, { "If-Match": '"2"' });
  await root.refused(409, "login_taken", "POST", "/api/v1/users", { login: "ANA", name: "Ana Again", roles: ["agent"] });
  await root.refused(428, "precondition_required", "PATCH", `/api/v1/users/${ana.me.user}`, { name: "Ana R" });
  await root.refused(412, "version_conflict", "PATCH", `/api/v1/users/${ana.me.user}`, { name: "Ana R" }, { "If-Match": '"1"' });
  await root.refused(422, "invalid", "POST", "/api/v1/users", { login: "new", name: "New", roles: ["emperor"] });
  await root.refused(422, "invalid", "POST", "/api/v1/users", { login: "new", name: "New", roles: [] });
  await root.refused(422, "invalid", "POST", "/api/v1/users", { login: "new", name: "New", roles: ["agent"], rols: 1 });
});

test("a field that is null changes nothing of a user", async () => {
  const user = await root.expect(201, "POST", "/api/v1/users", { login: "nula", name: "Nula", email: "nula@example.org", roles: ["agent"], brands: ["northwind"] });
  const away = await root.expect(200, "PATCH", `/api/v1/users/${user.id}`, { active: false }, { "If-Match": '"1"' });
  await root.request("PATCH", `/api/v1/users/${user.id}`, { raw: '{"active": null, "brands": null, "email": null}', headers: { "If-Match": '"2"' } });
  const after_ = await root.expect(200, "GET", `/api/v1/users/${user.id}`);
  assert.deepEqual([after_.active, after_.brands, after_.email], [away.active, away.brands, away.email]);
});

test("import of users: a dry run writes nothing", async () => {
  const file = "login,name,roles,brands\nivy,Ivy Import,agent,northwind\nana,Ana Again,agent,northwind\nadm,Adm,administrator,*\n";
  const dry = await root.request("POST", "/api/v1/users/import", { raw: file });
  assert.deepEqual([dry.status, dry.body.dry_run, dry.body.accepted, dry.body.lines.map((line) => line.refused?.code)], [200, true, 1, [undefined, "login_taken", "not_permitted"]]);
  const done = await root.request("POST", "/api/v1/users/import?dry_run=false", { raw: file });
  assert.deepEqual([done.body.dry_run, done.body.accepted], [false, 1]);
  const bad = await root.request("POST", "/api/v1/users/import", { raw: 'login,name,roles\n"open' });
  assert.equal(bad.status, 422, bad.text);
});

test("lists come in pages, each entry once", async () => {
  const seen = [];
  for (let after_ = ""; after_ !== null;) {
    const page = await root.expect(200, "GET", `/api/v1/users?limit=2${after_ && `&after=${after_}`}`);
    assert.ok(page.items.length <= 2);
    seen.push(...page.items.map((user) => user.login));
    after_ = page.next;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.includes("ana") && seen.includes("ivy") && seen.includes("root"));
  const numbers = [];
  for (let after_ = "", pages = 0; after_ !== null && pages < 50; ++pages) {
    const page = await root.expect(200, "GET", `/api/v1/audit?limit=7${after_ && `&after=${after_}`}`);
    numbers.push(...page.items.map((entry) => entry.number));
    after_ = page.next;
  }
  assert.deepEqual(numbers, [...new Set(numbers)].sort((left, right) => right - left));
  const rows = [];
  for (let after_ = ""; after_ !== null;) {
    const page = await quinn.expect(200, "GET", `/api/v1/interactions?limit=2${after_ && `&after=${after_}`}`);
    rows.push(...page.items.map((row) => row.id));
    after_ = page.next;
  }
  assert.equal(new Set(rows).size, rows.length);
  for (const path of ["users", "teams", "audit", "queues", "canned-replies"]) {
    await root.refused(400, "malformed", "GET", `/api/v1/${path}?limit=0`);
  }
});

test("queues that do not fit together are refused", async () => {
  const queue = { id: "odd", brand: "northwind" };
  for (const wrong of [{ priority: 11 }, { offer_seconds: 0.5 }, { offer_seconds: 1.23456 }, { strategy: "random" }, { needs: { nothing: 1 } }, { overflow_to: "odd" }, { hours: {} }, { hours: { week: { mon: ["17:00-09:00"] } } }, { dispositions: { reasons: [{ id: "a", label: "A" }, { id: "a", label: "B" }] } }, { colour: "red" }]) {
    await root.refused(422, "invalid", "POST", "/api/v1/queues", { ...queue, ...wrong });
  }
  await root.refused(422, "invalid", "POST", "/api/v1/queues", { id: "Not A Slug", brand: "northwind" });
  await root.refused(409, "name_taken", "POST", "/api/v1/queues", { id: "billing", brand: "northwind" });
  await root.refused(409, "in_use", "DELETE", "/api/v1/queues/moves");
  await root.refused(422, "invalid", "POST", "/api/v1/brands", { id: "b", name: "B", time_zone: "Mars/Base" });
  await root.refused(422, "invalid", "POST", "/api/v1/brands", { id: "b", name: "B", playbook: "no-such" });
  const unknown = await root.post("/api/v1/queues", { id: "lost", brand: "no-such-brand" });
  assert.equal(unknown.status, 422, `a queue of a brand that is not there: ${unknown.status}`);
});

test("a supervisor lets a waiting customer be called back, once", async () => {
  const interaction = await begin({ ...chat, needs: [{ skill: "billing", level: 10 }] });
  await kim.refused(403, "not_permitted", "POST", at(interaction, "callback"), {});
  await sue.expect(200, "POST", at(interaction, "callback"), { due: new Date(Date.now() + 3_600_000).toISOString() });
  await sue.refused(409, "not_waiting", "POST", at(interaction, "callback"), {});
});

/** RFC 6238, SHA-1, 30 s, six digits, of a secret in base32 (RFC 4648). */
function totp(secret) {
  let bits = "";
  for (const letter of secret) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("one's own password, and a second factor that comes and goes", async () => {
  await ben.refused(401, "wrong_credentials", "POST", "/api/v1/me/password", { current: "not this one", next: "another long phrase" });
  await ben.refused(422, "password_unfit", "POST", "/api/v1/me/password", { current: "a long pass phrase of ben", next: "short" });
  await ben.refused(422, "invalid", "POST", "/api/v1/me/second-factor/confirm", { code: "123456" });
  const offer = await ben.expect(201, "POST", "/api/v1/me/second-factor");
  assert.match(offer.uri, /^otpauth:\/\/totp\//);
  await ben.refused(401, "wrong_credentials", "POST", "/api/v1/me/second-factor/confirm", { code: "000000" });
  await ben.expect(200, "POST", "/api/v1/me/second-factor/confirm", { code: totp(new URL(offer.uri).searchParams.get("secret")) });
  const login = { login: "ben", password: "a long pass phrase of ben" };
  await new Client(server).refused(401, "second_factor_needed", "POST", "/api/v1/login", login);
  const removal = `/api/v1/users/${ben.me.user}/second-factor/remove`;
  await sue.refused(403, "not_permitted", "POST", removal);
  await root.expect(204, "POST", removal);
  await root.refused(404, "not_found", "POST", "/api/v1/users/nobody/second-factor/remove");
  await new Client(server).expect(200, "POST", "/api/v1/login", login);
  const nobody = new Client(server);
  await nobody.expect(202, "POST", "/api/v1/password-resets", { login: "ben" });
  await nobody.expect(202, "POST", "/api/v1/password-resets", { login: "nobody at all" });
  await nobody.refused(410, "link_expired", "POST", "/api/v1/password-resets/complete", { secret: `${ben.me.user}.x`, password: "another long phrase" });
  await ben.expect(204, "POST", "/api/v1/me/password", { current: "a long pass phrase of ben", next: "another long phrase" });
  await ben.refused(401, "unauthenticated", "GET", "/api/v1/me");
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
