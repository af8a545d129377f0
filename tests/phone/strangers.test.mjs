// What comes from the net and is no call: garbage, broken messages, strangers.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as pass } from "node:timers/promises";
import { eventually, set_up, start } from "../server/server.mjs";
import { messages } from "./torture.mjs";

let server;
let port;

before(async () => {
  server = await start({ RAPPORT_PHONE_SIP: "udp:0.0.0.0:0,tcp:0.0.0.0:0", RAPPORT_LOG_FORMAT: "json" });
  await set_up(server);
  port = Number(/"address":"udp:127\.0\.0\.1:(\d+)"/.exec(server.log())[1]);
});
after(() => server?.stop());

/// A socket at this address, with all that it received.
async function speaker(address) {
  const socket = createSocket("udp4");
  await new Promise((bound) => socket.bind(0, address, bound));
  const received = [];
  socket.on("message", (bytes) => received.push(bytes.toString("latin1")));
  const { port: own } = socket.address();
  return { address, own, received, say: (text) => new Promise((sent) => socket.send(text, port, address, sent)), close: () => socket.close() };
}

let number = 0;
function message(from, method, { headers = "", body = "", via = "SIP/2.0/UDP" } = {}) {
  ++number;
  return [
    `${method} sip:support@${from.address}:${port} SIP/2.0`,
    `Via: ${via} ${from.address}:${from.own};branch=z9hG4bK${number};rport`,
    `From: <sip:someone@${from.address}>;tag=t${number}`,
    `To: <sip:support@${from.address}>`,
    `Call-ID: ${number}@test`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:someone@${from.address}:${from.own}>`,
    "Max-Forwards: 70",
    `${headers}Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

/// It still takes part.
async function answers_options(from) {
  const before_ = from.received.length;
  await eventually("OPTIONS are answered", async () => {
    await from.say(message(from, "OPTIONS"));
    await pass(500);
    return from.received.slice(before_).some((text) => text.startsWith("SIP/2.0 200"));
  });
}

async function counter(name) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1] ?? 0);
}

test("a stranger gets no reply, whatever they ask", async (t) => {
  const outside = Object.values(networkInterfaces()).flat().find((one) => one.family === "IPv4" && !one.internal);
  if (!outside) return t.skip("this machine has no address beyond loopback");
  const stranger = await speaker(outside.address);
  const methods = ["OPTIONS", "INVITE", "BYE", "REGISTER", "SUBSCRIBE", "NONSENSE"];
  for (const method of methods) await stranger.say(message(stranger, method));
  await eventually("all were seen", async () => (await counter("rapport_sip_unknown_total")) + (await counter("rapport_phone_logins_failed_total")) >= methods.length);
  const known = await speaker("127.0.0.1");
  await answers_options(known);
  assert.deepEqual(stranger.received, []);
  for (let i = 0; i < 30; ++i) await stranger.say(message(stranger, "REGISTER"));
  await eventually("who guesses is banned", async () => (await counter("rapport_sip_banned_total")) > 0);
  await answers_options(known);
  known.close();
  stranger.close();
});

test("broken messages break nothing", async () => {
  const from = await speaker("127.0.0.1");
  const whole = message(from, "INVITE", { headers: "Content-Type: application/sdp\r\n", body: "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n" });
  const broken = [
    "", "\r\n\r\n", "\0".repeat(64), "INVITE", "INVITE sip:a SIP/2.0\r\n\r\n", `${"A".repeat(60_000)}`,
    whole.replace("Content-Length: ", "Content-Length: 99999"), whole.replace("CSeq: 1", "CSeq: 99999999999999"), whole.replace("CSeq: 1 INVITE", "CSeq: 1 BYE"),
    whole.replace("Via: ", "Via: SIP/9.9/UDP unknown;;;,"), whole.replace("From: <", "From: \"unended <"), whole.replace("sip:support", "sip:%00%ff%zz"),
    whole.replace("m=audio 9", "m=audio 99999999"), whole.replace("c=IN IP4 127.0.0.1", "c=IN IP4 999.1.1.1"), whole.replace("Max-Forwards: 70", "Max-Forwards: 0"),
    whole.replace("Contact: ", "Contact: *;"), whole.replaceAll("\r\n", "\n"), whole.replace("Call-ID", "i").replace("Via", "v").replace("From", "f"),
    message(from, "REGISTER", { headers: "Authorization: Digest username=\"\r\n" }), message(from, "ACK"), message(from, "CANCEL"), message(from, "INFO"), message(from, "REFER"),
  ];
  for (const text of broken) await from.say(text);
  // And each byte of a good one cut off or replaced, by a fixed sequence.
  let seed = 1;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let i = 0; i < 500; ++i) {
    const at = random(whole.length);
    await from.say(i % 2 ? whole.slice(0, at) : whole.slice(0, at) + String.fromCharCode(random(256)) + whole.slice(at + 1));
    if (i % 50 === 0) await answers_options(from);
  }
  await answers_options(from);
  assert.equal((await fetch(`${server.url}/health/live`)).status, 200);
  from.close();
});

test("messages that torture parsers are answered or ignored, and it goes on", async () => {
  const from = await speaker("127.0.0.1");
  for (const [section, about, text] of messages) {
    await from.say(text);
    await answers_options(from).catch(() => assert.fail(`${section}: ${about}`));
  }
  assert.equal(messages.length, 49);
  assert.equal((await fetch(`${server.url}/health/live`)).status, 200);
  from.close();
});

test("strangers cannot hold TCP connections: so many of a host, and not for long", async (t) => {
  const outside = Object.values(networkInterfaces()).flat().find((one) => one.family === "IPv4" && !one.internal);
  if (!outside) return t.skip("this machine has no address beyond loopback");
  const tcp_port = Number(new RegExp(`"address":"tcp:${outside.address.replaceAll(".", "\\.")}:(\\d+)"`).exec(server.log())[1]);
  let closed = 0;
  const sockets = Array.from({ length: 150 }, () => {
    const socket = connect(tcp_port, outside.address);
    socket.on("error", () => {});
    socket.on("close", () => ++closed);
    socket.resume();
    return socket;
  });
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  await eventually("those beyond a host's share are closed at once", () => closed >= 50);
  // They say something that is no whole message, and stay strangers.
  for (const socket of sockets) if (!socket.destroyed) socket.write("INVITE sip:support");
  await eventually("the others after a while", () => closed === 150);
  assert.ok((await counter("rapport_sip_connections_shut_total")) >= 150);
  const trusted = connect(Number(/"address":"tcp:127\.0\.0\.1:(\d+)"/.exec(server.log())[1]), "127.0.0.1");
  let answer = "";
  trusted.on("data", (bytes) => (answer += bytes.toString("latin1")));
  trusted.write(message({ address: "127.0.0.1", own: 9 }, "OPTIONS", { via: "SIP/2.0/TCP" }));
  await eventually("whoever is trusted is answered", () => answer.startsWith("SIP/2.0 200"));
  trusted.destroy();
});
