// A centre of its own for each test file: example people, a free port, stopped by its process id;
// and those who are not in front of a desk: customers, and agents by the API.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import assert from "node:assert/strict";
import { make_example, password_of } from "./example.mjs";
import { free_port, media_ports } from "../server/ports.mjs";

const start_ms = 60_000;
const until_ms = 60_000;

const binary = process.env.RAPPORT_BINARY;
if (!binary) throw new Error("RAPPORT_BINARY: expected the path of a built rapport");

/// None outlives the tests, however these end.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/// Asks again until it is so.
export async function eventually(what, ask) {
  const until = Date.now() + until_ms;
  for (;;) {
    const found = await ask();
    if (found) return found;
    assert.ok(Date.now() < until, `not in time: ${what}`);
    await wait(25);
  }
}

/// Starts an example centre: {port, url, password(login), stop()}.
/// `bare`: with nobody in it; `configured(url)`: its configuration file, as text; `env`: further variables.
export async function start_centre({ bare = false, configured = null, env = {} } = {}) {
  const home = mkdtempSync(join(tmpdir(), "rapport-desk-test-"));
  const port = await free_port();
  const url = `http://127.0.0.1:${port}`;
  const file = configured === null ? "" : join(home, "rapport.yaml");
  if (configured !== null) writeFileSync(file, configured(url));
  const child = spawn(binary, ["serve", "--data", join(home, "data"), "--listen", `127.0.0.1:${port}`], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, RAPPORT_CONFIG: file, ...media_ports(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const ended = new Promise((done) => child.once("exit", done)).then(() => running.delete(child));
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (log += text));
  const until = Date.now() + start_ms;
  while (!(await fetch(`${url}/health/ready`).then((answer) => answer.status === 200, () => false))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the centre is not ready:\n${log}`);
    await wait(50);
  }
  if (!bare) await make_example(url, call);
  return {
    port,
    url,
    password: password_of,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function call(url, method, path, headers, body) {
  const answer = await fetch(url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return { headers: answer.headers, body: text.startsWith("{") ? JSON.parse(text) : null };
}

/// Somebody who works by the API: (method, path, body, further headers) → the answer's body; `proof`: its headers, which say who asks.
export async function by_api(centre, login) {
  const { headers, body } = await call(centre.url, "POST", "/api/v1/login", {}, { login, password: centre.password(login) });
  const proof = { Cookie: headers.get("set-cookie").split(";")[0], "X-CSRF-Token": body.csrf_token };
  const ask = async (method, path, sent, headers = {}) => (await call(centre.url, method, path, { ...proof, ...headers }, sent)).body;
  return Object.assign(ask, { me: body.me, proof });
}

/// A customer in a chat of the queue "billing".
export async function customer(centre, name, ...words) {
  const begun = (await call(centre.url, "POST", "/api/v1/customer-sessions", {}, { brand: "northwind", name })).body;
  const started = (await call(centre.url, "POST", "/api/v1/conversation", { Authorization: `Bearer ${begun.token}` }, { queue: "billing" })).body;
  const bearer = { Authorization: `Bearer ${started.token}` };
  const own = (method, path, body) => call(centre.url, method, `/api/v1/conversation${path}`, bearer, body).then((answer) => answer.body);
  const one = {
    id: started.interaction,
    name,
    says: (text) => own("POST", "/messages", { text }),
    types: () => own("POST", "/typing", {}),
    leaves: () => own("POST", "/end", {}),
    /// A file; its content decides what it is.
    async sends(name, content) {
      const answer = await fetch(`${centre.url}/api/v1/conversation/attachments?name=${encodeURIComponent(name)}`, { method: "POST", headers: { ...bearer, "Content-Type": "application/octet-stream" }, body: content });
      assert.equal(answer.status, 201, await answer.text());
    },
    /// What the customer sees of the conversation.
    events: async () => (await own("GET", "")).events,
    /// Has read what was said, up to the last word.
    async reads() {
      const last = (await one.events()).findLast((event) => event.kind === "message");
      await own("POST", "/seen", { event: last.id });
    },
    /// Hears the feed's topic of who has read how far; `told` gets each value. The answer hangs up.
    async hears_seen(told) {
      const feed = new WebSocket(`${centre.url.replace("http", "ws")}/api/v1/feed`, ["rapport.feed", started.token]);
      feed.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        if (frame.hello) feed.send(JSON.stringify({ id: 1, subscribe: [{ topic: `interaction/${one.id}/seen` }] }));
        if (frame.value) told(frame.value);
      };
      return () => feed.close();
    },
    /// What the customer sees that agents wrote.
    hears: async () => (await one.events()).filter((event) => event.by === "agent" && event.text).map((event) => event.text),
  };
  for (const text of words) await one.says(text);
  return one;
}
