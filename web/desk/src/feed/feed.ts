import { createStore } from "zustand/vanilla";
import { pauseMs } from "./backoff";
import { readFrame, type Frame } from "./frames";
import { Subscriptions, type StreamListener, type TopicListener } from "./subscriptions";

/** How the feed stands. `since` and `retryAt` are of the server's clock as the page knows it, in milliseconds. */
export type FeedState =
  | { state: "off" }
  | { state: "connecting"; since: number }
  | { state: "live"; behind: string[] }
  | { state: "lost"; since: number; retryAt: number };

/** What the feed needs of the world; tests give their own. */
export interface FeedWorld {
  open(): WebSocket;
  now(): number;
  random(): number;
  later(run: () => void, ms: number): number;
  /** Runs it before the screen is drawn next; at once where nothing is drawn. */
  beforeDrawing(run: () => void): void;
  cancel(timer: number): void;
  /** Whether the session still counts: asked when a connection is refused without a word. */
  check(): void;
  signedOut(): void;
  rightsChanged(): void;
}

const itemsMax = 200;
const unavailablePauseMs = 1_000;
const closeCodes = { signedOut: 4001, rightsChanged: 4003 };

/** The one connection of this page to the feed: keeps it, resumes every stream where it was, and tells how old the screen is. */
export class Feed {
  readonly status = createStore<FeedState>(() => ({ state: "off" }));
  private readonly wanted = new Subscriptions();
  private socket: WebSocket | null = null;
  private ready = false;
  private attempt = 0;
  private nextId = 0;
  private heartbeatMs = 15_000;
  private watchdog: number | null = null;
  private retry: number | null = null;
  private serverAheadMs = 0;
  /** Names that are unsubscribed and not yet let go, by the frame's id: subscribing again must wait. */
  private readonly leaving = new Map<number, { keys: string[]; again: Set<string> }>();
  private fresh: string[] = [];
  /** What came since the screen was drawn; `null`: what comes next need not wait. */
  private arrived: Frame[] | null = null;
  /** What each subscribe frame asked for, until it is done: refusals count its items. */
  private readonly asking = new Map<number, string[]>();

  constructor(private readonly world: FeedWorld) {}

  start(): void {
    if (this.status.getState().state !== "off") return;
    this.connect();
  }

  stop(): void {
    this.clear("retry");
    this.hangUp();
    this.status.setState({ state: "off" }, true);
  }

  /** The server's clock, as well as it is known. */
  serverNow(): number {
    return this.world.now() + this.serverAheadMs;
  }

  /** The network is gone, as the browser says: nothing on the screen is live. */
  offline(): void {
    if (this.status.getState().state === "off") return;
    this.lost();
  }

  /** Connects at once, where a pause is running. */
  retryNow(): void {
    if (this.status.getState().state === "lost") this.connect();
  }

  /** Listens to a stream until the answer is called. One listener a stream. */
  stream(name: string, listener: StreamListener): () => void {
    return this.want(this.wanted.addStream(name, listener));
  }

  topic(name: string, listener: TopicListener): () => void {
    return this.want(this.wanted.addTopic(name, listener));
  }

  private want(key: string): () => void {
    this.subscribe([key]);
    return () => this.leave(key);
  }

  /** Subscribes in the next moment, many names in one frame. */
  private subscribe(keys: string[]): void {
    for (const leaving of this.leaving.values()) {
      for (const key of keys) if (leaving.keys.includes(key)) leaving.again.add(key);
    }
    const held = new Set([...this.leaving.values()].flatMap((one) => [...one.again]));
    const now = keys.filter((key) => !held.has(key));
    if (this.fresh.length === 0 && now.length > 0) queueMicrotask(() => this.flush());
    this.fresh.push(...now);
  }

  private flush(): void {
    const keys = [...new Set(this.fresh)].filter((key) => this.wanted.has(key));
    this.fresh = [];
    if (!this.ready) return;
    for (let from = 0; from < keys.length; from += itemsMax) {
      const some = keys.slice(from, from + itemsMax);
      this.asking.set(++this.nextId, some);
      this.send({ id: this.nextId, subscribe: some.map((key) => this.wanted.item(key)) });
    }
  }

  private leave(key: string): void {
    if (!this.wanted.has(key)) return;
    const item = this.nameOnly(key);
    this.wanted.remove(key);
    for (const one of this.leaving.values()) one.again.delete(key);
    if (this.ready && !this.fresh.includes(key)) this.unsubscribe(key, item, false);
  }

  private unsubscribe(key: string, item: Record<string, string>, again: boolean): void {
    const id = ++this.nextId;
    this.leaving.set(id, { keys: [key], again: new Set(again ? [key] : []) });
    this.send({ id, unsubscribe: [item] });
  }

