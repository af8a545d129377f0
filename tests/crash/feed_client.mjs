// A client of the live feed that keeps its cursors and checks the numbers of what it gets.
import WebSocket from 'ws';
import { until } from './server.mjs';

export class FeedClient {
  constructor(person, { keepFrames = true } = {}) {
    this.person = person;
    this.keepFrames = keepFrames;
    this.socket = null;
    this.frames = [];          // all, in order
    this.streams = new Map();  // name → {cursor, seq, base, events: Map seq → event, ended}
    this.topics = new Map();   // name → {version, value, removed, ended}
    this.faults = [];          // gaps and repeats
    this.asked = 0;
    this.answers = new Map();  // id of a frame → {done, errors}
    this.onFrame = null;
  }

  /** Connects; false: the server was not there. */
  async connect() {
    const { server, headers } = this.person;
    const socket = new WebSocket(`${server.base.replace('http', 'ws')}/api/v1/feed`, { headers: { ...headers, Origin: server.base } });
    this.hello = null;
    this.socket = socket;
    this.closed = new Promise((done) => socket.once('close', (code, reason) => done({ code, reason: String(reason) })));
    return new Promise((done) => {
      socket.on('error', () => done(false));
      socket.on('unexpected-response', (_, answer) => {
        this.refused = answer.statusCode;
        socket.terminate();
        done(false);
      });
      socket.on('message', (data) => {
        if (socket !== this.socket) return;
        this.take(JSON.parse(data));
        if (this.hello) done(true);
      });
    });
  }

  drop() {
    this.socket?.terminate();
    this.socket = null;
  }

  take(frame) {
    if (this.keepFrames) this.frames.push(frame);
    if ('hello' in frame) this.hello = frame;
    if ('done' in frame) this.answer(frame.done).done = true;
    if ('error' in frame && frame.id !== undefined) this.answer(frame.id).errors.push(frame);
    if (frame.stream) this.takeStream(frame);
    if (frame.topic) {
      const known = this.topics.get(frame.topic);
      if (frame.version !== undefined && known && known.of === this.socket && frame.version <= known.version) this.faults.push(`topic ${frame.topic}: version ${frame.version} after ${known.version}`);
      this.topics.set(frame.topic, { ...frame, of: this.socket });
    }
    this.onFrame?.(frame);
  }

  takeStream(frame) {
    const known = this.streams.get(frame.stream) ?? { seq: null, base: null, events: new Map() };
    this.streams.set(frame.stream, known);
    if (frame.ended) {
      known.ended = frame.ended;
      return;
    }
    if (frame.reset !== undefined) {
      if (known.seq !== null && this.keepsNumbers(frame.stream) && frame.seq < known.seq) this.faults.push(`${frame.stream}: reset at ${frame.seq} after ${known.seq}`);
      Object.assign(known, { base: frame.seq, snapshot: frame.reset.snapshot ?? frame.reset, resets: (known.resets ?? 0) + 1 });
    } else {
      if (known.seq === null ? frame.seq !== 1 : frame.seq !== known.seq + 1) this.faults.push(`${frame.stream}: ${frame.seq} after ${known.seq}`);
      known.events.set(frame.seq, frame.event);
    }
    known.seq = frame.seq;
    known.cursor = frame.cursor;
  }

  keepsNumbers(stream) {
    return stream.startsWith('interaction/') || stream.startsWith('conversation/');
  }

  answer(id) {
    if (!this.answers.has(id)) this.answers.set(id, { done: false, errors: [] });
    return this.answers.get(id);
  }

  /** Subscribes; the refusals, once every item is decided. */
  async subscribe(items) {
    const id = ++this.asked;
    this.send({ subscribe: items, id });
    await until(`the subscription of ${JSON.stringify(items)} was decided`, () => this.answer(id).done);
    return this.answer(id).errors;
  }
  async unsubscribe(items) {
    const id = ++this.asked;
    this.send({ unsubscribe: items, id });
    await until('the unsubscription was decided', () => this.answer(id).done);
    return this.answer(id).errors;
  }
  send(frame) {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Connects again and goes on with every stream that has not ended where it stood. */
  async resume() {
    if (!(await this.connect())) return false;
    const items = [...this.streams].filter(([, at]) => !at.ended).map(([stream, at]) => ({ stream, ...(at.cursor ? { after: at.cursor } : {}) }));
    for (let i = 0; i < items.length; i += 200) {
      for (const { item, error } of await this.subscribe(items.slice(i, i + 200))) this.streams.get(items[i + item].stream).ended = error;
    }
    return true;
  }

  stream(name) {
    return this.streams.get(name) ?? { events: new Map(), seq: null };
  }
  seen(name, what, look, ms) {
    return until(`${name} showed ${what}`, () => look([...this.stream(name).events.values()]), ms);
  }
}
