// Ports of a process's own, below those that the system gives out by itself: what one test process will use
// again, or has just let go of, no other gets. Each holds a block of them for as long as it lives, by listening
// at the door that stands for it.

import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import assert from "node:assert/strict";

const doors = 11_000;
const first_block = 11_100;
const blocks = 40;
const for_sockets = 100;
const for_sound = 400;
const for_sound_of_one = 200; // two for each end of each call that one file makes
const patience_ms = 300_000;

/// Whether we listen there now, for as long as this process lives.
const listens = (port) => new Promise((done) => {
  const door = createServer();
  door.once("error", () => done(false));
  door.listen({ port, host: "127.0.0.1", exclusive: true }, () => { door.unref(); done(true); });
});

async function claim() {
  const until = Date.now() + patience_ms;
  for (;;) {
    for (let i = 0; i < blocks; ++i) {
      const block = (process.pid + i) % blocks;
      if (await listens(doors + block)) return first_block + block * (for_sockets + for_sound);
    }
    assert.ok(Date.now() < until, `each of ${blocks} blocks of ports is held by a test process`);
    await wait(200);
  }
}
const block = await claim();

/// Whether nobody has it: others than tests may.
const free_tcp = (port) => new Promise((found) => {
  const probe = createServer();
  probe.once("error", () => found(false));
  probe.listen(port, "127.0.0.1", () => probe.close(() => found(true)));
});
const free_udp = (port, host) => new Promise((found) => {
  const probe = createSocket(host.includes(":") ? "udp6" : "udp4");
  probe.once("error", () => probe.close(() => found(false)));
  probe.bind(port, host, () => probe.close(() => found(true)));
});

let given = 0;
function next() {
  assert.ok(given < for_sockets, `more than ${for_sockets} ports are wanted by one test process`);
  return block + given++;
}

export async function free_port() {
  for (;;) {
    const port = next();
    if (await free_tcp(port)) return port;
  }
}
export async function free_udp_port(host = "127.0.0.1") {
  for (;;) {
    const port = next();
    if (await free_udp(port, host)) return port;
  }
}

let servers = 0;
/// The variables that give a server ports of its own for sound: somebody's end may still speak to those of one that is gone.
export function media_ports() {
  const first = block + for_sockets + for_sound_of_one * (servers++ % (for_sound / for_sound_of_one));
  return { RAPPORT_PHONE_FIRST_MEDIA_PORT: `${first}`, RAPPORT_PHONE_LAST_MEDIA_PORT: `${first + for_sound_of_one - 1}` };
}
