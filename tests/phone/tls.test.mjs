// SIP by TLS, with sound by SRTP whose keys SDP tells: a caller and an agent's phone.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Centre, available, loud, talking } from "./centre.mjs";
import { loudest } from "./sound.mjs";
import { SecureEnd, TlsPhone, describe_locked } from "./secure.mjs";

let centre;
before(async () => {
  centre = await Centre.open({ RAPPORT_PHONE_SIP: "udp:127.0.0.1:0,tls:127.0.0.1:0" });
});
after(() => centre?.stop());

const certificate = () => readFileSync(join(centre.server.home, "data", "tls.crt"));
const open = () => TlsPhone.open(centre.sip_port("tls"), certificate());

test("a call by TLS and SRTP at both ends is heard both ways, kept, and hung up by the agent", async () => {
  const ana = await centre.agent_without_phone("ana");
  ana.end = await SecureEnd.open(650);
  const desk = await open();
  await desk.log_in("ana", ana.password);
  await available(ana);

  const caller = { end: await SecureEnd.open(1000), phone: await open() };
  const from = "<sip:+442079460123@127.0.0.1>;tag=c";
  const id = caller.phone.request("INVITE", "sip:support@127.0.0.1", { from, body: describe_locked(caller.end) });
  const rung = await desk.next(/^INVITE /);
  ana.end.learn(rung);
  const taken = await caller.phone.next(/^SIP\/2\.0 200/);
  caller.end.learn(taken);
  caller.phone.to = /^To: (.+)\r$/im.exec(taken)[1];
  caller.phone.request("ACK", "sip:support@127.0.0.1", { from, id });
  desk.reply(rung, "200 OK", { body: describe_locked(ana.end), mark: "a" });
  await desk.next(/^ACK /);
  // Ends send to who sends to them; ours sends first.
  await talking(caller, ana, 1_000);
  assert.equal(caller.end.forged + ana.end.forged, 0);

  const live = await centre.live("connected");
  const field = (name) => new RegExp(`^${name}: (.+)\r$`, "im").exec(rung)[1];
  desk.to = field("From");
  desk.request("BYE", /<(.+)>/.exec(field("Contact"))[1], { from: `${field("To")};tag=a`, id: field("Call-ID"), sequence: 9 });
  await desk.next(/^SIP\/2\.0 200/);
  caller.phone.reply(await caller.phone.next(/^BYE /), "200 OK");

  const sound = await centre.recording(live.id);
  assert.ok(loudest(sound.customer, 1000) > loud / 2, "the caller is in the recording");
  assert.ok(loudest(sound.agents, 650) > loud / 2, "the agent is in the recording");
  [desk, caller.phone, caller.end, ana.end].forEach((one) => one.close());
});

test("sound under lock without a key that we can use is refused, and a stream of garbage closes itself alone", async () => {
  const phone = await open();
  const end = await SecureEnd.open(500);
  const body = describe_locked(end, "1 F8_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj");
  phone.request("INVITE", "sip:support@127.0.0.1", { from: "<sip:1@127.0.0.1>;tag=c", body });
  await phone.next(/^SIP\/2\.0 488/);
  const other = await open();
  other.socket.write("\r\n\r\nnonsense\r\n\r\n".repeat(100));
  phone.request("OPTIONS", "sip:127.0.0.1", { from: "<sip:1@127.0.0.1>;tag=o" });
  await phone.next(/^SIP\/2\.0 200/);
  [phone, other, end].forEach((one) => one.close());
});
