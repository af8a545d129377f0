// A client of the live feed in a few lines: a WebSocket (RFC 6455) of text frames below 64 KiB.

import { randomBytes } from "node:crypto";
import { request } from "node:http";

/// A client's text frame, masked as it must be.
function frame(text) {
  const bytes = Buffer.from(text);
  const mask = randomBytes(4);
  const head = bytes.length < 126 ? Buffer.from([0x81, 0x80 | bytes.length]) : Buffer.from([0x81, 0x80 | 126, bytes.length >> 8, bytes.length & 255]);
  return Buffer.concat([head, mask, bytes.map((byte, at) => byte ^ mask[at & 3])]);
}

/// The first whole frame of what came, and what is left; null: not whole yet.
function take(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 127;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < start + length) return null;
  return { opcode: bytes[0] & 15, text: bytes.toString("utf8", start, start + length), rest: bytes.subarray(start + length) };
}

/// Opens a feed for somebody who is logged in, subscribes, and hands every frame to `told`; gives the
/// socket once the server has taken the subscriptions.
function open(client, names, told) {
  return new Promise((done, failed) => {
    const asked = request(`${client.server.url}/api/v1/feed`, {
      headers: { ...(client.token ? { Authorization: `Bearer ${client.token}` } : { Cookie: client.cookie }), Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": randomBytes(16).toString("base64") },
      timeout: 60_000,
    });
    asked.on("error", failed);
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("response", (answer) => { answer.resume(); failed(new Error(`no feed: ${answer.statusCode}`)); });
    asked.on("upgrade", (_, socket, first) => {
      let bytes = first;
      const look = () => {
        for (let one = take(bytes); one; one = take(bytes)) {
          bytes = one.rest;
          if (one.opcode !== 1) continue;
          const said = JSON.parse(one.text);
          if (said.hello) socket.write(frame(JSON.stringify({ subscribe: names, id: 1 })));
          told(said);
          if (said.done === 1) done(socket);
        }
      };
      socket.setTimeout(0);
      socket.on("error", failed);
      socket.on("data", (more) => { bytes = Buffer.concat([bytes, more]); look(); });
      look();
    });
    asked.end();
  });
}

/// Subscribes to these streams and keeps what they tell: events with the name of their stream.
export async function listen(client, streams) {
  const heard = [];
  const refused = [];
  const socket = await open(client, streams.map((stream) => ({ stream })), (said) => {
    if (said.error) refused.push(JSON.stringify(said));
    if (said.event) heard.push({ stream: said.stream, ...said.event });
  });
  if (refused.length) throw new Error(refused.join("\n"));
  return { heard, close: () => socket.destroy() };
}

/// Subscribes to topics, and keeps the latest value, or why there is none, of each.
export async function watch(client, topics) {
  const latest = new Map();
  const socket = await open(client, topics.map((topic) => ({ topic })), (said) => {
    if (said.topic) latest.set(said.topic, said.ended ?? said.value ?? null);
    if (said.error) latest.set(topics[said.item], said.error);
  });
  return { latest, close: () => socket.destroy() };
}
