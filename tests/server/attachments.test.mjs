// Attachments: sent by agents and customers, known by their content, fetched by who may see the interaction.

import { createHash, randomBytes } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { nowhere } from "./requests.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), Buffer.from("IHDR"), Buffer.alloc(300_000, 7)]);
const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(1_300_000, "x")]);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
let server, root, ana, ben, ruth, sue, quinn, ada, south;

before(async () => {
  server = await start({ RAPPORT_LIMITS_ATTACHMENT_MEGABYTES: "2" });
  root = await set_up(server);
  for (const [brand, queue] of [["northwind", "billing"], ["southsea", "lost"]]) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: brand });
    await root.expect(201, "POST", "/api/v1/queues", { id: queue, brand, label: queue, offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const staff = [["ana", "agent", "northwind"], ["ben", "agent", "northwind"], ["ruth", "agent", "southsea"], ["sue", "supervisor", "northwind"], ["quinn", "quality", "northwind"], ["ada", "analyst", "northwind"], ["sid", "supervisor", "southsea"]];
  [ana, ben, ruth, sue, quinn, ada, south] = await Promise.all(staff.map(([login, role, brand]) => employ(root, login, [role], [brand])));
  await root.expect(201, "POST", "/api/v1/agents", { id: ana.me.user, capacity: { voice: 1, chat: 20, email: 1, message: 1 } });
  await ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "tests" });
});
after(async () => { await server?.stop(); });

const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;
/// A chat that Ana has in hand.
const with_ana = async () => (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { id: "c-1", name: "Pat Brown" }, agent: ana.me.user })).interaction;
/// A customer in a chat of their own, which Ana takes over if she is to have it.
async function visitor(brand = "northwind", queue = "billing") {
  const customer = new Client(server, "customer");
  customer.token = (await customer.expect(201, "POST", "/api/v1/customer-sessions", { brand, name: "Pat" })).token;
  const begun = await customer.expect(201, "POST", "/api/v1/conversation", { queue });
  customer.token = begun.token;
  customer.interaction = begun.interaction;
  return customer;
}
async function send(client, path, bytes, name, id) {
  const query = new URLSearchParams({ ...(name === undefined ? {} : { name }), ...(id ? { id } : {}) });
  return client.request("POST", `${path}?${query}`, { raw: bytes, headers: { "Content-Type": "application/octet-stream" } });
}
async function sent(client, path, bytes, name, id) {
  const answer = await send(client, path, bytes, name, id);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}
/// As bytes; the client of the tests reads text.
async function fetched(client, path) {
  const headers = client.cookie ? { Cookie: client.cookie } : { Authorization: `Bearer ${client.token}` };
  const answer = await fetch(server.url + path, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test("an agent's file is named in a message and comes back as it was", async () => {
  const interaction = await with_ana();
  const made = await sent(ana, at(interaction, "attachments"), png, "meter.png");
  assert.deepEqual({ ...made.attachment, id: "" }, { id: "", name: "meter.png", media_type: "image/png", bytes: png.length, sha256: sha256(png) });
  const { events } = await ana.expect(200, "GET", at(interaction));
  const message = events.find((one) => one.id === made.event);
  assert.equal(message.kind, "message");
  assert.equal(message.by, "agent");
  assert.deepEqual(message.attachments, [made.attachment]);
  for (const who of [ana, sue, quinn]) {
    const file = await fetched(who, at(interaction, `attachments/${made.attachment.id}`));
    assert.equal(file.status, 200, who.name);
    assert.ok(file.bytes.equals(png));
  }
  const { headers } = await fetched(ana, at(interaction, `attachments/${made.attachment.id}`));
  assert.equal(headers.get("content-type"), "image/png");
  assert.equal(headers.get("content-disposition"), "attachment; filename=\"meter.png\"; filename*=UTF-8''meter.png");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("content-security-policy"), /default-src 'none'.*sandbox/);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("etag"), `"${sha256(png)}"`);
});

test("a large file, in parts, after kill -9 and after the interaction has closed", async () => {
  const interaction = await with_ana();
  const { attachment } = await sent(ana, at(interaction, "attachments"), pdf, "bill.pdf");
  await server.crash();
  assert.ok((await fetched(ana, at(interaction, `attachments/${attachment.id}`))).bytes.equals(pdf));
  await ana.expect(200, "POST", at(interaction, "end"));
  await ana.expect(200, "POST", at(interaction, "wrap-up"), {});
  await eventually("it is closed", async () => (await quinn.expect(200, "GET", at(interaction))).closed_at !== null);
  assert.ok((await fetched(quinn, at(interaction, `attachments/${attachment.id}`))).bytes.equals(pdf));
  const late = await send(ana, at(interaction, "attachments"), png, "late.png");
  assert.deepEqual([late.status, late.body.code], [404, "unknown_interaction"]);
});