  private nameOnly(key: string): Record<string, string> {
    const item = this.wanted.item(key);
    delete item["after"];
    return item;
  }

  private send(frame: unknown): void {
    this.socket?.send(JSON.stringify(frame));
  }

  private connect(): void {
    // One at a time: an attempt that is still under way would stay open, and count against the server's limit.
    this.hangUp();
    this.clear("retry");
    if (this.status.getState().state !== "lost") this.status.setState({ state: "connecting", since: this.serverNow() }, true);
    const socket = this.world.open();
    this.socket = socket;
    socket.onmessage = (message) => this.socket === socket && this.hear(readFrame(String(message.data)));
    socket.onclose = (close) => this.socket === socket && this.closed(close.code);
    this.watch();
  }

  /** Silence for twice the heartbeat is a lost connection. */
  private watch(): void {
    this.clear("watchdog");
    this.watchdog = this.world.later(() => this.lost(), 2 * this.heartbeatMs);
  }

  /**
   * The first frame counts at once; what comes before the screen is drawn again waits for that, and is then
   * drawn together: hundreds a second cost as many drawings as there are to see.
   */
  private hear(frame: Frame): void {
    this.watch();
    if (this.arrived) return void this.arrived.push(frame);
    this.gather();
    this.take(frame);
  }

  private gather(): void {
    this.arrived = [];
    this.world.beforeDrawing(() => {
      const frames = this.arrived ?? [];
      this.arrived = null;
      if (frames.length > 0) this.gather();
      for (const frame of frames) this.take(frame);
    });
  }

  private take(frame: Frame): void {
    if (frame.kind === "hello") return this.hello(frame.time, frame.heartbeatMs);
    if (frame.kind === "behind") return this.status.setState({ state: "live", behind: frame.streams }, true);
    if (frame.kind === "done") return this.answered(frame.id);
    if (frame.kind === "refused") return this.refused(frame);
    const ask = this.wanted.take(frame);
    if (ask === null) return;
    if ("resubscribe" in ask) return this.unsubscribe(ask.resubscribe, this.nameOnly(ask.resubscribe), true);
    this.subscribeLater(ask.subscribe);
  }

  /** An unsubscribe is through: what was wanted again meanwhile can be. */
  private answered(id: number): void {
    this.asking.delete(id);
    const gone = this.leaving.get(id);
    if (!gone) return;
    this.leaving.delete(id);
    this.subscribe([...gone.again].filter((key) => this.wanted.has(key)));
  }

  private refused({ error, id, item }: Extract<Frame, { kind: "refused" }>): void {
    const keys = id === undefined ? undefined : this.asking.get(id);
    const meant = item === undefined ? keys : keys?.slice(item, item + 1);
    for (const key of meant ?? []) {
      if (error === "already_subscribed") continue;
      if (error === "too_fast") this.subscribeLater([key]);
      else this.wanted.take({ kind: "ended", key, why: error });
    }
  }

  private subscribeLater(keys: string[]): void {
    this.world.later(() => this.subscribe(keys.filter((key) => this.wanted.has(key))), unavailablePauseMs);
  }

  private hello(time: string, heartbeatMs: number): void {
    this.ready = true;
    this.attempt = 0;
    this.heartbeatMs = heartbeatMs;
    const server = Date.parse(time);
    if (!Number.isNaN(server)) this.serverAheadMs = server - this.world.now();
    this.status.setState({ state: "live", behind: [] }, true);
    this.wanted.connected();
    this.fresh = this.wanted.keys();
    this.flush();
    this.watch();
  }

  private closed(code: number): void {
    const refused = !this.ready;
    if (code === closeCodes.signedOut) {
      this.stop();
      return this.world.signedOut();
    }
    if (code === closeCodes.rightsChanged) this.world.rightsChanged();
    else if (refused) this.world.check();
    this.lost();
  }

  private lost(): void {
    this.hangUp();
    const before = this.status.getState();
    const since = before.state === "lost" ? before.since : this.serverNow();
    const pause = pauseMs(this.attempt++, this.world.random);
    this.status.setState({ state: "lost", since, retryAt: this.serverNow() + pause }, true);
    this.clear("retry");
    this.retry = this.world.later(() => this.connect(), pause);
  }

  private hangUp(): void {
    const socket = this.socket;
    this.socket = null;
    this.ready = false;
    this.leaving.clear();
    this.asking.clear();
    // Not taken yet, so not behind any cursor: it comes again.
    if (this.arrived) this.arrived = [];
    this.clear("watchdog");
    socket?.close();
  }

  private clear(timer: "watchdog" | "retry"): void {
    const running = this[timer];
    if (running !== null) this.world.cancel(running);
    this[timer] = null;
  }
}
