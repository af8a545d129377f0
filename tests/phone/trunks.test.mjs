// Trunks by names and by TLS: where DNS says that they are, whose certificate they show; and telephone systems
// that log in to us.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connect_by_tls } from "node:tls";
import { setTimeout as pass } from "node:timers/promises";
import { Carrier, TelephoneSystem } from "./carrier.mjs";
import { Centre, available, away, eventually, loud, recently } from "./centre.mjs";
import { Names } from "./names.mjs";
import { free_udp_port } from "./sipp.mjs";

const outside = Object.values(networkInterfaces()).flat().find((one) => one.family === "IPv4" && !one.internal)?.address ?? "127.0.0.1";
const folder = mkdtempSync(join(tmpdir(), "rapport-trunks-"));

/// A key with a certificate for this name, which vouches for itself.
function identity(name) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/// Takes what comes and says nothing; by TCP nobody is given its number.
async function silent() {
  const socket = createSocket("udp4");
  const port = await free_udp_port();
  await new Promise((bound) => socket.bind(port, "127.0.0.1", bound));
  socket.unref();
  return socket;
}

let names;
let centre;
let ana;
const ends = {};

before(async () => {
  const known = identity("locked.test");
  const unknown = identity("unknown.test");
  for (const name of ["dead", "early", "late"]) ends[name] = await silent();
  ends.plain = await Carrier.open({ hertz: 700, user: "rapport", password: "open-sesame" });
  ends.moved = await Carrier.open({ hertz: 900 });
  ends.locked = await Carrier.open({ hertz: 1300, identity: known });
  ends.other = await Carrier.open({ hertz: 1400, identity: known });
  ends.stranger = await Carrier.open({ hertz: 1500, identity: unknown });
  ends.system = await TelephoneSystem.open({ hertz: 1900, user: "branch", password: "let-me-in", host: outside });
  const here = ["127.0.0.1"];
  names = await Names.open({
    "NAPTR lines.test": [{ order: 20, service: "SIP+D2T", replacement: "_sip._tcp.lines.test" }, { order: 10, service: "SIP+D2U", replacement: "_sip._udp.lines.test" }],
    "SRV _sip._udp.lines.test": [{ priority: 20, port: ends.plain.port, target: "b.lines.test" }, { priority: 10, port: ends.dead.address().port, target: "a.lines.test" }],
    "A a.lines.test": here, "A b.lines.test": here,
    "SRV _sips._tcp.locked.test": [{ priority: 1, port: ends.locked.port, target: "tls.locked.test" }],
    "A tls.locked.test": here, "A another.test": here, "A unknown.test": here,
  });
  const authorities = join(folder, "authorities.pem");
  writeFileSync(authorities, known.cert);
  const trunks = [
    "name=lines host=lines.test user=rapport password=open-sesame register=yes",
    "name=locked host=locked.test transport=tls",
    `name=early host=127.0.0.1:${ends.early.address().port} transport=tls`,
    `name=late host=late.test:${ends.late.address().port} transport=tls`,
    // It shows a certificate that is good, but for another name; the other one that nobody vouches for.
    `name=wrong host=another.test:${ends.other.port} transport=tls`,
    `name=unknown host=unknown.test:${ends.stranger.port} transport=tls`,
    "name=branch logs_in=yes user=branch password=let-me-in number=+442079460500 queue=sales calls=1",
  ];
  centre = await Centre.open({
    RAPPORT_PHONE_SIP: "udp:0.0.0.0:0,tcp:0.0.0.0:0,tls:127.0.0.1:0", RAPPORT_PHONE_TRUNKS: trunks.join(","), RAPPORT_PHONE_TRUNK_CHECK: "1s", RAPPORT_PHONE_RESOLVER: names.address,
    RAPPORT_PHONE_AUTHORITIES: authorities, RAPPORT_PHONE_CALL_HOURS: "00:00-24:00",
  }, { region: "GB" });
  await centre.root.expect(201, "POST", "/api/v1/queues", { id: "sales", brand: "northwind", label: "Sales", offer_seconds: 30, wrap_up_seconds: 1 });
  ana = await centre.agent("ana", 1000);
  await away(ana);
});
after(async () => {
  await centre?.stop();
  names?.close();
  Object.values(ends).forEach((one) => one.close());
  rmSync(folder, { recursive: true, force: true });
});

