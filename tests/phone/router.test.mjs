// A router stands before us (phone.external_address): who is beyond it is told its address, who is beside us ours.
// In a network of its own, in which any address of two networks is this machine's.

import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Centre } from "./centre.mjs";
import { Sipp, free_udp_port } from "./sipp.mjs";

const outside = "203.0.113.7";
const ours = "10.7.0.1";
const inside = process.env.RAPPORT_TEST_NETWORK === "own";
const own_network = (command) => ["--map-root-user", "--net", "sh", "-c", `ip link set lo up && ip route add local 10.7.0.0/24 dev lo && ip route add local 198.51.100.0/24 dev lo && exec ${command}`];

if (!inside) {
  const can = spawnSync("unshare", own_network("true")).status === 0;
  test("who is told which address", { skip: can ? false : "a network of its own needs unshare --map-root-user --net and ip" }, () => {
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
    const run = spawnSync("unshare", own_network(`"${process.execPath}" --test "${import.meta.filename}"`), { encoding: "utf8", env: { ...environment, RAPPORT_TEST_NETWORK: "own" } });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  });
} else {
  test("who is told which address", async () => {
    const centre = await Centre.open({ RAPPORT_PHONE_SIP: `udp:${ours}:0,tcp:${ours}:0`, RAPPORT_PHONE_TRUSTED: "10.7.0.0/24,198.51.100.0/24", RAPPORT_PHONE_EXTERNAL_ADDRESS: outside });
    try {
      for (const [host, transport, told] of [["198.51.100.9", "udp", outside], ["198.51.100.9", "tcp", outside], ["10.7.0.9", "udp", ours]]) {
        const to = centre.sip_port(transport, ours);
        const sipp = new Sipp("caller_hangs_up", { to, at: ours, host, port: await free_udp_port(host), transport: transport === "tcp" ? "t1" : "u1" });
        const log = await sipp.ended.then(() => sipp.log());
        await sipp.done();
        assert.match(log, new RegExp(`Contact: <sip:rapport@${told.replaceAll(".", "\\.")}:${to}${transport === "tcp" ? ";transport=tcp" : ""}>`), `${host} by ${transport}`);
        assert.match(log, new RegExp(`c=IN IP4 ${told.replaceAll(".", "\\.")}\r?\n`), `${host} by ${transport}`);
        assert.doesNotMatch(log, new RegExp(`(Contact: <sip:rapport@|c=IN IP4 )${(told === ours ? outside : ours).replaceAll(".", "\\.")}`));
      }
    } finally {
      await centre.stop();
    }
  });
}
