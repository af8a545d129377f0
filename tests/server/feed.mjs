// A small client of the live feed: text frames of a WebSocket (RFC 6455), for tests of other routes.

import { randomBytes } from "node:crypto";
import { request } from "node:http";

/// A client's frame is masked.
function frame(text) {
  const bytes = Buffer.from(text);
  const mask = randomBytes(4);
  const head = bytes.length < 126 ? Buffer.from([0x81, 0x80 | bytes.length]) : Buffer.from([0x81, 0x80 | 126, bytes.length >> 8, bytes.length & 255]);
  return Buffer.concat([head, mask, bytes.map((byte, place) => byte ^ mask[place % 4])]);
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

/// Subscribes to these streams and keeps what they tell: events with the name of their stream.
export function listen(client, streams) {
  const heard = [];
  return new Promise((done, failed) => {
    const asked = request(`${client.server.url}/api/v1/feed`, {
      headers: { Cookie: client.cookie, Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": randomBytes(16).toString("base64") },
      timeout: 5_000,
    });
    asked.on("error", failed);
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("response", (answer) => failed(new Error(`no feed: ${answer.statusCode}`)));
    asked.on("upgrade", (_, socket, first) => {
      let bytes = first;
      const look = () => {
        for (let one = take(bytes); one; one = take(bytes)) {
          bytes = one.rest;
          if (one.opcode !== 1) continue;
          const told = JSON.parse(one.text);
          if (told.hello) socket.write(frame(JSON.stringify({ subscribe: streams.map((stream) => ({ stream })), id: 1 })));
          if (told.error) failed(new Error(one.text));
          if (told.done === 1) done({ heard, close: () => socket.destroy() });
          if (told.event) heard.push({ stream: told.stream, ...told.event });
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
