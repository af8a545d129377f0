// Load beside what is measured: `rapport load`, whole interactions through the real API.

import { spawn } from "node:child_process";
import assert from "node:assert/strict";

/// An interaction of the load has so many events (start, answer, eight messages, hold, resume, end, wrap-up).
export const events_each = 14;

/// Begins it and answers once interactions come: {done}, which tells what the generator says of itself.
export async function begin_load(centre, { rate, seconds, agents = 40 }) {
  const child = spawn(process.env.RAPPORT_BINARY, ["load", "--url", centre.url, "--login", `admin:${centre.password("admin")}`, "--agents", agents, "--feeds", agents, "--rate", rate, "--seconds", seconds].map(String), { stdio: ["ignore", "pipe", "pipe"] });
  process.once("exit", () => child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  const ended = new Promise((done) => child.once("exit", done));
  await new Promise((begun, failed) => {
    let told = "";
    child.stderr.on("data", (text) => (told += text).includes("interactions a second") && begun());
    ended.then(() => failed(new Error(`the load did not begin:\n${told}${said}`)));
  });
  return {
    async done() {
      await ended;
      const of = (name) => said.split("\n").find((one) => one.startsWith(name))?.slice(17) ?? "";
      assert.notEqual(of("achieved"), "", said);
      return { achieved: of("achieved"), cpu: of("own CPU"), errors: of("errors") };
    },
  };
}

/// Somebody who sees every brand's floor, also the load's.
export async function make_overseer(centre, admin) {
  const user = await admin("POST", "/api/v1/users", { login: "mona", name: "Mona", roles: ["supervisor"], brands: ["*"] });
  const { secret } = await admin("POST", `/api/v1/users/${user.id}/invitation`);
  await admin("POST", "/api/v1/password-resets/complete", { secret, password: centre.password("mona") });
}