test("a customer sends, sees and fetches in their own conversation alone", async () => {
  const pat = await visitor();
  const made = await sent(pat, "/api/v1/conversation/attachments", png, "photo.png");
  const { events } = await pat.expect(200, "GET", "/api/v1/conversation");
  const shown = events.find((one) => one.id === made.event);
  assert.equal(shown.by, "customer");
  assert.deepEqual(shown.attachments, [made.attachment]);
  const own = `/api/v1/conversation/attachments/${made.attachment.id}`;
  assert.ok((await fetched(pat, own)).bytes.equals(png));
  assert.ok((await fetched(sue, at(pat.interaction, `attachments/${made.attachment.id}`))).bytes.equals(png));

  const other = await visitor();
  assert.equal((await fetched(other, own)).status, 404, "of another session");
  await other.refused(404, "not_found", "GET", own);
  const stranger = new Client(server);
  stranger.token = (await stranger.expect(201, "POST", "/api/v1/customer-sessions", { brand: "northwind" })).token;
  await stranger.refused(404, "not_found", "GET", own);
  const none = await send(stranger, "/api/v1/conversation/attachments", png, "x.png");
  assert.deepEqual([none.status, none.body.code], [404, "not_found"]);
  assert.equal((await fetched(new Client(server), own)).status, 401);
  await pat.expect(200, "POST", "/api/v1/conversation/end");
  const over = await send(pat, "/api/v1/conversation/attachments", png, "x.png");
  assert.ok([404, 409].includes(over.status), over.text);
});

test("who does not have the interaction in hand adds nothing; who may not see it fetches nothing", async () => {
  const interaction = await with_ana();
  const { attachment } = await sent(ana, at(interaction, "attachments"), png, "a.png");
  const file = at(interaction, `attachments/${attachment.id}`);
  for (const [who, status] of [[ben, 404], [sue, 404], [ruth, 404], [ada, 403], [root, 403]]) {
    const answer = await send(who, at(interaction, "attachments"), png, "b.png");
    assert.equal(answer.status, status, `${who.name}: ${answer.text}`);
  }
  for (const [who, status] of [[ben, 404], [ruth, 404], [south, 404], [ada, 403], [root, 403]]) assert.equal((await fetched(who, file)).status, status, who.name);
  const elsewhere = await with_ana();
  assert.equal((await fetched(ana, at(elsewhere, `attachments/${attachment.id}`))).status, 404, "under another interaction");
  assert.equal((await fetched(ana, at(nowhere, `attachments/${attachment.id}`))).status, 404);
  assert.equal((await fetched(ana, at(interaction, `attachments/${attachment.id}.0`))).status, 404, "a part is none");
  assert.ok([400, 404].includes((await fetched(ana, at(interaction, "attachments/..%2f..%2fsecret.key"))).status));
  const lost = await visitor("southsea", "lost");
  const south_file = (await sent(lost, "/api/v1/conversation/attachments", png, "s.png")).attachment;
  assert.equal((await fetched(quinn, at(lost.interaction, `attachments/${south_file.id}`))).status, 404, "of another brand");
  assert.equal((await fetched(quinn, at(interaction, `attachments/${south_file.id}`))).status, 404, "of another brand, under one's own");
  assert.equal((await fetched(south, at(lost.interaction, `attachments/${south_file.id}`))).status, 200);
});

