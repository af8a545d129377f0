// Least privilege: every operation for every role, for a token, and without the CSRF token. Which role
// has which permission is the table of docs/people.md; which operation needs which is the description.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { operations, root as sources } from "./description.mjs";
import { listen } from "./feed.mjs";
import { harmless, is_plain } from "./requests.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

/// Role to permissions, from the documentation.
function rights_table() {
  const rows = readFileSync(join(sources, "docs", "people.md"), "utf8").split("\n").filter((line) => line.startsWith("|")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const roles = rows.find((row) => row[0] === "permission").slice(2);
  const table = Object.fromEntries(roles.map((role) => [role, new Set()]));
  for (const row of rows.filter((one) => /^`[a-z.]+`$/.test(one[0]) && one.length === roles.length + 2)) {
    roles.forEach((role, at) => { if (row[at + 2] === "●") table[role].add(row[0].slice(1, -1)); });
  }
  return table;
}

const table = rights_table();
const roles = Object.keys(table);
const plain = operations.filter(is_plain).filter((one) => !one.open && one.tags[0] !== "operating");
const people = {};
let server, root;

before(async () => {
  server = await start();
  root = await set_up(server);
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy" });
  await Promise.all(roles.map(async (role) => { people[role] = await employ(root, role, [role], role === "administrator" ? ["*"] : ["northwind"]); }));
});
after(async () => { await server?.stop(); });

async function check(client, has, what) {
  const wrong = [];
  for (const one of plain) {
    const { method, path, raw } = harmless(one);
    const answer = await client.request(method, path, { raw });
    const allowed = one.permissions.length === 0 || one.permissions.some(has);
    const fits = allowed ? answer.status !== 403 && answer.status !== 401 : answer.status === 403 && answer.body.code === "not_permitted";
    if (!fits) wrong.push(`${what} ${allowed ? "may" : "may not"} ${one.operationId}: ${answer.status} ${answer.text.slice(0, 200)}`);
  }
  assert.deepEqual(wrong, []);
}

test("the table has the six roles, and each of its permissions", () => {
  assert.deepEqual(roles, ["agent", "supervisor", "quality", "trainer", "analyst", "administrator"]);
  for (const role of roles) assert.ok(table[role].size >= 8, role);
  const known = new Set(roles.flatMap((role) => [...table[role]]));
  for (const one of operations.filter(is_plain)) for (const name of one.permissions) assert.ok(known.has(name), `${one.operationId}: no role has ${name}`);
});

for (const role of roles) {
  test(`${role}: the permissions of the table`, async () => {
    const me = await people[role].expect(200, "GET", "/api/v1/me");
    assert.deepEqual([...me.permissions].sort(), [...table[role]].sort());
  });
  test(`${role}: every operation`, () => check(people[role], (name) => table[role].has(name), role));
}

test("a token does what its scopes say, not what its owner may", async () => {
  for (const [owner, scopes] of [["administrator", ["configuration.read"]], ["supervisor", ["floor.see", "users.read"]], ["analyst", ["interactions.read.all"]]]) {
    const token = await people[owner].expect(201, "POST", "/api/v1/me/tokens", { name: "narrow", scopes });
    const client = new Client(server, `token of ${owner}`);
    client.token = token.secret;
    const of_users = new Set(["changePassword", "offerSecondFactor", "confirmSecondFactor", "removeSecondFactor", "listSessions", "endSession"]);
    const wrong = [];
    for (const one of plain.filter((each) => !of_users.has(each.operationId))) {
      const { method, path, raw } = harmless(one);
      const answer = await client.request(method, path, { raw });
      const allowed = one.permissions.length === 0 || one.permissions.some((name) => scopes.includes(name));
      if ((answer.status === 403) === allowed || answer.status === 401) wrong.push(`${one.operationId}: ${answer.status} ${answer.text}`);
    }
    assert.deepEqual(wrong, []);
    await client.refused(403, "not_permitted", "POST", "/api/v1/me/second-factor");
    await client.refused(403, "not_permitted", "GET", "/api/v1/me/sessions");
    await client.refused(403, "not_permitted", "POST", "/api/v1/me/password", { current: "does not matter here", next: "does not matter either" });
  }
});

test("a token cannot be given more than its owner has", async () => {
  await people.agent.refused(403, "not_permitted", "POST", "/api/v1/me/tokens", { name: "more", scopes: ["users.write"] });
  await people.agent.refused(403, "not_permitted", "POST", "/api/v1/me/tokens", { name: "elsewhere", scopes: ["configuration.read"], brand: "southsea" });
  const maker = await people.agent.expect(201, "POST", "/api/v1/me/tokens", { name: "maker", scopes: ["tokens.own"] });
  const client = new Client(server, "a token that makes tokens");
  client.token = maker.secret;
  await client.refused(403, "not_permitted", "POST", "/api/v1/me/tokens", { name: "grown", scopes: ["configuration.read"] });
});

test("a token that was ended does nothing any more", async () => {
  const token = await people.agent.expect(201, "POST", "/api/v1/me/tokens", { name: "short", scopes: ["configuration.read"] });
  const client = new Client(server, "ended token");
  client.token = token.secret;
  await client.expect(200, "GET", "/api/v1/queues");
  await people.agent.expect(204, "DELETE", `/api/v1/me/tokens/${token.id}`);
  await client.refused(401, "unauthenticated", "GET", "/api/v1/queues");
});

test("tokens and sessions of others cannot be ended", async () => {
  const token = await people.agent.expect(201, "POST", "/api/v1/me/tokens", { name: "mine", scopes: ["configuration.read"] });
  const session = (await people.agent.expect(200, "GET", "/api/v1/me/sessions")).items[0];
  await people.administrator.refused(404, "not_found", "DELETE", `/api/v1/me/tokens/${token.id}`);
  await people.supervisor.refused(404, "not_found", "DELETE", `/api/v1/me/sessions/${session.id}`);
  await people.agent.expect(200, "GET", "/api/v1/me");
});

test("without the CSRF token a session changes nothing", async () => {
  for (const one of plain.filter((each) => each.method !== "get")) {
    const { method, path, raw } = harmless(one);
    for (const headers of [{}, { "X-CSRF-Token": "made up" }]) {
      const answer = await people.administrator.request(method, path, { raw, headers, csrf: false });
      assert.equal(answer.status, 403, `${one.operationId}: ${answer.text}`);
      assert.equal(answer.body.code, "not_permitted");
    }
  }
});

test("who manages users gives nothing that they lack", async () => {
  const token = await people.administrator.expect(201, "POST", "/api/v1/me/tokens", { name: "users only", scopes: ["users.write", "users.read"] });
  const client = new Client(server, "token with users.write");
  client.token = token.secret;
  await client.refused(403, "not_permitted", "POST", "/api/v1/users", { login: "eve", name: "Eve", roles: ["administrator"], brands: ["*"] });
  const user = await client.expect(200, "GET", `/api/v1/users/${root.me.user}`);
  await client.refused(403, "not_permitted", "PATCH", `/api/v1/users/${user.id}`, { name: "Mine now" }, { "If-Match": `"${user.version}"` });
  await client.refused(403, "not_permitted", "POST", `/api/v1/users/${user.id}/invitation`);
});

test("a phone's password is made by who manages the user in all their brands", async () => {
  await root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "Southsea" });
  const south = await employ(root, "sol", ["agent"], ["southsea"]);
  const north = await employ(root, "nora", ["administrator"], ["northwind"]);
  for (const method of ["GET", "POST", "DELETE"]) await north.refused(403, "not_permitted", method, `/api/v1/users/${south.me.user}/phone`);
  await root.expect(201, "POST", `/api/v1/users/${south.me.user}/phone`);
  await root.expect(200, "PATCH", `/api/v1/users/${north.me.user}`, { roles: ["analyst"] }, { "If-Match": '"2"' });
});

