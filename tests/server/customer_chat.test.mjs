// A customer's side of a chat: the door, a session, a conversation that begins once, what is seen, the survey.

import { request as plain_request } from "node:http";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

let server, root, ana, sue;
const elsewhere = { Origin: "https://shop.example" };
const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;

before(async () => {
  server = await start();
  root = await set_up(server);
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy", language: "en", greeting: "Good day!" });
  await root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "Southsea" });
  const day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(new Date().getUTCDay() + 3) % 7];
  const hours = { zone: "Etc/UTC", week: { [day]: ["09:00-17:00"] } };
  await root.expect(201, "POST", "/api/v1/queues", { id: "billing", brand: "northwind", label: "Billing", offer_seconds: 60, wrap_up_seconds: 60 });
  await root.expect(201, "POST", "/api/v1/queues", { id: "shut", brand: "northwind", label: "Shut", hours });
  await root.expect(201, "POST", "/api/v1/queues", { id: "letterbox", brand: "northwind", label: "Letterbox", hours, accepts_when_closed: true });
  ana = await employ(root, "ana", ["agent"], ["northwind"]);
  sue = await employ(root, "sue", ["supervisor"], ["northwind"]);
  await root.expect(201, "POST", "/api/v1/agents", { id: ana.me.user, skills: {}, capacity: { chat: 20 } });
});
after(async () => { await server?.stop(); });

/// Somebody with a session, and with a conversation that Ana has.
async function visitor() {
  const pat = new Client(server, "pat");
  pat.token = (await pat.expect(201, "POST", "/api/v1/customer-sessions", { brand: "northwind", name: "Pat" })).token;
  return pat;
}
async function talking() {
  const pat = await visitor();
  const begun = await pat.expect(201, "POST", "/api/v1/conversation", { queue: "billing" });
  pat.token = begun.token;
  await ana.put("/api/v1/me/presence", { presence: "available" });  // she may be already
  await eventually("offered to Ana", async () => (await ana.post(at(begun.interaction, "answer"))).status === 200);
  return { pat, interaction: begun.interaction };
}

test("at the door: the brand's words and how a queue stands, for anybody", async () => {
  const nobody = new Client(server);
  const door = await nobody.expect(200, "GET", "/api/v1/customer-brands/northwind?queue=billing");
  assert.deepEqual(door, { id: "northwind", name: "Northwind Energy", language: "en", greeting: "Good day!", queue: { id: "billing", label: "Billing", open: true, takes_messages: false, opens_at: null, estimated_wait_seconds: null } });
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  assert.equal((await nobody.expect(200, "GET", "/api/v1/customer-brands/northwind?queue=billing")).queue.estimated_wait_seconds, 0);
  const shut = (await nobody.expect(200, "GET", "/api/v1/customer-brands/northwind?queue=shut")).queue;
  assert.deepEqual([shut.open, shut.takes_messages, shut.estimated_wait_seconds], [false, false, null]);
  assert.ok(Date.parse(shut.opens_at) > Date.now());
  assert.equal((await nobody.expect(200, "GET", "/api/v1/customer-brands/northwind?queue=letterbox")).queue.takes_messages, true);
  for (const path of ["nobody?queue=billing", "southsea?queue=billing", "northwind?queue=nothing"]) await nobody.refused(404, "not_found", "GET", `/api/v1/customer-brands/${path}`);
  for (const path of ["northwind", "northwind?queue=", `northwind?queue=${"x".repeat(65)}`]) await nobody.refused(400, "malformed", "GET", `/api/v1/customer-brands/${path}`);
});