test("what is attached is what its content says, not its name", async () => {
  const interaction = await with_ana();
  const path = at(interaction, "attachments");
  const refused = { "a.png": "<html><script>alert(1)</script>", "b.pdf": "MZ\x90\0\x03", "c.jpg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "d.txt": "#!/bin/sh\n", "e.txt": "PK\x03\x04 an archive", "f.txt": Buffer.from([0xff, 0xfe, 0x41, 0]), "g.xml": "<?xml version='1.0'?><a/>" };
  for (const [name, content] of Object.entries(refused)) {
    const answer = await send(ana, path, content, name);
    assert.deepEqual([answer.status, answer.body.code], [415, "kind_not_allowed"], name);
  }
  const empty = await send(ana, path, "", "empty.txt");
  assert.deepEqual([empty.status, empty.body.code], [422, "invalid"]);
  const { events } = await ana.expect(200, "GET", at(interaction));
  assert.ok(events.every((one) => one.attachments === undefined), "nothing of it was told");
  const made = await sent(ana, path, "Meter: 4711", "page.html");
  assert.deepEqual([made.attachment.name, made.attachment.media_type], ["page.html.txt", "text/plain; charset=utf-8"]);
  await ana.refused(422, "invalid", "POST", at(interaction, "events"), { kind: "message", text: "see there", attachments: [{ id: "x", name: "y" }] });
});

test("hostile names are made harmless", async () => {
  const interaction = await with_ana();
  const names = { "../../../etc/passwd": "passwd.png", "C:\\boot.ini": "boot.ini.png", 'a"; filename="b.exe': "a__ filename=_b.exe.png", "a\r\nSet-Cookie: s=1": "a__Set-Cookie_ s=1.png", "cod\u202egnp.exe": "codgnp.exe.png", "": "attachment.png", "...": "attachment.png", "z\u00e4hler \u6c34.png": "z\u00e4hler \u6c34.png" };
  for (const [given, kept] of Object.entries(names)) {
    const { attachment } = await sent(ana, at(interaction, "attachments"), png, given);
    assert.equal(attachment.name, kept, JSON.stringify(given));
    const { headers } = await fetched(ana, at(interaction, `attachments/${attachment.id}`));
    assert.equal(headers.get("set-cookie"), null);
    assert.match(headers.get("content-disposition"), /^attachment; filename="[\w .-]+"; filename\*=UTF-8''[\w.%-]+$/);
  }
  const long = (await sent(ana, at(interaction, "attachments"), png, "\u6c34".repeat(400))).attachment.name;
  assert.ok(Buffer.byteLength(long) <= 200 && long.endsWith(".png") && !long.includes("\ufffd"));
  const card = (await sent(ana, at(interaction, "attachments"), png, "card 4111 1111 1111 1111.png")).attachment.name;
  assert.ok(!card.includes("1111 1111"), card);
});

test("too large, and too many", async () => {
  const interaction = await with_ana();
  const path = at(interaction, "attachments");
  const large = await fetch(`${server.url}${path}?name=x.pdf`, { method: "POST", body: Buffer.concat([pdf, pdf]), headers: { Cookie: ana.cookie, "X-CSRF-Token": ana.csrf } }).catch(() => null);
  if (large) assert.equal(large.status, 413);
  for (let i = 0; i < 50; ++i) await sent(ana, path, `file ${i}`, `${i}.txt`);
  const more = await send(ana, path, "one more", "more.txt");
  assert.deepEqual([more.status, more.body.code], [422, "too_many"]);
});

test("sent again under its id it counts once", async () => {
  const interaction = await with_ana();
  const first = await sent(ana, at(interaction, "attachments"), png, "a.png", "upload-1");
  const second = await sent(ana, at(interaction, "attachments"), png, "a.png", "upload-1");
  assert.deepEqual(second, first);
  const { events } = await ana.expect(200, "GET", at(interaction));
  assert.equal(events.filter((one) => one.attachments).length, 1);
  const other = await send(ana, at(interaction, "attachments"), pdf, "a.pdf", "upload-1");
  assert.deepEqual([other.status, other.body.code], [409, "event_exists"]);
  assert.ok((await fetched(ana, at(interaction, `attachments/${first.attachment.id}`))).bytes.equals(png), "the first stays what it was");
});

test("files under an id that a message has are not kept, nor many at once under a new one", async () => {
  const pat = await visitor();
  const own = "/api/v1/conversation/attachments";
  await pat.expect(200, "POST", "/api/v1/conversation/messages", { text: "hello", id: "m1" });
  const data = join(server.home, "data");
  const kept = () => readdirSync(data).filter((name) => name.startsWith("rapport.db")).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  const before = kept();
  for (let i = 0; i < 4; ++i) {
    const answer = await send(pat, own, Buffer.concat([pdf, randomBytes(500_000)]), "a.pdf", "m1");
    assert.deepEqual([answer.status, answer.body.code], [409, "event_exists"]);
  }
  assert.ok(kept() - before < pdf.length, `nothing of it is kept: ${kept() - before} bytes`);
  const same = await Promise.all(Array.from({ length: 4 }, (_, i) => eventually("it is told", async () => {
    const answer = await send(pat, own, `new ${i}`, "b.txt", "n");
    return answer.status !== 503 && answer;
  })));
  assert.deepEqual(same.map((one) => one.status).sort(), [201, 409, 409, 409], "one of them has the id");
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => send(pat, own, `more ${i}`, "b.txt", `n${i}`)));
  assert.ok(answers.every((one) => [201, 422, 503].includes(one.status)), answers.map((one) => one.text).join());
  const { events } = await pat.expect(200, "GET", "/api/v1/conversation");
  assert.ok(events.filter((one) => one.attachments).length <= 50);
  const long = await send(pat, own, "x", "c.txt", "x".repeat(101));
  assert.deepEqual([long.status, long.body.code], [400, "malformed"]);
});

test("many at once take no more memory than there is for them, and all get through in the end", async () => {
  const interactions = await Promise.all(Array.from({ length: 4 }, with_ana));
  await Promise.all(interactions.flatMap((one) => Array.from({ length: 6 }, () => eventually("it is taken", async () => {
    const answer = await send(ana, at(one, "attachments"), pdf, "bill.pdf");
    if (answer.status === 503) return null;
    assert.equal(answer.status, 201, answer.text);
    return answer;
  }, 120_000))));
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
