// Two brands in one centre: whoever works for the one sees and changes nothing of the other.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { operations } from "./description.mjs";
import { nowhere } from "./requests.mjs";
import { employ, eventually, set_up, start, undescribed } from "./server.mjs";

const secret_text = "the zebrawood cabinet is broken";
const reads = operations.filter((one) => one.method === "get" && !["feed", "operating", "conversation"].includes(one.tags[0]));
let server, root;
const north = {}, south = {}, known = {};

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const brand of ["northwind", "southsea"]) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: brand === "northwind" ? "Northwind Energy" : "Southsea Water", greeting: `Welcome to ${brand}` });
    await root.expect(201, "POST", "/api/v1/queues", { id: `${brand}-main`, brand, label: `Main of ${brand}`, offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const staff = { agent: ["agent"], supervisor: ["supervisor"], quality: ["quality"], trainer: ["trainer"], analyst: ["analyst"], administrator: ["administrator"] };
  await Promise.all([
    ...Object.entries(staff).map(async ([name, roles]) => { south[name] = await employ(root, `south-${name}`, roles, ["southsea"]); }),
    ...["agent", "supervisor", "trainer"].map(async (name) => { north[name] = await employ(root, `north-${name}`, staff[name], ["northwind"]); }),
    employ(root, "south-nobody", ["supervisor"], []).then((who) => { south.nobody = who; }),
    employ(root, "north-other", ["agent"], ["northwind"]).then((who) => { north.other = who; }),
  ]);
  known.reply = (await root.expect(201, "POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "zebra", title: "Zebrawood", text: secret_text })).id;
  await root.expect(201, "POST", "/api/v1/menus", { id: "northwind-menu", brand: "northwind", numbers: ["+442079460000"], start: "main", steps: { main: { do: "queue", queue: "northwind-main" } } });
  known.blocked = (await root.expect(201, "POST", "/api/v1/blocked-customers", { brand: "northwind", type: "phone", value: "+44 20 7946 0123", reason: "zebrawood threats" })).id;
  await north.agent.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  known.closed = await conversation();
  await north.agent.expect(200, "POST", `/api/v1/interactions/${known.closed}/end`);
  await north.agent.expect(200, "POST", `/api/v1/interactions/${known.closed}/wrap-up`, { reason: "zebrawood", outcome: "resolved" });
  await eventually("closed", async () => (await north.supervisor.expect(200, "GET", `/api/v1/interactions/${known.closed}`)).closed_at !== null);
  known.live = await conversation();
  known.customer = (await north.supervisor.expect(200, "GET", `/api/v1/interactions/${known.live}`)).customer;
  known.case = (await north.supervisor.expect(201, "POST", "/api/v1/cases", { customer: known.customer, title: "zebrawood cabinet", owner: north.agent.me.user })).id;
  known.queue = "northwind-main";
  known.brand = "northwind";
  known.agent = north.agent.me.user;
});
after(async () => { await server?.stop(); });

async function conversation() {
  const begun = await north.supervisor.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", customer: { id: "zebra-customer", name: "Zoe Zebrawood", known: { account_number: "zebra-1" } }, agent: north.agent.me.user });
  await north.agent.expect(200, "POST", `/api/v1/interactions/${begun.interaction}/events`, { kind: "message", text: secret_text });
  return begun.interaction;
}

/// What somebody of another brand reads anywhere that holds one of these words.
async function leaks(who, words, by = reads) {
  const found = [];
  for (const one of by) {
    const paths = one.path.includes("{id}") ? Object.values(known).map((id) => one.path.replace("{id}", id)) : [one.path, `${one.path}?brand=northwind`];
    if (one.operationId === "searchInteractions") paths.push(`${one.path}?words=zebrawood`, `${one.path}?agent=${known.agent}`, `${one.path}?customer=zebra-customer`, `${one.path}?live=true`);
    for (const path of paths) {
      const answer = await who.get(path);
      if (answer.status >= 400) continue;
      for (const word of words) if (answer.text.includes(word)) found.push(`${who.name}: ${one.operationId} shows ${word}`);
    }
  }
  return [...new Set(found)];
}

const role_names = ["agent", "supervisor", "quality", "trainer", "analyst", "administrator", "nobody"];

for (const role of role_names) {
  test(`${role} of another brand: what was said, by whom, to whom`, async () => {
    assert.deepEqual(await leaks(south[role], [secret_text, "zebrawood", "Zebrawood", "zebra-customer", "zebra-1", "+44 20 7946 0123"]), []);
  });
  test(`${role} of another brand: that there are interactions and queues`, async () => {
    assert.deepEqual(await leaks(south[role], [known.live, known.closed, "northwind-main", known.reply, known.blocked], reads.filter((one) => one.operationId !== "readAudit")), []);
  });
  test(`${role} of another brand: the brand's own settings`, async () => {
    assert.deepEqual(await leaks(south[role], ["Northwind Energy", "Welcome to northwind"], reads.filter((one) => one.path.startsWith("/api/v1/brands"))), []);
  });
}

test("administrator of another brand: the audit log", async () => {
  assert.deepEqual(await leaks(south.administrator, [known.live, known.closed, "northwind-main", known.reply], reads.filter((one) => one.operationId === "readAudit")), []);
});

test("the floor shows agents of one's own brands only", async () => {
  for (const role of ["supervisor", "administrator"]) {
    const floor = await south[role].expect(200, "GET", "/api/v1/floor");
    assert.deepEqual(floor.interactions, []);
    assert.deepEqual(floor.queues.map((queue) => queue.queue), ["southsea-main"]);
    assert.ok(!floor.agents.some((agent) => agent.agent === known.agent), `${role}: an agent of northwind alone`);
  }
});

test("nobody does anything with an interaction of another brand", async () => {
  const commands = operations.filter((one) => one.path.startsWith("/api/v1/interactions/{id}/") && one.method === "post");
  const before_ = (await north.supervisor.expect(200, "GET", `/api/v1/interactions/${known.live}`)).events.length;
  const bodies = { addEvent: { kind: "note", text: "x" }, transferInteraction: { to: "queue", target: "southsea-main" }, transferOutside: { to: "020 7946 0123" }, moveToQueue: { queue: "southsea-main" }, changePriority: { boost: 3 }, whisper: { text: "x" }, listenIn: { how: "monitor" }, addWords: { by: "customer", text: "x", at_ms: 0, end_ms: 0 }, markSeen: { event: "e1" }, pressKeys: { keys: "1" }, tellCallResult: { came: "reached" } };
  for (const one of commands) {
    for (const role of ["agent", "supervisor", "nobody"]) {
      const answer = await south[role].post(one.path.replace("{id}", known.live), bodies[one.operationId] ?? {});
      assert.ok([403, 404, 409].includes(answer.status), `${role}: ${one.operationId}: ${answer.status} ${answer.text}`);
    }
  }
  const read = await north.supervisor.expect(200, "GET", `/api/v1/interactions/${known.live}`);
  assert.equal(read.events.length, before_);
});

test("a refusal does not tell whether another brand has such an interaction", async () => {
  const telling = [];
  for (const one of operations.filter((each) => each.path.startsWith("/api/v1/interactions/{id}"))) {
    for (const role of ["agent", "supervisor", "analyst"]) {
      const bodies = { addEvent: { kind: "note", text: "x" }, transferInteraction: { to: "queue", target: "southsea-main" }, transferOutside: { to: "020 7946 0123" }, moveToQueue: { queue: "southsea-main" }, changePriority: { boost: 3 }, whisper: { text: "x" }, listenIn: { how: "monitor" }, addWords: { by: "customer", text: "x", at_ms: 0, end_ms: 0 } };
      const ask = (id) => south[role].request(one.method.toUpperCase(), one.path.replace("{id}", id), one.method === "get" ? {} : { body: bodies[one.operationId] ?? {} });
      const [there, nothing] = [await ask(known.live), await ask(nowhere)];
      if (there.status !== nothing.status || there.body.code !== nothing.body.code) telling.push(`${role}: ${one.operationId}: ${there.status} ${there.body.code}, not ${nothing.status} ${nothing.body.code}`);
    }
  }
  assert.deepEqual(telling, []);
});

test("a supervisor does not change the presence of another brand's agents", async () => {
  const answer = await south.supervisor.put(`/api/v1/agents/${north.other.me.user}/presence`, { presence: "break", reason: "from elsewhere" });
  assert.ok([403, 404, 422].includes(answer.status), `${answer.status} ${answer.text}`);
});

test("nobody starts an interaction of another brand", async () => {
  const chat = { channel: "chat", brand: "northwind", queue: "northwind-main" };
  for (const role of ["agent", "supervisor"]) {
    await south[role].refused(403, "not_permitted", "POST", "/api/v1/interactions", chat);
    await south[role].refused(422, "unknown_queue", "POST", "/api/v1/interactions", { ...chat, brand: "southsea" });
  }
});

test("an administrator of one brand does not configure another", async () => {
  const admin = south.administrator;
  const match = { "If-Match": '"1"' };
  await admin.refused(404, "not_found", "PUT", "/api/v1/queues/northwind-main", { brand: "northwind", label: "Mine" }, match);
  await admin.refused(403, "not_permitted", "POST", "/api/v1/queues", { id: "mine", brand: "northwind" });
  await admin.refused(404, "not_found", "PUT", `/api/v1/canned-replies/${known.reply}`, { brand: "southsea", shortcut: "x", title: "x", text: "x" }, match);
  await admin.refused(404, "not_found", "DELETE", `/api/v1/canned-replies/${known.reply}`);
  await admin.refused(404, "not_found", "DELETE", `/api/v1/blocked-customers/${known.blocked}`);
  const menu = { start: "main", steps: { main: { do: "hang_up" } } };
  await admin.refused(404, "not_found", "GET", "/api/v1/menus/northwind-menu");
  await admin.refused(404, "not_found", "PUT", "/api/v1/menus/northwind-menu", { ...menu, brand: "northwind" }, match);
  await admin.refused(404, "not_found", "DELETE", "/api/v1/menus/northwind-menu");
  await admin.refused(403, "not_permitted", "POST", "/api/v1/menus", { ...menu, id: "mine", brand: "northwind" });
  assert.deepEqual((await admin.expect(200, "GET", "/api/v1/menus")).items, []);
});

test("a menu leads to no queue of another brand, and takes no number of one", async () => {
  const menu = { id: "across", brand: "southsea", start: "main", steps: { main: { do: "queue", queue: "southsea-main" } } };
  await root.refused(422, "invalid", "POST", "/api/v1/menus", { ...menu, steps: { main: { do: "queue", queue: "northwind-main" } } });
  await root.refused(422, "invalid", "POST", "/api/v1/menus", { ...menu, numbers: ["northwind-main"] });
  await root.refused(422, "invalid", "POST", "/api/v1/menus", { ...menu, numbers: ["+442079460000"] });
});

test("an administrator of one brand does not change the other brand itself", async () => {
  const answer = await south.administrator.put("/api/v1/brands/northwind", { name: "Owned by Southsea" }, { "If-Match": '"1"' });
  assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
});

test("a queue does not send contacts to another brand's queue", async () => {
  for (const field of ["overflow_to", "closed_to"]) {
    const answer = await root.post("/api/v1/queues", { id: `across-${field.replace("_", "-")}`, brand: "southsea", [field]: "northwind-main" });
    assert.equal(answer.status, 422, `${field}: ${answer.status}`);
  }
});

test("an administrator of one brand does not manage users of another", async () => {
  const user = await root.expect(200, "GET", `/api/v1/users/${north.agent.me.user}`);
  await south.administrator.refused(403, "not_permitted", "PATCH", `/api/v1/users/${user.id}`, { brands: ["southsea"] }, { "If-Match": `"${user.version}"` });
  await south.administrator.refused(403, "not_permitted", "POST", `/api/v1/users/${user.id}/invitation`);
  await south.administrator.refused(403, "not_permitted", "POST", "/api/v1/users", { login: "spy", name: "Spy", roles: ["quality"], brands: ["northwind"] });
  await south.administrator.refused(403, "not_permitted", "POST", "/api/v1/users", { login: "spy", name: "Spy", roles: ["quality"], brands: ["*"] });
});

test("an administrator of one brand does not change what another brand's agents can do", async () => {
  const answer = await south.administrator.post("/api/v1/agents", { id: north.other.me.user, capacity: { chat: 0 } });
  assert.ok([403, 404, 422].includes(answer.status), `${answer.status} ${answer.text}`);
});

test("a list shows what may be read, and no more", async () => {
  for (const who of [north.agent, north.other, north.supervisor, north.trainer, ...role_names.map((role) => south[role])]) {
    const listed = await who.get("/api/v1/interactions");
    if (listed.status === 403) continue;
    for (const row of listed.body.items) {
      const read = await who.get(`/api/v1/interactions/${row.id}`);
      assert.equal(read.status, 200, `${who.name} sees ${row.id} in the list, and reads it with ${read.status}`);
    }
  }
});

test("a trainer reads what members of their teams answered, in the list as well", async () => {
  const team = await root.expect(201, "POST", "/api/v1/teams", { name: "Blue" });
  for (const who of [north.agent, north.trainer]) {
    const user = await root.expect(200, "GET", `/api/v1/users/${who.me.user}`);
    await root.expect(200, "PATCH", `/api/v1/users/${user.id}`, { teams: [team.id] }, { "If-Match": `"${user.version}"` });
  }
  await north.trainer.login("north-trainer", "a long pass phrase of north-trainer");
  await north.agent.login("north-agent", "a long pass phrase of north-agent");
  await north.trainer.expect(200, "GET", `/api/v1/interactions/${known.closed}`);
  await north.trainer.expect(200, "GET", `/api/v1/interactions/${known.closed}/ledger`);
});

test("who is offered a contact reads it, also of a brand that they share for a while", async () => {
  await south.agent.put("/api/v1/me/presence", { presence: "break", reason: "back office" });
  const begun = await north.supervisor.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", customer: { name: "Yan Yew" }, agent: south.agent.me.user });
  const read = await south.agent.get(`/api/v1/interactions/${begun.interaction}`);
  await south.agent.post(`/api/v1/interactions/${begun.interaction}/end`);
  await south.agent.post(`/api/v1/interactions/${begun.interaction}/wrap-up`, {});
  assert.equal(read.status, 200, "while it is in hand");
  await south.agent.refused(404, "not_found", "GET", `/api/v1/interactions/${begun.interaction}`);
});

test("who is offered a contact reads it before they answer", async () => {
  await north.other.put("/api/v1/me/presence", { presence: "available" });
  const begun = await north.supervisor.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", last_agent: north.other.me.user });
  const offered = await eventually("offered to somebody", async () => {
    for (const who of [north.other, north.agent]) {
      const hands = await who.expect(200, "GET", "/api/v1/me/hands");
      if (hands.state.in_hand.some((slot) => slot.interaction === begun.interaction)) return who;
    }
    return null;
  });
  const read = await offered.get(`/api/v1/interactions/${begun.interaction}`);
  assert.equal(read.status, 200, `${offered.name}: ${read.text}`);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