const up = (trunk) => centre.metric(`rapport_trunk_up{trunk="${trunk}"}`);
const wrapped = () => eventually("the agent is free", async () => (await ana.client.expect(200, "GET", "/api/v1/me/hands")).state.in_hand.length === 0);

/// Calls a customer: who takes it and the agent hear each other; then it ends.
async function calls(carrier, by) {
  const phone = centre.phone(ana, "phone_answers");
  const { interaction } = await ana.client.expect(201, "POST", "/api/v1/calls", { to: "020 7946 0123", brand: "northwind", queue: "support", purpose: "meter reading" });
  await eventually("both hear each other", () => carrier.end.hears(1000, recently()) > loud && ana.end.hears(carrier.end.hertz, recently()) > loud);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${interaction}/end`);
  await phone.done();
  const closed = await centre.closed(interaction);
  assert.equal(closed.events.filter((event) => event.state === "dialled" || event.attributes?.state === "dialled").map((event) => event.trunk ?? event.attributes?.trunk).at(-1), by);
  await eventually("who was called is hung up on", () => carrier.calls.at(-1).ended);
  await wrapped();
  return carrier.calls.at(-1);
}

test("a trunk's name leads to its places in their order; from one that is silent, call and registration go to the next", async () => {
  await eventually("both places are known", async () => (await centre.metric('rapport_trunk_places{trunk="lines"}')) === 2);
  assert.ok(names.asked.includes("NAPTR lines.test") && !names.asked.includes("SRV _sip._tcp.lines.test"));
  await eventually("registered at the place that answers", () => ends.plain.contact !== null);
  const call = await calls(ends.plain, "lines");
  assert.match(call.message.uri, /^sip:\+442079460123@lines\.test/);
});

test("what DNS could not find out changes nothing", async () => {
  const kept = names.records["SRV _sip._udp.lines.test"];
  const unknown = () => centre.metric('rapport_trunk_names_unknown_total{trunk="lines"}');
  const in_vain = async () => {
    const before = await unknown();
    await eventually("it was asked, in vain", async () => (await unknown()) > before);
  };
  names.failing.add("NAPTR lines.test");
  await in_vain(); // none is under way that knew where to ask
  names.records["SRV _sip._udp.lines.test"] = [{ priority: 10, port: ends.moved.port, target: "b.lines.test" }];
  await in_vain();
  assert.equal(await centre.metric('rapport_trunk_places{trunk="lines"}'), 2);
  assert.deepEqual(ends.moved.met, []);
  names.records["SRV _sip._udp.lines.test"] = kept;
  names.failing.clear();
});

test("what DNS says anew is followed, and what it no longer says is left", async () => {
  names.records["SRV _sip._udp.lines.test"] = [{ priority: 10, port: ends.moved.port, target: "b.lines.test" }];
  await eventually("the new place is asked", () => ends.moved.met.includes("OPTIONS"));
  await eventually("it is the only one", async () => (await centre.metric('rapport_trunk_places{trunk="lines"}')) === 1);
  names.records["SRV _sip._udp.lines.test"] = [];
  names.records["NAPTR lines.test"] = [];
  ends.moved.down = true; // what was known stays, and is known to be down
  await eventually("it is down", async () => (await up("lines")) === 0);
});

test("to who connects from a trunk's address by TLS nothing is said that is for the trunk", async () => {
  const connect = (port) => new Promise((settled) => {
    const one = { open: false, heard: [] };
    one.socket = connect_by_tls({ host: "127.0.0.1", port: centre.sip_port("tls"), localPort: port, rejectUnauthorized: false });
    one.socket.on("secureConnect", () => settled(Object.assign(one, { open: true })));
    one.socket.on("data", (bytes) => one.heard.push(bytes));
    one.socket.on("error", () => {});
    one.socket.on("close", () => settled(Object.assign(one, { open: false })));
  });
  const refused = await connect(ends.early.address().port);
  assert.ok(!refused.open);
  const shut = await connect(ends.late.address().port);
  assert.ok(shut.open); // nobody knows yet that a trunk is there
  names.records["A late.test"] = ["127.0.0.1"];
  await eventually("it is shut, for the name leads there", () => !shut.open);
  await eventually("nobody is there", async () => (await up("late")) === 0);
  assert.equal(await centre.metric('rapport_trunk_places{trunk="late"}'), 1);
  assert.deepEqual(shut.heard, []);
});

test("by TLS only with who shows the name's certificate; the sound is locked", async () => {
  await eventually("the right one is up", async () => (await up("locked")) === 1);
  await eventually("those that show a wrong one, or one that nobody vouches for, are down", async () => (await up("wrong")) === 0 && (await up("unknown")) === 0);
  assert.ok(ends.locked.asked_for.includes("locked.test"));
  assert.deepEqual([...ends.stranger.met, ...ends.other.met], []);
  const call = await calls(ends.locked, "locked");
  assert.match(call.message.body, /RTP\/SAVP/);
  assert.equal(ends.locked.end.forged, 0);
});

test("a telephone system proves itself by each call; nobody else gets an answer, and nothing can be said twice", { skip: outside === "127.0.0.1" }, async () => {
  const { system } = ends;
  const port = centre.sip_port("udp", outside);
  const uri = `sip:+442079460777@${outside}:${port}`;
  const body = system.describe();
  const unknown = await centre.metric("rapport_sip_unknown_total");
  const id = system.say(port, "INVITE", uri, { from: "nobody", body });
  await eventually("it was seen", async () => (await centre.metric("rapport_sip_unknown_total")) > unknown);
  assert.ok(!system.answers.some((one) => one.one("call-id") === id));
  const refused = await system.prove(port, "INVITE", uri, { password: "guessed", body });
  assert.match(refused.answer.first, / 403 /);

  const taken = await system.prove(port, "INVITE", uri, { body });
  assert.match(taken.answer.first, / 200 /);
  const live = await centre.live("waiting");
  assert.equal(live.head?.queue ?? live.queue, "sales");
  assert.equal(await centre.metric('rapport_trunk_calls{trunk="branch"}'), 1);
  const second = system.say(port, "INVITE", uri, { body });
  assert.match((await system.answer(second, 1)).first, / 503 /, "it carries one call at a time");

  const tag = `;tag=${/tag=(\S+)/.exec(taken.answer.one("to"))[1]}`;
  system.say(port, "BYE", uri, { id: taken.id, sequence: 3, tag });
  assert.match((await system.answer(taken.id, 3)).first, / 200 /);
  await centre.closed(live.id);

  // From elsewhere, what was said once is asked for anew.
  const listener = await TelephoneSystem.open({ user: "branch", password: "let-me-in", host: outside });
  const again = listener.say(port, "INVITE", uri, { more: taken.proof, body });
  const asked = await listener.answer(again, 1);
  assert.match(asked.first, / 401 /);
  assert.match(asked.one("www-authenticate"), /stale=true/);
  listener.close();
});

test("one that registers is called where it is, and is up as long as it is there", async () => {
  const { system } = ends;
  const port = centre.sip_port("udp", outside);
  const uri = `sip:${outside}:${port}`;
  const registered = await system.prove(port, "REGISTER", uri);
  assert.match(registered.answer.first, / 200 /);
  await eventually("it is there", async () => (await centre.metric('rapport_trunk_registered{trunk="branch"}')) === 1 && (await up("branch")) === 1);
  await eventually("it is asked whether it is", () => system.met.includes("OPTIONS"));
  await ends.locked.socket.close();
  ends.locked.streams.forEach((stream) => stream.destroy());
  await eventually("no other trunk is", async () => (await up("locked")) === 0);
  const call = await calls(system, "branch");
  assert.equal(call.to, "+442079460123");
  assert.equal(call.caller, "+442079460500");
  await pass(100);
});

test("passwords that change at the same time: each phone logs in by its last, and by none before", async () => {
  const staff = [];
  for (const login of ["bea", "cem", "dia", "eli", "fay"]) staff.push(await centre.agent_without_phone(login));
  const before = staff.map((one) => one.password);
  for (let round = 0; round < 6; ++round) {
    await Promise.all(staff.map(async (one) => (one.password = (await centre.root.expect(201, "POST", `/api/v1/users/${one.id}/phone`)).password)));
  }
  const port = centre.sip_port();
  for (const [index, { login, password }] of staff.entries()) {
    const phone = await TelephoneSystem.open({ user: login, password });
    const known = await phone.prove(port, "REGISTER", `sip:127.0.0.1:${port}`);
    assert.match(known.answer.first, / 200 /, login);
    const old = await phone.prove(port, "REGISTER", `sip:127.0.0.1:${port}`, { password: before[index] });
    assert.match(old.answer.first, / 403 /, login);
    phone.close();
  }
});