test("a token hears what its agent is told from the first moment, unless it is of fewer brands than they work for", async () => {
  const vera = await employ(root, "vera", ["agent"], ["northwind", "southsea"]);
  const own = `agent/${vera.me.user}`;
  for (const [brand, hears] of [[undefined, true], ["northwind", false]]) {
    const made = await vera.expect(201, "POST", "/api/v1/me/tokens", { name: "desk of hers", scopes: ["contacts.handle", "presence.own"], ...(brand && { brand }) });
    const client = new Client(server, `token of ${brand ?? "all brands"}`);
    client.token = made.secret;
    if (hears) (await listen(client, [own])).close();
    else await assert.rejects(listen(client, [own]), /forbidden/);
  }
});

test("who is deactivated, or handles contacts no more, is offered nothing", async () => {
  for (const [login, change] of [["max", { active: false }], ["mia", { roles: ["analyst"] }]]) {
    const agent = await employ(root, login, ["agent"], ["northwind"]);
    const id = agent.me.user;
    await agent.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
    const user = await root.expect(200, "GET", `/api/v1/users/${id}`);
    await root.expect(200, "PATCH", `/api/v1/users/${id}`, change, { "If-Match": `"${user.version}"` });
    await eventually(`${login} is off the floor`, async () => (await root.expect(200, "GET", "/api/v1/floor")).agents.find((one) => one.agent === id)?.presence === "offline");
  }
});

