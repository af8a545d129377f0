// A demo centre to be photographed: as busy as life, the same every time as far as what is said goes.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../centre.mjs";

/// Starts it and waits for its past: {url, password(login), stop()}.
export async function start_demo() {
  const home = mkdtempSync(join(tmpdir(), "rapport-desk-demo-"));
  const data = join(home, "demo");
  const child = spawn(process.env.RAPPORT_BINARY, ["demo", "--data", data, "--listen", "127.0.0.1:0", "--seed", "1", "--agents", "24", "--pace", "4"], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, RAPPORT_CONFIG: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const ended = new Promise((done) => child.once("exit", done));
  let out = "";
  let log = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (log += text));
  const url = await eventually("the demo is ready", () => {
    if (child.exitCode !== null) throw new Error(`the demo ended:\n${log}`);
    return /the desk +(http:\S+)\//.exec(out)?.[1];
  });
  await eventually("its past is written", () => log.includes("history written"));
  const { logins } = JSON.parse(readFileSync(join(data, "demo.json"), "utf8"));
  return {
    url,
    password: (login) => logins.find((one) => one.login === login).password,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
