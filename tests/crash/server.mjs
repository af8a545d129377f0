// A server of our own: started, killed, stopped, looked at.
import { spawn } from 'node:child_process';
import http from 'node:http';
import { mkdirSync, mkdtempSync, openSync, readFileSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { free_port as freePort } from '../server/ports.mjs';

export const newFolder = (what) => mkdtempSync(join(tmpdir(), `rapport-${what}-`));

/** Waits until `look` gives something true; says what was waited for if it does not. */
export async function until(what, look, ms = 60_000, every = 20) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${ms} ms passed before ${what}`);
    await pause(every);
  }
}

/** What the promise gives; throws where it does not come in time, and keeps nobody waiting where it does. */
export const within = (ms, what, promise) => Promise.race([promise, pause(ms, null, { ref: false }).then(() => { throw new Error(`${ms} ms passed before ${what}`); })]);

export { freePort, pause };

/** Reproducible chance: a linear congruential step, mixed (32 bits). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  next.below = (n) => Math.floor(next() * n);
  next.of = (list) => list[next.below(list.length)];
  return next;
}

/** The connection broke before an answer came: whether the command was done is not known. */
export class NoAnswer extends Error {}

export class Server {
  /** `disk`: bytes of a file system of its own that the data folder is on. */
  constructor({ data, port, store, disk, program = process.env.RAPPORT }) {
    Object.assign(this, { data, port, store, disk, program });
    this.children = [];
    this.base = `http://127.0.0.1:${port}`;
    this.log = join(data, '..', `log-${port}`);
    this.child = null;
  }

  static async fresh(what, options = {}) {
    const folder = newFolder(what);
    return new Server({ data: join(folder, 'data'), port: await freePort(), ...options });
  }

  /** Starts it without waiting. */
  launch() {
    const args = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`];
    if (this.store) args.push('--store', this.store);
    // The tests ask more often than people do.
    for (const limit of ['requests_per_second=100000', 'request_burst=100000', 'anonymous_requests_per_minute=1000000']) {
      args.push('--set', `limits.${limit}`);
    }
    const log = openSync(this.log, 'a');
    const child = spawn(...this.command(args), { stdio: ['ignore', log, log], env: { PATH: process.env.PATH, HOME: join(this.data, '..') } });
    closeSync(log);
    child.ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    this.child = child;
    this.children.push(child);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    child.ended.then(() => this.agent.destroy());
    return child;
  }

  /** In a mount namespace of its own, where nobody else sees the small file system, and which goes with it. */
  command(args) {
    if (!this.disk) return [this.program, args];
    mkdirSync(this.data, { recursive: true });
    const mounted = `mount -t tmpfs -o size=${this.disk},mode=700 tmpfs "$0" && exec "$@"`;
    return ['unshare', ['--map-root-user', '--mount', 'sh', '-c', mounted, this.data, this.program, ...args]];
  }

  /** Where the running server's data folder is seen from outside. */
  inside(name) {
    return `/proc/${this.child.pid}/root${join(this.data, name)}`;
  }

  /** Starts it; the milliseconds until it was ready. */
  async start(withinMs = 60_000) {
    const began = Date.now();
    const child = this.launch();
    let over = null;
    child.ended.then((how) => (over = how));
    await until('the server was ready', async () => {
      if (over) throw new Error(`the server ended (${JSON.stringify(over)}): ${this.tail()}`);
      return this.isReady();
    }, withinMs);
    return Date.now() - began;
  }

  async isReady() {
    try {
      return (await this.request('GET', '/health/ready')).status === 200;
    } catch {
      return false;
    }
  }

  async kill() {
    this.child.kill('SIGKILL');
    return this.child.ended;
  }
  async stop() {
    this.child.kill('SIGTERM');
    return this.child.ended;
  }
  /** Whatever is still running of it. */
  async end() {
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await child.ended;
    }
  }

  tail(lines = 15) {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  request(method, path, body, headers = {}) {
    return new Promise((done, failed) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const options = { agent: this.agent, method, headers: { ...headers } };
      if (text !== undefined) {
        options.headers['Content-Type'] = 'application/json';
        options.headers['Content-Length'] = Buffer.byteLength(text);
      }
      const asked = http.request(this.base + path, options, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', (error) => failed(new NoAnswer(error.message)));
        answer.on('end', () => {
          if (!answer.complete) return failed(new NoAnswer('cut off'));
          const content = Buffer.concat(parts).toString();
          let value = content;
          if (content && /json/.test(answer.headers['content-type'] ?? '')) value = JSON.parse(content);
          done({ status: answer.statusCode, headers: answer.headers, body: value });
        });
      });
      asked.setTimeout(60_000, () => asked.destroy(new Error('no answer within 60 s')));
      asked.on('error', (error) => failed(new NoAnswer(error.message)));
      asked.end(text);
    });
  }

  async metric(name) {
    const { body } = await this.request('GET', '/metrics');
    const line = body.split('\n').find((one) => one.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length + 1));
  }
}
