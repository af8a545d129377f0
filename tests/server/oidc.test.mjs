// Login by an OpenID Connect provider.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Provider } from "./provider.mjs";
import { Client, employ, eventually, set_up, start } from "./server.mjs";

const provider = new Provider();
let server, root;

before(async () => {
  await provider.listen();
  server = await start(
    { RAPPORT_OIDC_CLIENT_SECRET: "of the client" },
    `public_url: http://127.0.0.1:1\noidc:\n  issuer: ${provider.issuer}\n  client_id: rapport\n  roles: {desk: agent, leads: supervisor, it: administrator}\n`,
  );
});
after(async () => {
  await server?.stop();
  provider.server.close();
});

const go = (path, cookie) => fetch(server.url + path, { redirect: "manual", headers: cookie ? { cookie } : {} });
const cookies_of = (answer) => answer.headers.getSetCookie().map((one) => one.split(";")[0]);

/// From the desk's button to the way back: the answer of the callback.
async function log_in(claims, change = (back) => back) {
  provider.claims = { email_verified: true, ...claims };
  const sent = await go("/api/v1/login/oidc");
  assert.equal(sent.status, 303);
  const back = change({ ...provider.visit(sent.headers.get("location")), cookie: cookies_of(sent)[0] });
  assert.equal(back.back, "http://127.0.0.1:1/api/v1/login/oidc/callback");
  return go(`/api/v1/login/oidc/callback?code=${back.code}&state=${back.state}`, back.cookie);
}

async function logged_in(claims) {
  const answer = await log_in(claims);
  assert.equal(answer.headers.get("location"), "/");
  const client = new Client(server, claims.email);
  client.cookie = cookies_of(answer).find((one) => one.startsWith("rapport_session="));
  const me = await client.expect(200, "GET", "/api/v1/me");
  client.csrf = me.csrf_token;
  return { client, me };
}

test("anybody is told that there is a provider, by its host or its name, and no secret", async () => {
  const ways = async (of) => (await fetch(`${of.url}/api/v1/login`)).json();
  assert.deepEqual(await ways(server), { oidc: { name: new URL(provider.issuer).host } });
  const named = await start({ RAPPORT_OIDC_CLIENT_SECRET: "x" }, `public_url: http://127.0.0.1:1\noidc: {issuer: "${provider.issuer}", name: Example Staff, client_id: rapport, roles: {desk: agent}}\n`);
  try {
    assert.deepEqual(await ways(named), { oidc: { name: "Example Staff" } });
  } finally {
    await named.stop();
  }
});

test("nobody logs in before the centre has an administrator", async () => {
  const answer = await log_in({ sub: "early", email: "early@example.com", groups: ["it"] });
  assert.equal(answer.headers.get("location"), "/?login_refused=not_permitted");
  root = await set_up(server);
});

test("somebody new gets a user with the roles of their groups, and the same one again", async () => {
  const first = await logged_in({ sub: "s-1", email: "ada@example.com", name: "Ada", groups: ["desk", "unknown"] });
  const user = await root.expect(200, "GET", `/api/v1/users/${first.me.id}`);
  assert.deepEqual([user.login, user.name, user.roles, user.brands], ["ada@example.com", "Ada", ["agent"], []]);
  const again = await logged_in({ sub: "s-1", email: "ada.married@example.com", name: "Ada", groups: ["desk"] });
  assert.equal(again.me.id, first.me.id);
});

test("a group that changed changes the roles and ends the sessions of before", async () => {
  const before_it = await logged_in({ sub: "s-2", email: "bo@example.com", groups: ["desk"] });
  await logged_in({ sub: "s-2", email: "bo@example.com", groups: ["leads"] });
  await before_it.client.refused(401, "unauthenticated", "GET", "/api/v1/me");
});

test("a user who was there is linked by the verified address", async () => {
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy" });
  const known = await employ(root, "cy@example.com", ["agent"], ["northwind"]);
  const { me } = await logged_in({ sub: "s-3", email: "cy@example.com", groups: ["desk"] });
  assert.equal(me.id, known.me.id);
});

test("refused: no group with a role, no verified address, a deactivated user", async () => {
  const location = async (claims) => (await log_in(claims)).headers.get("location");
  assert.equal(await location({ sub: "s-4", email: "d@example.com", groups: ["others"] }), "/?login_refused=not_permitted");
  assert.equal(await location({ sub: "s-5", email: "e@example.com", email_verified: false, groups: ["desk"] }), "/?login_refused=invalid");
  const { me } = await logged_in({ sub: "s-6", email: "f@example.com", groups: ["desk"] });
  const user = await root.request("GET", `/api/v1/users/${me.id}`);
  assert.equal((await root.patch(`/api/v1/users/${me.id}`, { active: false }, { "If-Match": user.headers.get("etag") })).status, 200);
  assert.equal(await location({ sub: "s-6", email: "f@example.com", groups: ["desk"] }), "/?login_refused=not_permitted");
});

test("refused: another browser's state, a made-up code, a token for somebody else", async () => {
  const claims = { sub: "s-7", email: "g@example.com", groups: ["desk"] };
  const location = (answer) => answer.headers.get("location");
  assert.equal(location(await log_in(claims, (back) => ({ ...back, state: "made-up" }))), "/?login_refused=login_expired");
  assert.equal(location(await log_in(claims, (back) => ({ ...back, cookie: "" }))), "/?login_refused=login_expired");
  assert.equal(location(await log_in(claims, (back) => ({ ...back, code: "made-up" }))), "/?login_refused=provider_unavailable");
  assert.equal(location(await log_in({ ...claims, aud: "another" })), "/?login_refused=provider_unavailable");
  assert.equal(location(await log_in({ ...claims, exp: 1 })), "/?login_refused=provider_unavailable");
});

test("the provider's new key is fetched when a token names it", async () => {
  provider.key = provider.new_key("k2");
  await logged_in({ sub: "s-8", email: "h@example.com", groups: ["it"] });
});

test("a provider that does not answer is asked once, and holds up nobody with a password", async () => {
  const silent = new Provider();
  silent.held = [];
  await silent.listen();
  const other = await start({ RAPPORT_OIDC_CLIENT_SECRET: "x" }, `public_url: http://127.0.0.1:1\noidc: {issuer: "${silent.issuer}", client_id: rapport, roles: {desk: agent}}\n`);
  try {
    await set_up(other);
    let answered = 0;
    const begun = [1, 2, 3, 4].map(async () => {
      const answer = await fetch(`${other.url}/api/v1/login/oidc`, { redirect: "manual" });
      answered += 1;
      return answer.headers.get("location");
    });
    await eventually("the provider is asked", () => silent.held.length === 1);
    // Each has a connection of their own, and so has who asks for this.
    await eventually("all four are in", async () => Number(/^rapport_http_connections (\d+)/m.exec(await (await fetch(`${other.url}/metrics`)).text())[1]) >= 5);
    await new Client(other, "root").login("root", "correct horse battery");
    assert.equal(answered, 0, "they wait while others log in");
    for (const answer of silent.held) answer.writeHead(500).end();
    assert.deepEqual(await Promise.all(begun), Array(4).fill("/?login_refused=provider_unavailable"));
    assert.equal(silent.held.length, 1);
  } finally {
    await other.stop();
    silent.server.closeAllConnections();
    silent.server.close();
  }
});
