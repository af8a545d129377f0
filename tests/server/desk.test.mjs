// What the desk asks beside the conversation itself: another system's address, one's account, strangers, and
// how far a warm transfer is.

import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, employ, set_up, start, undescribed } from "./server.mjs";

let server, root, ana, ben, sue;
before(async () => {
  server = await start();
  root = await set_up(server);
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy" });
  await root.expect(201, "POST", "/api/v1/queues", { id: "billing", brand: "northwind", offer_seconds: 60, wrap_up_seconds: 60 });
  [ana, ben, sue] = await Promise.all([["ana", "agent"], ["ben", "agent"], ["sue", "supervisor"]].map(([login, role]) => employ(root, login, [role], ["northwind"])));
});
after(async () => { await server?.stop(); });

const at = (interaction, name) => `/api/v1/interactions/${interaction}/${name}`;
/// The code of an authenticator (RFC 6238) at a moment; the key is in base 32.
function code_of(key, at_ms) {
  const bits = [...key.replace(/=+$/, "")].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at_ms / 30_000)));
  const hash = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a brand's address in another system is kept, seen by its agents, and checked", async () => {
  const screen_pop = "https://crm.example/find?phone={customer.phone}&case={case.id}&interaction={interaction.id}";
  const made = await root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "South Sea", screen_pop });
  assert.equal(made.screen_pop, screen_pop);
  assert.equal((await ana.expect(200, "GET", "/api/v1/brands")).items.some((one) => one.screen_pop), false, "another brand's is not seen");
  const replace = async (address, status) => {
    const now = await root.request("GET", "/api/v1/brands/northwind");
    return root.expect(status, "PUT", "/api/v1/brands/northwind", { ...now.body, screen_pop: address }, { "If-Match": now.headers.get("etag") });
  };
  await replace(screen_pop, 200);
  assert.equal((await ana.expect(200, "GET", "/api/v1/brands/northwind")).screen_pop, screen_pop);
  const unknown = await replace("https://crm.example/{customer.fon}", 422);
  assert.equal(unknown.code, "invalid");
  assert.match(unknown.detail, /screen_pop: .*"\{customer\.fon\}".*\{customer\.phone\}/);
  for (const wrong of ["javascript:alert({case.id})", "https://{customer.name}/", "https://ana@crm.example/", `https://crm.example/${"a".repeat(2_000)}`, 7]) {
    assert.match((await replace(wrong, 422)).detail, /^screen_pop: /);
  }
  assert.equal((await replace("", 200)).screen_pop, "");
});

test("nobody logs in by a provider where none is configured", async () => {
  assert.deepEqual(await new Client(server).expect(200, "GET", "/api/v1/login"), { oidc: null });
});

test("one's account says whether a second factor is set, and which session is this one", async () => {
  const one = await new Client(server, "ana").login("ana", "a long pass phrase of ana");
  assert.equal((await one.expect(200, "GET", "/api/v1/me")).second_factor, false);
  const { key } = await one.expect(201, "POST", "/api/v1/me/second-factor");
  assert.equal((await one.expect(200, "GET", "/api/v1/me")).second_factor, false, "an offered key is none yet");
  await one.expect(200, "POST", "/api/v1/me/second-factor/confirm", { code: code_of(key, Date.now()) });
  assert.equal((await one.expect(200, "GET", "/api/v1/me")).second_factor, true);
  const { items } = await one.expect(200, "GET", "/api/v1/me/sessions");
  assert.ok(items.length >= 2);
  const { session } = await one.expect(200, "GET", "/api/v1/me");
  assert.deepEqual(items.filter((other) => other.current).map((other) => other.id), [session.id]);
  await one.expect(204, "POST", "/api/v1/me/second-factor/remove", { code: code_of(key, Date.now() + 30_000) }); // each step is taken once, and the next one already
  assert.equal((await one.expect(200, "GET", "/api/v1/me")).second_factor, false);
  const { secret } = await one.expect(201, "POST", "/api/v1/me/tokens", { name: "a program", scopes: ["configuration.read"] });
  const program = Object.assign(new Client(server, "program"), { token: secret });
  assert.equal("second_factor" in (await program.expect(200, "GET", "/api/v1/me")), false, "a program learns nothing of it");
});

test("a visitor without a name is a stranger, a customer is none", async () => {
  const visitor = new Client(server, "visitor");
  visitor.token = (await visitor.expect(201, "POST", "/api/v1/customer-sessions", { brand: "northwind" })).token;
  const begun = await visitor.expect(201, "POST", "/api/v1/conversation", { queue: "billing" });
  assert.equal((await sue.expect(200, "GET", `/api/v1/interactions/${begun.interaction}`)).stranger, true);
  const { interactions } = await sue.expect(200, "GET", "/api/v1/floor");
  assert.equal(interactions.find((one) => one.id === begun.interaction).stranger, true);
  visitor.token = begun.token;
  await visitor.post("/api/v1/conversation/end", {});
  await sue.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "back office" }); // she is given it, and offered nothing else
  const known = await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", agent: sue.me.user, customer: { id: "anon-c-1", name: "Pat" } });
  assert.equal((await sue.expect(200, "GET", `/api/v1/interactions/${known.interaction}`)).stranger, false, "an id that a brand gave is not ours");
  await sue.expect(200, "POST", at(known.interaction, "end"));
  await sue.expect(200, "POST", at(known.interaction, "wrap-up"), {});
});

test("who asks a colleague to take over sees how far that is", async () => {
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const { interaction } = await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { name: "Pat" } });
  await ana.expect(200, "POST", at(interaction, "answer"));
  await ben.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const asked = async () => (await ana.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.find((one) => one.interaction === interaction).asked;
  const by_ben = (state) => ({ state, agent: ben.me.user, name: ben.me.name });
  assert.equal(await asked(), undefined);
  const ask = () => ana.expect(200, "POST", at(interaction, "transfer"), { to: "agent", target: ben.me.user, warm: true });
  await ask();
  assert.deepEqual(await asked(), by_ben("offered"));
  await ben.expect(200, "POST", at(interaction, "refuse"));
  assert.deepEqual(await asked(), { state: "waiting", agent: "", name: "" }, "it waits for whoever is free");
  await ana.expect(200, "POST", at(interaction, "cancel-transfer"));
  assert.equal(await asked(), undefined);
  await ben.expect(200, "POST", "/api/v1/me/resume");
  await ask();
  await ben.expect(200, "POST", at(interaction, "answer"));
  assert.deepEqual(await asked(), by_ben("reading"));
  assert.equal((await ben.expect(200, "GET", "/api/v1/me/hands")).state.in_hand[0].asked, undefined, "whoever is asked asks nobody");
  await ben.expect(200, "POST", at(interaction, "acknowledge"));
  assert.deepEqual(await asked(), by_ben("read"));
  await ana.expect(200, "POST", at(interaction, "complete-transfer"));
  assert.equal(await asked(), undefined);
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await ben.expect(200, "POST", at(interaction, "end"));
  await ben.expect(200, "POST", at(interaction, "wrap-up"), {});
});

test("all of it fits the description", () => assert.deepEqual([...undescribed], []));
