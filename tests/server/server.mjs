// A server of its own for each test file: fresh data, a free port, stopped by its process id.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import assert from "node:assert/strict";
import { fits_request, misfits, operation_of } from "./description.mjs";
import { free_port, media_ports } from "./ports.mjs";

const start_ms = 60_000;
const stop_ms = 60_000;
const request_ms = 60_000;

const binary = process.env.RAPPORT_BINARY;
if (!binary) throw new Error("RAPPORT_BINARY: expected the path of a built rapport");

/// Servers that run: none outlives the tests, however these end.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/// One process of a server; resolves once it takes commands and its log, which is written by a thread, says so.
async function launch(home, port, env) {
  const child = spawn(binary, ["serve", "--data", join(home, "data"), "--listen", `127.0.0.1:${port}`], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, RAPPORT_CONFIG: join(home, "rapport.yaml"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (log = (log + text).slice(-20_000)));
  const ended = new Promise((done) => child.once("exit", (code, signal) => done({ code, signal })));
  const until = Date.now() + start_ms;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then((answer) => answer.status === 200, () => false);
    if (ready && log.includes("server is ready")) {
      const begun = log; // where it listens
      return { child, ended, log: () => (log.startsWith(begun) ? log : begun + log) };
    }
    if (child.exitCode !== null || Date.now() > until) {
      child.kill("SIGKILL");
      rmSync(home, { recursive: true, force: true });
      throw new Error(`the server is not ready:\n${log}`);
    }
    await wait(20);
  }
}

/// Starts a server and waits until it takes commands. `env`: variables that configure it; `config`: its
/// configuration file, as text.
export async function start(env = {}, config = "") {
  const home = mkdtempSync(join(tmpdir(), "rapport-server-test-"));
  writeFileSync(join(home, "rapport.yaml"), config);
  const port = await free_port();
  const whole = { ...media_ports(), ...env };
  let life = await launch(home, port, whole);
  const server = { url: `http://127.0.0.1:${port}`, port, home, log: () => life.log(), pid: () => life.child.pid };
  /// Killed at once, and started again on what it left.
  server.crash = async () => {
    life.child.kill("SIGKILL");
    await life.ended;
    life = await launch(home, port, whole);
  };
  server.stop = async () => {
    life.child.kill("SIGTERM");
    const how = await Promise.race([life.ended, wait(stop_ms, null, { ref: false })]);
    if (how === null) life.child.kill("SIGKILL");
    await life.ended;
    rmSync(home, { recursive: true, force: true });
    assert.deepEqual(how, { code: 0, signal: null }, `the server did not stop in order:\n${life.log()}`);
  };
  return server;
}

/// What did not fit the description, of all requests of this file: reported once each.
export const undescribed = new Set();

/// Somebody who asks. Every answer is checked against the description.
export class Client {
  constructor(server, name = "nobody") {
    this.server = server;
    this.name = name;
  }

  async request(method, path, { body, headers = {}, raw, csrf = true } = {}) {
    const sent = { ...headers };
    if (this.cookie) sent.Cookie = this.cookie;
    if (this.token) sent.Authorization = `Bearer ${this.token}`;
    if (this.csrf && csrf && method !== "GET") sent["X-CSRF-Token"] = this.csrf;
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(this.server.url + path, { method, headers: sent, body: text, signal: AbortSignal.timeout(request_ms), redirect: "error" });
    const type = (answer.headers.get("content-type") ?? "").split(";")[0];
    const got = await answer.text();
    const made = { status: answer.status, headers: answer.headers, text: got, body: type.endsWith("json") ? JSON.parse(got) : got };
    this.check(method, path, made, type, raw === undefined ? body : undefined);
    return made;
  }

  check(method, path, made, type, sent) {
    const one = operation_of(method, path);
    const wrong = one ? misfits(one, made.status, type, made.body, made.headers) : ["not described"];
    if (one && sent !== undefined && made.status >= 200 && made.status < 300) wrong.push(...fits_request(one, sent));
    for (const what of wrong) undescribed.add(`${method} ${one?.path ?? path} ${made.status}: ${what}`);
  }

  get(path, options) { return this.request("GET", path, options); }
  post(path, body, headers) { return this.request("POST", path, { body, headers }); }
  put(path, body, headers) { return this.request("PUT", path, { body, headers }); }
  patch(path, body, headers) { return this.request("PATCH", path, { body, headers }); }
  remove(path, headers) { return this.request("DELETE", path, { headers }); }

  /// A request that must be answered so; gives the body.
  async expect(status, method, path, body, headers) {
    const answer = await this.request(method, path, { body, headers });
    assert.equal(answer.status, status, `${this.name}: ${method} ${path}: ${answer.text}`);
    return answer.body;
  }

  /// A request that must be refused so.
  async refused(status, code, method, path, body, headers) {
    const problem = await this.expect(status, method, path, body, headers);
    assert.equal(problem.code, code, `${this.name}: ${method} ${path}: ${JSON.stringify(problem)}`);
    return problem;
  }

  async login(login, password) {
    const answer = await this.post("/api/v1/login", { login, password });
    assert.equal(answer.status, 200, answer.text);
    this.cookie = answer.headers.get("set-cookie").split(";")[0];
    this.csrf = answer.body.csrf_token;
    this.me = answer.body.me;
    return this;
  }
}

const root_password = "correct horse battery";

/// The first administrator, logged in.
export async function set_up(server) {
  const nobody = new Client(server);
  await nobody.expect(201, "POST", "/api/v1/setup", { login: "root", name: "Rita Root", password: root_password });
  return new Client(server, "root").login("root", root_password);
}

/// A user made by an administrator, invited, and logged in.
export async function employ(root, login, roles, brands, more = {}) {
  const user = await root.expect(201, "POST", "/api/v1/users", { login, name: `${login[0].toUpperCase()}${login.slice(1)} Test`, roles, brands, ...more });
  const invitation = await root.expect(201, "POST", `/api/v1/users/${user.id}/invitation`);
  const password = `a long pass phrase of ${login}`;
  await new Client(root.server).expect(204, "POST", "/api/v1/password-resets/complete", { secret: invitation.secret, password });
  return new Client(root.server, login).login(login, password);
}

/// Asks again until it is so, for a bounded time.
export async function eventually(what, ask, within_ms = 90_000) {
  const until = Date.now() + within_ms;
  for (;;) {
    const found = await ask();
    if (found) return found;
    assert.ok(Date.now() < until, `not within ${within_ms} ms: ${what}`);
    await wait(20);
  }
}