test("a skill stays as long as a queue or an agent asks for it", async () => {
  await root.expect(201, "POST", "/api/v1/skills", { id: "billing", label: "Billing" });
  const agent = await employ(root, "ben", ["agent"], ["northwind"]);
  await root.expect(201, "POST", "/api/v1/agents", { id: agent.me.user, skills: { billing: 3 } });
  await root.refused(409, "in_use", "DELETE", "/api/v1/skills/billing");
  await root.expect(204, "DELETE", `/api/v1/agents/${agent.me.user}`);
  await root.expect(204, "DELETE", "/api/v1/skills/billing");
});

test("who is deactivated is out at once, and a change of roles counts at once", async () => {
  const zoe = await employ(root, "zoe", ["supervisor"], ["northwind"]);
  await zoe.expect(200, "GET", "/api/v1/floor");
  const changed = await root.expect(200, "PATCH", `/api/v1/users/${zoe.me.user}`, { roles: ["agent"] }, { "If-Match": '"2"' });
  await zoe.refused(401, "unauthenticated", "GET", "/api/v1/floor");
  await zoe.login("zoe", "a long pass phrase of zoe");
  await zoe.refused(403, "not_permitted", "GET", "/api/v1/floor");
  await root.expect(200, "PATCH", `/api/v1/users/${zoe.me.user}`, { active: false }, { "If-Match": `"${changed.version}"` });
  await zoe.refused(401, "unauthenticated", "GET", "/api/v1/me");
  await new Client(server, "zoe").refused(401, "wrong_credentials", "POST", "/api/v1/login", { login: "zoe", password: "a long pass phrase of zoe" });
});

test("a log-out ends the session, and only that one", async () => {
  const other = await new Client(server, "agent, again").login("agent", "a long pass phrase of agent");
  await other.expect(204, "POST", "/api/v1/logout");
  await other.refused(401, "unauthenticated", "GET", "/api/v1/me");
  await people.agent.expect(200, "GET", "/api/v1/me");
});

test("the last administrator stays one", async () => {
  const other = await people.administrator.expect(200, "GET", "/api/v1/me");
  const first = await root.expect(200, "GET", `/api/v1/users/${other.user}`);
  await root.expect(200, "PATCH", `/api/v1/users/${other.user}`, { active: false }, { "If-Match": `"${first.version}"` });
  const own = await root.expect(200, "GET", `/api/v1/users/${root.me.user}`);
  await root.refused(409, "last_administrator", "PATCH", `/api/v1/users/${own.id}`, { roles: ["agent"] }, { "If-Match": `"${own.version}"` });
  await root.refused(409, "last_administrator", "PATCH", `/api/v1/users/${own.id}`, { active: false }, { "If-Match": `"${own.version}"` });
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