test("pages of other sites may ask a customer's routes, and no others", async () => {
  const { pat } = await talking();
  for (const path of ["/api/v1/customer-brands/northwind?queue=billing", "/api/v1/conversation"]) {
    const answer = await pat.get(path, { headers: elsewhere });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.equal(answer.headers.get("access-control-allow-credentials"), null);
  }
  const no_file = await pat.get("/api/v1/conversation/attachments/00000000000000000000000000000000", { headers: elsewhere });
  assert.deepEqual([no_file.status, no_file.headers.get("access-control-allow-origin")], [404, "*"]);
  const refused = await new Client(server).get("/api/v1/conversation", { headers: elsewhere });
  assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [401, "*"]);
  const asked = await fetch(`${server.url}/api/v1/conversation/messages`, { method: "OPTIONS", headers: { ...elsewhere, "Access-Control-Request-Method": "POST" } });
  assert.deepEqual([asked.status, asked.headers.get("access-control-allow-origin")], [204, "*"]);
  assert.match(asked.headers.get("access-control-allow-headers"), /Authorization.*Idempotency-Key/);
  for (const path of ["/api/v1/me", "/api/v1/interactions", "/api/v1/login", "/api/v1/users"]) {
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await fetch(server.url + path, { method, headers: elsewhere });
      assert.equal(answer.headers.get("access-control-allow-origin"), null, `${method} ${path}`);
    }
  }
});

function upgrade(headers) {
  return new Promise((done, failed) => {
    const asked = plain_request(`${server.url}/api/v1/feed`, { headers: { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", ...headers }, timeout: 60_000 });
    asked.on("response", (answer) => { answer.resume(); done([answer.statusCode, answer.headers["sec-websocket-protocol"]]); });
    asked.on("upgrade", (answer, socket) => { socket.destroy(); done([answer.statusCode, answer.headers["sec-websocket-protocol"]]); });
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", failed);
    asked.end();
  });
}

test("a customer's page connects to the feed by subprotocols, from any site; a user's does not", async () => {
  const { pat } = await talking();
  assert.deepEqual(await upgrade({ ...elsewhere, "Sec-WebSocket-Protocol": `rapport.feed, ${pat.token}` }), [101, "rapport.feed"]);
  assert.deepEqual(await upgrade({ ...elsewhere, "Sec-WebSocket-Protocol": `rapport.feed, ${pat.token}x` }), [401, undefined]);
  assert.deepEqual(await upgrade({ ...elsewhere, "Sec-WebSocket-Protocol": pat.token }), [403, undefined]);
  const scopes = ["configuration.read"];
  const token = (await sue.expect(201, "POST", "/api/v1/me/tokens", { name: "feed", scopes })).secret;
  assert.deepEqual(await upgrade({ ...elsewhere, "Sec-WebSocket-Protocol": `rapport.feed, ${token}` }), [403, undefined]);
  assert.deepEqual(await upgrade({ ...elsewhere, Cookie: ana.cookie, "Sec-WebSocket-Protocol": "rapport.feed" }), [403, undefined]);
});

test("a conversation is begun once, however often its answer was lost", async () => {
  const pat = await visitor();
  const key = { "Idempotency-Key": "start-1" };
  const answers = await Promise.all(Array.from({ length: 6 }, () => pat.post("/api/v1/conversation", { queue: "billing" }, key)));
  assert.deepEqual([...new Set(answers.map((one) => one.status))], [201]);
  assert.equal(new Set(answers.map((one) => one.body.interaction)).size, 1);
  pat.token = answers[0].body.token;
  await pat.refused(409, "interaction_exists", "POST", "/api/v1/conversation", { queue: "billing" });
  await pat.expect(200, "POST", "/api/v1/conversation/end", {});
});

test("a customer's message has a limit, and so has all that they may write", async () => {
  const { pat, interaction } = await talking();
  const say = (text) => pat.post("/api/v1/conversation/messages", { text });
  const long = await say("x".repeat((64 << 10) + 1));
  assert.deepEqual([long.status, long.body.code], [422, "invalid"]);
  const text = "\u0001".repeat(64 << 10);  // six bytes each, as it is kept
  let answer;
  for (let sent = 0; sent < 60 && answer?.status !== 422; ++sent) {
    answer = await say(text);
    assert.ok([200, 422].includes(answer.status), answer.text);
  }
  assert.deepEqual([answer.status, answer.body.code, answer.body.detail], [422, "too_many", "live_bytes_max"]);
  await pat.expect(200, "POST", "/api/v1/conversation/end");
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("it is closed", async () => (await sue.expect(200, "GET", at(interaction))).closed_at !== null);
  assert.ok((await sue.expect(200, "GET", at(interaction))).events.some((one) => one.text === text), "with its words");
});

test("how far each has read", async () => {
  const { pat, interaction } = await talking();
  await pat.expect(200, "POST", "/api/v1/conversation/messages", { text: "Hello", id: "m1" });
  await ana.expect(200, "POST", at(interaction, "seen"), { event: "m1" });
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "Good morning", id: "a1" });
  await pat.expect(200, "POST", "/api/v1/conversation/seen", { event: "a1" });
  await pat.refused(422, "bad_event", "POST", "/api/v1/conversation/seen", { event: "nothing" });
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "note", text: "internal", id: "n1" });
  await ana.refused(422, "bad_event", "POST", at(interaction, "seen"), { event: "n1" });
  await pat.refused(422, "invalid", "POST", "/api/v1/conversation/seen", {});
  const other = await talking();
  await other.pat.refused(422, "bad_event", "POST", "/api/v1/conversation/seen", { event: "a1" });
  const nobody = await visitor();
  await nobody.refused(404, "not_found", "POST", "/api/v1/conversation/seen", { event: "m1" });
  for (const one of [interaction, other.interaction]) await ana.expect(200, "POST", at(one, "end"));
});

