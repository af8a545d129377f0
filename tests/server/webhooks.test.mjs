// Webhooks against a real receiver: signed, tried again, dead letters, durable, and only where they may go.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

let server, root, sue, ana, receiver;

/// Takes what is posted, and answers each path as told: a status, or "never"; a list: one after the other, the last from then on.
function receive() {
  const seen = [];
  const answers = {};
  const http = createServer((request, answer) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const told = [answers[request.url] ?? 200].flat();
      const how = told[Math.min(seen.filter((one) => one.path === request.url).length, told.length - 1)];
      seen.push({ path: request.url, headers: request.headers, text: Buffer.concat(parts).toString("utf8"), answered: how });
      if (how === "never") return;
      if (how === "endless") return void answer.writeHead(200).write("x".repeat(100_000));
      answer.writeHead(how, how === 302 ? { Location: "/good" } : {}).end("ok");
    });
  });
  return new Promise((done) => http.listen(0, "127.0.0.1", () => done({
    answers,
    url: (path) => `http://127.0.0.1:${http.address().port}${path}`,
    at: (path) => seen.filter((one) => one.path === path).map((one) => ({ ...one, body: JSON.parse(one.text) })),
    close: () => { http.closeAllConnections(); http.close(); },
  })));
}

/// The receiver's side of docs/webhooks.md.
function is_ours({ headers, text }, secret) {
  const expected = createHmac("sha256", secret).update(`${headers["rapport-timestamp"]}.${text}`).digest("hex");
  const given = headers["rapport-signature"].replace(/^v1=/, "");
  const fresh = Math.abs(Date.now() / 1000 - Number(headers["rapport-timestamp"])) <= 300;
  return fresh && given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

const make = (path, more = {}) => root.expect(201, "POST", "/api/v1/webhooks", { brand: "northwind", label: path, url: receiver.url(path), events: ["interaction.started"], ...more });
const customer = { id: "c-1", name: "Pat Brown" };
const begin = async (brand = "northwind") => (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand, queue: brand === "northwind" ? "billing" : "lost", customer })).interaction;
const letters = async (webhook) => (await root.expect(200, "GET", `/api/v1/dead-letters?webhook=${webhook}`)).items;
async function metric(name) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(text.split("\n").find((line) => line.startsWith(name))?.split(" ").at(-1));
}

before(async () => {
  receiver = await receive();
  server = await start({ RAPPORT_WEBHOOKS_NETWORKS: "127.0.0.0/8", RAPPORT_WEBHOOKS_FIRST_RETRY: "1s", RAPPORT_WEBHOOKS_ATTEMPTS: "2", RAPPORT_WEBHOOKS_TIMEOUT: "10s" });
  root = await set_up(server);
  for (const [brand, queue] of [["northwind", "billing"], ["southsea", "lost"]]) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: brand });
    await root.expect(201, "POST", "/api/v1/queues", { id: queue, brand, label: queue, offer_seconds: 60, wrap_up_seconds: 60 });
  }
  sue = await employ(root, "sue", ["supervisor"], ["northwind", "southsea"]);
  ana = await employ(root, "ana", ["agent"], ["northwind"]);
});
after(async () => { receiver?.close(); await server?.stop(); });

