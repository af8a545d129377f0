// The description: well formed, and neither more nor less than what the server serves.

import { request as plain_request } from "node:http";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { checker, description, operations, resolved } from "./description.mjs";
import { harmless } from "./requests.mjs";
import { routes_of_sources } from "./routes.mjs";
import { Client, start, undescribed } from "./server.mjs";

let server;
before(async () => { server = await start(); });
after(async () => { await server?.stop(); });

function every(value, look, place = "#") {
  look(value, place);
  if (value && typeof value === "object") for (const [key, one] of Object.entries(value)) every(one, look, `${place}/${key}`);
}

test("references lead somewhere, and every component is used", () => {
  const used = new Set();
  every(description, (value, place) => {
    if (typeof value?.$ref !== "string") return;
    assert.ok(resolved(value) !== undefined, `${place}: ${value.$ref}`);
    used.add(value.$ref);
  });
  for (const kind of ["schemas", "parameters", "responses", "headers"]) {
    const by_name = (name) => used.has(`#/components/${kind}/${name}`) || ["FeedRequest", "FeedFrame"].includes(name);
    assert.deepEqual(Object.keys(description.components[kind]).filter((name) => !by_name(name)), [], kind);
  }
});

test("operations are complete", () => {
  const ids = operations.map((one) => one.operationId);
  assert.equal(new Set(ids).size, ids.length, "an operationId stands twice");
  for (const one of operations) {
    assert.ok(one.summary && one.description && one.tags.length === 1, one.operationId);
    assert.ok(description.tags.some((tag) => tag.name === one.tags[0]), `${one.operationId}: tag ${one.tags[0]}`);
    for (const name of one.permissions) assert.ok(one.description.includes(`\`${name}\``), `${one.operationId}: ${name} is not told`);
    const in_path = [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const described = (one.parameters ?? []).map(resolved).filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
    assert.deepEqual(described, in_path, one.operationId);
    for (const security of one.security) for (const name of Object.keys(security)) assert.ok(description.components.securitySchemes[name], name);
  }
});

test("schemas compile, and examples fit them", () => {
  const check = (schema, example, place) => {
    const fits = checker(schema);
    if (example !== undefined) assert.ok(fits(example), `${place}: ${JSON.stringify(fits.errors)}`);
  };
  for (const [name, schema] of Object.entries(description.components.schemas)) check(schema, schema.example, name);
  for (const one of operations) {
    for (const [type, content] of Object.entries(one.requestBody?.content ?? {})) {
      assert.ok(content.example !== undefined, `${one.operationId}: a body without an example`);
      check(content.schema, content.example, `${one.operationId} ${type}`);
    }
    for (const [status, answer] of Object.entries(one.responses)) {
      for (const content of Object.values(resolved(answer).content ?? {})) check(content.schema, content.example, `${one.operationId} ${status}`);
    }
  }
});

/// The same with its fields in one order.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

test("every route of the sources is described, and the other way round", () => {
  const described = new Set(operations.map((one) => `${one.method} ${one.path}`));
  const routes = routes_of_sources();
  assert.deepEqual([...routes].filter((route) => !described.has(route)), [], "not described");
  assert.deepEqual([...described].filter((route) => !routes.has(route)), [], "described, but not served");
});

test("the server serves this description", async () => {
  const served = await new Client(server).expect(200, "GET", "/api/v1/openapi.json");
  assert.deepEqual(Object.keys(served).sort(), Object.keys(description).sort());
  const differing = Object.keys(description.paths).filter((path) => JSON.stringify(sorted(served.paths[path])) !== JSON.stringify(sorted(description.paths[path])));
  assert.deepEqual(differing, []);
  assert.equal(JSON.stringify(sorted(served)), JSON.stringify(sorted(description)));
});

test("without credentials 401, but for what is open", async () => {
  const nobody = new Client(server);
  for (const one of operations.filter((each) => each.tags[0] !== "feed")) {
    const { method, path, raw } = harmless(one);
    const answer = await nobody.request(method, path, { raw });
    const open = one.security.length === 0 || one.security.some((way) => Object.keys(way).length === 0);
    if (open) assert.notEqual(answer.status, 401, one.operationId);
    else {
      assert.equal(answer.status, 401, `${one.operationId}: ${answer.text}`);
      assert.equal(answer.body.code, "unauthenticated");
    }
  }
});

test("with made-up credentials 401", async () => {
  for (const headers of [{ Authorization: "Bearer rap_nothing" }, { Cookie: "rapport_session=nothing" }, { Authorization: "Basic cm9vdDpyb290" }, { Authorization: "Bearer " }]) {
    for (const one of operations.filter((each) => each.permissions.length > 0)) {
      const { method, path, raw } = harmless(one);
      const answer = await new Client(server).request(method, path, { raw, headers });
      assert.equal(answer.status, 401, `${one.operationId} with ${JSON.stringify(headers)}: ${answer.text}`);
    }
  }
});

function upgrade(headers, path = "/api/v1/feed") {
  return new Promise((done, failed) => {
    const asked = plain_request(`${server.url}${path}`, { headers: { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", ...headers }, timeout: 60_000 });
    asked.on("response", (answer) => { answer.resume(); done(answer.statusCode); });
    asked.on("upgrade", (answer, socket) => { socket.destroy(); done(answer.statusCode); });
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", failed);
    asked.end();
  });
}

test("the feed is a WebSocket for those who are known", async () => {
  const plain = await new Client(server).get("/api/v1/feed");
  assert.equal(plain.status, 426);
  assert.equal(await upgrade({}), 401);
  assert.equal(await upgrade({ Origin: "https://elsewhere.example" }), 403);
  assert.equal(await upgrade({ Authorization: "Bearer rap_nothing" }), 401);
});

test("an agent's phone is a WebSocket of this very site, and SIP's", async () => {
  const path = `/api/v1/me/phone/socket?page=${"a".repeat(20)}`;
  const sip = { "Sec-WebSocket-Protocol": "sip" };
  assert.equal((await new Client(server).get(path)).status, 426);
  assert.equal(await upgrade(sip, path), 401);
  assert.equal(await upgrade({ ...sip, Origin: "https://elsewhere.example" }, path), 403);
  assert.equal(await upgrade({}, path), 400);
  assert.equal(await upgrade(sip, "/api/v1/me/phone/socket?page=short"), 400);
});

test("other methods and paths", async () => {
  assert.equal((await fetch(`${server.url}/api/v1/nothing`)).status, 401);
  const other = await fetch(`${server.url}/api/v1/users`, { method: "DELETE" });
  assert.equal(other.status, 405);
  assert.match(other.headers.get("allow"), /GET/);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