const survey = { csat: 4, resolved: true, comment: "Quick. Card 4111 1111 1111 1111." };
const survey_in = (read) => read.events.filter((event) => event.kind === "survey").map(({ csat, resolved, comment }) => [csat, resolved, comment]);

test("one survey: while it runs, and its repeat", async () => {
  const { pat, interaction } = await talking();
  const first = await pat.post("/api/v1/conversation/survey", survey);
  assert.equal(first.status, 200, first.text);
  const again = await pat.post("/api/v1/conversation/survey", survey);
  assert.deepEqual([again.status, again.headers.get("idempotent-replayed"), again.body], [200, "true", first.body]);
  await pat.refused(409, "event_exists", "POST", "/api/v1/conversation/survey", { csat: 1 });
  for (const wrong of [{}, { csat: 0 }, { csat: 6 }, { csat: 1.5 }, { csat: "5" }, { csat: 5, resolved: "yes" }, { csat: 5, comment: "x".repeat(4_001) }, { csat: 5, by: "agent" }]) await pat.refused(422, "invalid", "POST", "/api/v1/conversation/survey", wrong);
  assert.deepEqual(survey_in(await sue.expect(200, "GET", at(interaction))), [[4, true, "Quick. Card **** **** **** 1111."]]);
  assert.ok(!(await pat.expect(200, "GET", "/api/v1/conversation")).events.some((event) => event.kind === "survey"));
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
});

test("one survey: after the conversation was closed", async () => {
  const { pat, interaction } = await talking();
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("it is closed", async () => (await sue.expect(200, "GET", at(interaction))).closed_at !== null);
  const first = await pat.expect(200, "POST", "/api/v1/conversation/survey", survey);
  const again = await pat.post("/api/v1/conversation/survey", survey);
  assert.deepEqual([again.status, again.headers.get("idempotent-replayed"), again.body], [200, "true", first]);
  await pat.refused(409, "event_exists", "POST", "/api/v1/conversation/survey", { csat: 1 });
  assert.deepEqual(survey_in(await sue.expect(200, "GET", at(interaction))), [[4, true, "Quick. Card **** **** **** 1111."]]);
  assert.equal((await sue.expect(200, "GET", "/api/v1/interactions?words=quick")).items.some((row) => row.id === interaction), true);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
