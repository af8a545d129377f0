// Ports below those that the system gives out by itself, so that nobody gets one between our probe and its use;
// each process takes others.

import { createSocket } from "node:dgram";
import { createServer } from "node:net";

let taken = 0;
const next = (first) => first + ((process.pid * 37 + taken++) % 4_000);

/// Whether nobody has it.
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

export async function free_port() {
  for (;;) {
    const port = next(12_000);
    if (await free_tcp(port)) return port;
  }
}
export async function free_udp_port(host = "127.0.0.1") {
  for (;;) {
    const port = next(16_000);
    if (await free_udp(port, host)) return port;
  }
}
/// The first of some ports of a server's own for sound: somebody else's end may still speak to those of a server that is gone.
export const media_ports = () => 20_000 + 20 * ((process.pid + 211 * taken++) % 600);
