// sipp as callers and as agents' phones. Each process plays one scenario of ./scenarios once.

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { free_udp_port } from "../server/ports.mjs";
import { eventually } from "../server/server.mjs";

const scenarios = new URL("scenarios/", import.meta.url).pathname;

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export { free_udp_port };

/// Plays a scenario. `to`: the server's SIP port, for those that call; `port`: our own; `rtp`: the end's
/// RTP port; `host`: ours, and the server's where `at` is no other; `duration`: of its pause, in ms; `law`: PCMU or PCMA; `limit`: it has so many seconds.
export class Sipp {
  constructor(scenario, { to, port, rtp = 9, service = "support", duration = 500, login = "-", password = "-", transport = "u1", law = "PCMU", limit = 300, host = "127.0.0.1", at = host }) {
    this.scenario = scenario;
    this.port = port;
    this.folder = mkdtempSync(join(tmpdir(), "rapport-sipp-"));
    const options = ["-sf", join(scenarios, `${scenario}.xml`), "-m", "1", "-i", host, "-p", `${port}`, "-t", transport, "-nostdin", "-timeout", `${limit}`, "-timeout_error",
      "-s", service, "-d", `${duration}`, "-au", login, "-ap", password, "-key", "rtp", `${rtp}`, "-key", "login", login, "-key", "law", law, "-key", "type", law === "PCMA" ? "8" : "0", "-trace_err", "-trace_msg"];
    if (to) options.unshift(at.includes(":") ? `[${at}]:${to}` : `${at}:${to}`);
    this.child = spawn("sipp", options, { cwd: this.folder, stdio: "ignore" });
    running.add(this.child);
    this.ended = new Promise((done) => this.child.once("exit", (code) => {
      running.delete(this.child);
      this.code = code;
      done(code);
    }));
  }

  /// Waits until it has sent or received this.
  came(stage) {
    return eventually(`${this.scenario}: ${stage}`, () => stage.test(this.log()));
  }
  /// Tells a scenario that waits for it (an INFO of its call) to go on, once it has come so far.
  async tell(stage = /^ACK /m) {
    await this.came(stage);
    const call = /^Call-ID: *(\S+)/m.exec(this.log())[1];
    const number = (this.tells = (this.tells ?? 0) + 1);
    const socket = createSocket("udp4");
    const lines = ["INFO sip:sipp@127.0.0.1 SIP/2.0", `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK-told${number}`, "From: <sip:test@127.0.0.1>;tag=t", "To: <sip:sipp@127.0.0.1>;tag=p", `Call-ID: ${call}`, `CSeq: ${98 + number} INFO`, "Content-Length: 0", "", ""];
    socket.send(lines.join("\r\n"), this.port, "127.0.0.1", () => socket.close());
  }
  /// Everything that it sent and received, and its complaints.
  log() {
    return readdirSync(this.folder).map((name) => readFileSync(join(this.folder, name), "utf8")).join("\n");
  }
  /// Played to its end as the scenario says.
  async done() {
    const code = await this.ended;
    assert.equal(code, 0, `${this.scenario}:\n${this.log()}`);
    rmSync(this.folder, { recursive: true, force: true });
  }
  /// Ends it at once; its port is free when this is over.
  stop() {
    this.child.kill("SIGKILL");
    return this.ended;
  }
}
