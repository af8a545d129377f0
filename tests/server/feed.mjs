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

/// Takes whole frames off the front: [opcode, text] of each, and what is left.
function frames(bytes) {
  const found = [];
  for (;;) {
    if (bytes.length < 2) break;
    const short = bytes[1] & 127;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < head) break;
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < head + length) break;
    found.push([bytes[0] & 15, bytes.subarray(head, head + length).toString()]);
    bytes = bytes.subarray(head + length);
  }
  return [found, bytes];
}

/// Subscribes somebody who is logged in to topics, and keeps the latest value, or why there is none, of each.
export function watch(who, topics) {
  const latest = new Map();
  return new Promise((done, failed) => {
    const asked = request(`${who.server.url}/api/v1/feed`, {
      headers: { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": randomBytes(16).toString("base64"), Cookie: who.cookie },
      timeout: 10_000,
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", failed);
    asked.on("response", (answer) => { answer.resume(); failed(new Error(`no upgrade: ${answer.statusCode}`)); });
    asked.on("upgrade", (_answer, socket, begun) => {
      let rest = Buffer.alloc(0);
      const take = (bytes) => {
        let found;
        [found, rest] = frames(Buffer.concat([rest, bytes]));
        for (const [opcode, text] of found) {
          if (opcode !== 1) continue;
          const told = JSON.parse(text);
          if (told.topic) latest.set(told.topic, told.ended ?? told.value ?? null);
          if (told.error) latest.set(topics[told.item], told.error);
        }
      };
      socket.on("error", () => {});
      socket.on("data", take);
      take(begun);
      socket.write(frame(JSON.stringify({ subscribe: topics.map((topic) => ({ topic })), id: 1 })));
      done({ latest, close: () => socket.destroy() });
    });
    asked.end();
  });
}
