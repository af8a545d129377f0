// baresip, a telephone that others wrote, as an agent's phone: it says a tone from a file, keeps what it hears in
// another, and is told what to do by its control port (netstrings of JSON).

import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import assert from "node:assert/strict";
import { free_udp_port } from "./sipp.mjs";

const binary = process.env.RAPPORT_BARESIP ?? "baresip";
const modules = process.env.RAPPORT_BARESIP_MODULES ?? "/usr/lib/baresip/modules";
export const has_baresip = spawnSync(binary, ["-h"]).error === undefined;
const rate = 8_000;

const free_tcp_port = () => new Promise((found) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

/// A WAV file with a tone, long enough for a test.
function tone(path, hertz, seconds = 180) {
  const samples = Buffer.alloc(2 * rate * seconds);
  for (let i = 0; i < rate * seconds; ++i) samples.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / rate)), 2 * i);
  const head = Buffer.alloc(44);
  head.write("RIFF");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  [[16, 4], [rate, 4], [2 * rate, 4]].forEach(([value], i) => head.writeUInt32LE(value, [16, 24, 28][i]));
  [1, 1, 2, 16].forEach((value, i) => head.writeUInt16LE(value, [20, 22, 32, 34][i]));
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  writeFileSync(path, Buffer.concat([head, samples]));
}

export class Baresip {
  static async start({ login, password, to, hertz }) {
    const phone = new Baresip();
    phone.folder = mkdtempSync(join(tmpdir(), "rapport-baresip-"));
    phone.events = [];
    phone.port = await free_udp_port();
    const control = await free_tcp_port();
    tone(join(phone.folder, "tone.wav"), hertz);
    writeFileSync(join(phone.folder, "config"), [
      `sip_listen 127.0.0.1:${phone.port}`, "sip_trans_def udp", `module_path ${modules}`,
      ...["g711", "aufile", "sndfile", "menu", "ctrl_tcp", "account"].map((name) => `${["menu", "ctrl_tcp", "account"].includes(name) ? "module_app" : "module"} ${name}.so`),
      `audio_source aufile,${join(phone.folder, "tone.wav")}`, "audio_player nil", "audio_alert nil", "ausrc_srate 8000", "auplay_srate 8000", "audio_level no",
      `snd_path ${phone.folder}`, `ctrl_tcp_listen 127.0.0.1:${control}`, "rtp_timeout 60", "",
    ].join("\n"));
    writeFileSync(join(phone.folder, "accounts"), `<sip:${login}@127.0.0.1:${to};transport=udp>;auth_user=${login};auth_pass=${password};answermode=manual;regint=60;audio_codecs=PCMU\n`);
    writeFileSync(join(phone.folder, "contacts"), "");
    phone.said = "";
    phone.child = spawn(binary, ["-f", phone.folder], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, TERM: "dumb" } });
    for (const stream of [phone.child.stdout, phone.child.stderr]) stream.on("data", (bytes) => (phone.said += bytes));
    process.once("exit", () => phone.child.kill("SIGKILL"));
    await phone.open(control);
    return phone;
  }

  async open(port) {
    for (let tries = 0; ; ++tries) {
      this.control = connect(port, "127.0.0.1");
      const open = await new Promise((done) => this.control.once("connect", () => done(true)).once("error", () => done(false)));
      if (open) break;
      assert.ok(tries < 100, `it does not start:\n${this.said}`);
      await pass(100);
    }
    let bytes = Buffer.alloc(0);
    this.control.on("error", () => {});
    this.control.on("data", (more) => {
      bytes = Buffer.concat([bytes, more]);
      for (let colon; (colon = bytes.indexOf(":")) >= 0; ) {
        const length = Number(bytes.toString("latin1", 0, colon));
        if (bytes.length < colon + length + 2) return;
        this.events.push(JSON.parse(bytes.toString("utf8", colon + 1, colon + 1 + length)));
        bytes = bytes.subarray(colon + length + 2);
      }
    });
  }

  press(command) {
    const text = JSON.stringify({ command });
    this.control.write(`${text.length}:${text},`);
  }

  /// The next event of this type.
  async next(type, within_ms = 90_000) {
    for (const last = Date.now() + within_ms; ; await pass(50)) {
      const at = this.events.findIndex((one) => one.event && one.type === type);
      if (at >= 0) return this.events.splice(0, at + 1).at(-1);
      assert.ok(Date.now() < last, `${type} did not come, but:\n${JSON.stringify(this.events)}\n${this.said}`);
    }
  }

  /// What it heard in its calls, in turn: samples of 8 kHz.
  heard() {
    const names = readdirSync(this.folder).filter((name) => name.endsWith("-dec.wav")).sort();
    return names.map((name) => {
      const bytes = readFileSync(join(this.folder, name));
      const samples = [];
      for (let at = 44; at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at));
      return samples;
    });
  }

  async stop() {
    this.press("quit");
    await Promise.race([new Promise((gone) => this.child.once("exit", gone)), pass(3_000)]);
    this.child.kill("SIGKILL");
    this.control.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