test("a name of which one address is not allowed is reached at another", async () => {
  // "localhost" is [::1] and 127.0.0.1; only the second is of an allowed network.
  const delivered = async () => (await metric('rapport_webhook_attempts_total{outcome="delivered"}')) || 0;
  const count = await delivered();
  const { id } = await make("/named", { url: receiver.url("/named").replace("127.0.0.1", "localhost") });
  await begin();
  await eventually("it counts as delivered", async () => (await delivered()) > count);
  assert.ok(receiver.at("/named").length >= 1);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${id}`);
});

test("what happens is told, signed, with a secret that is shown once", async () => {
  const webhook = await make("/good");
  assert.match(webhook.secret, /^whsec_[\w-]{43}$/);
  const interaction = await begin();
  const [delivery] = await eventually("a delivery", () => receiver.at("/good").length > 0 && receiver.at("/good"));
  assert.ok(is_ours(delivery, webhook.secret));
  assert.equal(delivery.headers["content-type"], "application/json");
  assert.equal(delivery.headers["rapport-event"], "interaction.started");
  assert.equal(delivery.headers["rapport-delivery"], delivery.body.id);
  assert.equal(delivery.body.interaction, interaction);
  assert.equal(delivery.body.brand, "northwind");
  assert.equal(delivery.body.data.queue, "billing");
  assert.ok(!delivery.text.includes("Pat"), delivery.text);
  const read = await root.request("GET", `/api/v1/webhooks/${webhook.id}`);
  assert.equal(read.body.secret, undefined);
  assert.ok((await root.expect(200, "GET", "/api/v1/webhooks")).items.every((one) => one.secret === undefined));
  const replaced = await root.expect(200, "PUT", `/api/v1/webhooks/${webhook.id}`, { ...read.body, label: "renamed" }, { "If-Match": read.headers.get("etag") });
  assert.equal(replaced.secret, undefined);
  await begin();
  const again = await eventually("another", () => receiver.at("/good")[1]);
  assert.ok(is_ours(again, webhook.secret), "the secret stays when the webhook is replaced");
  assert.ok(await metric('rapport_webhook_attempts_total{outcome="delivered"}') >= 2);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("a receiver sees what is forged or changed", async () => {
  const webhook = await make("/forged");
  await begin();
  const delivery = await eventually("a delivery", () => receiver.at("/forged")[0]);
  assert.ok(is_ours(delivery, webhook.secret));
  assert.ok(!is_ours(delivery, "whsec_another"));
  assert.ok(!is_ours({ ...delivery, text: delivery.text.replace("billing", "selling") }, webhook.secret));
  const later = String(Number(delivery.headers["rapport-timestamp"]) + 1);
  assert.ok(!is_ours({ ...delivery, headers: { ...delivery.headers, "rapport-timestamp": later } }, webhook.secret));
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("an interaction's deliveries come in order, from start to close", async () => {
  const webhook = await make("/order", { events: ["interaction.started", "interaction.changed", "interaction.event", "interaction.closed", "flag.raised", "help.requested"] });
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "tests" });
  const { interaction } = await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer, agent: ana.me.user });
  const at = (name) => `/api/v1/interactions/${interaction}/${name}`;
  await ana.expect(200, "POST", at("events"), { kind: "message", text: "We speak of account 88123." });
  await ana.expect(200, "POST", at("events"), { kind: "flagged", reason: "bereavement" });
  await ana.expect(200, "POST", at("end"));
  await ana.expect(200, "POST", at("wrap-up"), {});
  const told = await eventually("it is closed", () => {
    const all = receiver.at("/order").filter((one) => one.body.interaction === interaction);
    return all.some((one) => one.body.event === "interaction.closed") && all;
  });
  assert.equal(told[0].body.event, "interaction.started");
  assert.equal(told.at(-1).body.event, "interaction.closed");
  const ids = told.map((one) => one.body.id);
  assert.deepEqual(ids, [...ids].sort());
  assert.deepEqual(told.filter((one) => one.body.event === "interaction.event").map((one) => one.body.data.number), [...Array(told.filter((one) => one.body.event === "interaction.event").length).keys()].map((number) => number + 1));
  assert.ok(told.some((one) => one.body.event === "flag.raised" && one.body.data.agent === ana.me.user));
  for (const one of told) assert.ok(!/88123|Pat|bereavement/.test(one.text), one.text);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("500, then good: the same delivery comes again under its id", async () => {
  receiver.answers["/flaky"] = [500, 200];
  const webhook = await make("/flaky");
  await begin();
  const [first, second] = await eventually("another attempt", () => receiver.at("/flaky").length >= 2 && receiver.at("/flaky"));
  assert.equal(second.headers["rapport-delivery"], first.headers["rapport-delivery"]);
  assert.equal(second.text, first.text);
  assert.ok(is_ours(second, webhook.secret));
  assert.deepEqual(await letters(webhook.id), []);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("never good: a dead letter, tried again, all tried again, dropped", async () => {
  receiver.answers["/bad"] = 500;
  const webhook = await make("/bad");
  const interaction = await begin();
  const [letter] = await eventually("a dead letter", async () => (await letters(webhook.id)).length === 1 && letters(webhook.id));
  assert.deepEqual([letter.interaction, letter.attempts, letter.why, letter.brand, letter.event], [interaction, 2, "answered 500", "northwind", "interaction.started"]);
  assert.ok(await metric("rapport_webhook_dead_letters ") >= 1);
  receiver.answers["/bad"] = 200;
  await root.expect(204, "POST", `/api/v1/dead-letters/${letter.id}/retry`);
  const third = await eventually("it comes", () => receiver.at("/bad")[2]);
  assert.equal(third.body.id, letter.id);
  await root.refused(404, "not_found", "POST", `/api/v1/dead-letters/${letter.id}/retry`);

  receiver.answers["/bad"] = 410;
  await Promise.all([begin(), begin(), begin()]);
  const dead = await eventually("three dead letters", async () => (await letters(webhook.id)).length === 3 && letters(webhook.id));
  assert.ok(dead.every((one) => one.attempts === 1 && one.why === "answered 410"), "who says gone is not asked again");
  await root.expect(204, "DELETE", `/api/v1/dead-letters/${dead[0].id}`);
  receiver.answers["/bad"] = 200;
  assert.deepEqual(await root.expect(200, "POST", `/api/v1/webhooks/${webhook.id}/retry`), { count: 2 });
  for (const one of dead.slice(1)) await eventually("they come", () => receiver.at("/bad").filter((each) => each.body.id === one.id).length === 2);
  assert.equal(receiver.at("/bad").filter((each) => each.body.id === dead[0].id).length, 1, "what was dropped stays away");
  assert.deepEqual(await letters(webhook.id), []);
  const actions = (await root.expect(200, "GET", "/api/v1/audit?limit=500")).items.map((one) => one.action);
  for (const action of ["webhook.create", "dead_letter.retry", "dead_letter.drop", "webhook.retry"]) assert.ok(actions.includes(action), action);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("who hangs, redirects or answers without end costs the others nothing", async () => {
  Object.assign(receiver.answers, { "/hangs": "never", "/elsewhere": 302, "/endless": "endless" });
  const hooks = [await make("/hangs"), await make("/elsewhere"), await make("/endless"), await make("/quick")];
  await begin();
  await eventually("the quick one is told", () => receiver.at("/quick").length === 1);
  const [hung] = await eventually("given up", async () => (await letters(hooks[0].id)).length === 1 && letters(hooks[0].id));
  assert.match(hung.why, /[Tt]imeout/);
  const [sent_on] = await eventually("a redirect is a failure", async () => (await letters(hooks[1].id)).length === 1 && letters(hooks[1].id));
  assert.equal(sent_on.why, "answered 302");
  assert.equal(receiver.at("/endless").length, 1, "its status counts");
  for (const one of hooks) await root.expect(204, "DELETE", `/api/v1/webhooks/${one.id}`);
  assert.deepEqual((await root.expect(200, "GET", "/api/v1/dead-letters")).items, [], "a webhook's dead letters go with it");
});

test("what was acknowledged is told after kill -9", async () => {
  receiver.answers["/late"] = 503;
  const webhook = await make("/late");
  const begun = [];
  for (let i = 0; i < 10; ++i) begun.push(await begin());
  receiver.answers["/late"] = 200;
  await server.crash();
  const told = (one) => receiver.at("/late").some((each) => each.body.interaction === one && each.answered === 200);
  await eventually("all are told", async () => {
    await root.expect(200, "POST", `/api/v1/webhooks/${webhook.id}/retry`);  // those that were given up while it failed
    return begun.every(told);
  });
  const by_interaction = Map.groupBy?.(receiver.at("/late"), (one) => one.body.interaction);
  for (const [, told] of by_interaction ?? []) assert.equal(new Set(told.map((one) => one.body.id)).size, 1, "a repeat has its id");
  await eventually("no dead letters", async () => (await letters(webhook.id)).length === 0);
  assert.equal((await root.expect(200, "GET", `/api/v1/webhooks/${webhook.id}`)).label, "/late");
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("words only by who may take them out of the centre", async () => {
  const asked = { brand: "northwind", label: "words", url: receiver.url("/words"), events: ["interaction.started", "interaction.event"], words: true };
  await root.refused(403, "not_permitted", "POST", "/api/v1/webhooks", asked);
  const ada = await employ(root, "ada", ["administrator", "analyst"], ["*"]);
  const webhook = await ada.expect(201, "POST", "/api/v1/webhooks", asked);
  const { secret, ...shown } = webhook;
  await root.refused(403, "not_permitted", "PUT", `/api/v1/webhooks/${webhook.id}`, { ...shown, url: receiver.url("/mine") }, { "If-Match": '"1"' });
  await begin();
  const delivery = await eventually("a delivery", () => receiver.at("/words").find((one) => one.body.event === "interaction.started"));
  assert.equal(delivery.body.data.customer_name, "Pat Brown");
  assert.ok(is_ours(delivery, secret));
  await root.expect(200, "PUT", `/api/v1/webhooks/${webhook.id}`, { ...shown, words: false }, { "If-Match": '"1"' });
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("a brand's webhooks and dead letters are its own", async () => {
  receiver.answers["/south"] = 410;
  const narrow = await employ(root, "nora", ["administrator"], ["northwind"]);
  const webhook = await make("/south", { brand: "southsea" });
  const north = await make("/north");
  await begin("southsea");
  const [letter] = await eventually("a dead letter", async () => (await letters(webhook.id)).length === 1 && letters(webhook.id));
  assert.deepEqual((await narrow.expect(200, "GET", "/api/v1/webhooks")).items.map((one) => one.id), [north.id]);
  assert.deepEqual((await narrow.expect(200, "GET", "/api/v1/dead-letters")).items, []);
  await narrow.refused(403, "not_permitted", "GET", "/api/v1/dead-letters?brand=southsea");
  await narrow.refused(404, "not_found", "GET", `/api/v1/webhooks/${webhook.id}`);
  await narrow.refused(404, "not_found", "POST", `/api/v1/webhooks/${webhook.id}/retry`);
  await narrow.refused(404, "not_found", "POST", `/api/v1/dead-letters/${letter.id}/retry`);
  await narrow.refused(404, "not_found", "DELETE", `/api/v1/dead-letters/${letter.id}`);
  await narrow.refused(403, "not_permitted", "POST", "/api/v1/webhooks", { brand: "southsea", label: "x", url: receiver.url("/x"), events: ["interaction.started"] });
  assert.equal(receiver.at("/north").length, 0, "northwind's is not told of southsea's");
  for (const one of [webhook, north]) await root.expect(204, "DELETE", `/api/v1/webhooks/${one.id}`);
});

test("what is inactive is told nothing new", async () => {
  const webhook = await make("/idle", { active: false });
  await begin();
  const { secret, ...shown } = webhook;
  assert.ok(secret);
  await root.expect(200, "PUT", `/api/v1/webhooks/${webhook.id}`, { ...shown, active: true }, { "If-Match": '"1"' });
  const interaction = await begin();
  const first = await eventually("a delivery", () => receiver.at("/idle")[0]);
  assert.equal(first.body.interaction, interaction);
  await root.expect(204, "DELETE", `/api/v1/webhooks/${webhook.id}`);
});

test("they go only where they may", async () => {
  const asked = (url) => ({ brand: "northwind", label: "x", url, events: ["interaction.started"] });
  for (const url of ["http://example.com/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data", "https://[::1]/", "http://[::1]/", "https://user:pw@example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1/", "not a url"]) {
    await root.refused(422, "invalid", "POST", "/api/v1/webhooks", asked(url));
  }
  await root.refused(422, "invalid", "POST", "/api/v1/webhooks", { ...asked(receiver.url("/x")), events: [] });
  await root.refused(422, "invalid", "POST", "/api/v1/webhooks", { ...asked(receiver.url("/x")), events: ["interaction.deleted"] });
  await root.refused(422, "invalid", "POST", "/api/v1/webhooks", { ...asked(receiver.url("/x")), secret: "mine" });
  await root.refused(422, "invalid", "POST", "/api/v1/webhooks", { ...asked(receiver.url("/x")), brand: "no-such-brand" });
  for (const url of ["/api/v1/webhooks", "/api/v1/dead-letters"]) await sue.refused(403, "not_permitted", "GET", url);
});

test("by default nothing inside is reached, whatever a name leads to", async () => {
  const plain = await start({ RAPPORT_WEBHOOKS_ATTEMPTS: "1" });
  try {
    const boss = await set_up(plain);
    await boss.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "northwind" });
    await boss.expect(201, "POST", "/api/v1/queues", { id: "billing", brand: "northwind", label: "b", offer_seconds: 60, wrap_up_seconds: 60 });
    const helper = await employ(boss, "sam", ["supervisor"], ["northwind"]);
    await boss.refused(422, "invalid", "POST", "/api/v1/webhooks", { brand: "northwind", label: "x", url: receiver.url("/inside"), events: ["interaction.started"] });
    const port = new URL(receiver.url("/")).port;
    const webhook = await boss.expect(201, "POST", "/api/v1/webhooks", { brand: "northwind", label: "x", url: `https://localhost:${port}/inside`, events: ["interaction.started"] });
    await helper.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer });
    await eventually("a dead letter", async () => (await boss.expect(200, "GET", `/api/v1/dead-letters?webhook=${webhook.id}`)).items.some((one) => /public internet/.test(one.why)));
    assert.equal(receiver.at("/inside").length, 0);
  } finally {
    await plain.stop();
  }
});

test("nobody else may", async () => {
  const nobody = new Client(server);
  await nobody.refused(401, "unauthenticated", "GET", "/api/v1/webhooks");
  await ana.refused(403, "not_permitted", "GET", "/api/v1/dead-letters");
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
