import type { ShownEvent } from "./api.ts";

/** What the feed tells of one conversation. */
export interface FeedListener {
  /** All that was said, instead of what was known. */
  on_snapshot(events: readonly ShownEvent[]): void;
  on_event(event: ShownEvent): void;
  /** A latest value; null: there is none. `old`: it may have been so for long. */
  on_value(topic: "place" | "typing" | "seen", value: unknown, old: boolean): void;
  /** There will be no more events: the conversation is closed, or no longer this token's to hear. */
  on_end(why: string): void;
  on_live(live: boolean): void;
  /** No connection came about: the server is away, or does not know the token any more. */
  on_unheard(): void;
}

interface Frame {
  readonly hello?: { readonly heartbeat_ms: number };
  readonly stream?: string;
  readonly cursor?: string;
  readonly event?: ShownEvent;
  readonly reset?: { readonly events?: readonly ShownEvent[] };
  readonly topic?: string;
  readonly value?: unknown;
  readonly removed?: true;
  readonly ended?: string;
  readonly done?: number;
  readonly error?: string;
  readonly item?: number;
}

const topics = ["place", "typing", "seen"] as const;
const pause_min_ms = 500;
const pause_max_ms = 15_000;
const look_ms = 2_000;
const connect_ms = 8_000;

/**
 * The live feed of one conversation (docs/feed.md): connects, subscribes, and after whatever happens to
 * the connection goes on at the last cursor. Sleep is noticed by silence.
 */
export class Feed {
  private readonly url: string;
  private readonly token: string;
  private readonly interaction: string;
  private readonly listener: FeedListener;
  private socket: WebSocket | null = null;
  private cursor = "";
  private heartbeat_ms = 15_000;
  private heard_at = 0;
  private pause_ms = pause_min_ms;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly look: ReturnType<typeof setInterval>;
  private greeted = false;
  private subscribed = false;
  private stopped = false;

  constructor(url: string, token: string, interaction: string, listener: FeedListener) {
    this.url = url;
    this.token = token;
    this.interaction = interaction;
    this.listener = listener;
    window.addEventListener("online", this.hurry);
    window.addEventListener("pageshow", this.hurry);
    window.addEventListener("offline", this.drop);
    document.addEventListener("visibilitychange", this.hurry);
    this.look = setInterval(() => this.check(), look_ms);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.look);
    window.removeEventListener("online", this.hurry);
    window.removeEventListener("pageshow", this.hurry);
    window.removeEventListener("offline", this.drop);
    document.removeEventListener("visibilitychange", this.hurry);
    this.close();
  }

  private connect(): void {
    clearTimeout(this.retry);
    if (this.stopped || this.socket) return;
    this.heard_at = Date.now();
    this.greeted = false;
    const socket = new WebSocket(this.url, ["rapport.feed", this.token]);
    this.socket = socket;
    socket.onmessage = (message) => {
      if (socket === this.socket) this.take(JSON.parse(String(message.data)) as Frame);
    };
    socket.onclose = () => {
      if (socket === this.socket) this.lost();
    };
  }

  private close(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private lost(): void {
    this.close();
    this.listener.on_live(false);
    if (this.stopped) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), this.pause_ms * (0.5 + Math.random()));
    this.pause_ms = Math.min(this.pause_ms * 2, pause_max_ms);
    if (!this.greeted) this.listener.on_unheard();
  }

  /** The network or the visitor is back: no more waiting. */
  private readonly hurry = (): void => {
    if (document.visibilityState === "hidden") return;
    this.check();
    this.pause_ms = pause_min_ms;
    if (!this.socket) this.connect();
  };

  private readonly drop = (): void => {
    if (this.socket) this.lost();
  };

  private check(): void {
    const silence_ms = this.socket?.readyState === WebSocket.CONNECTING ? connect_ms : 2 * this.heartbeat_ms;
    if (this.socket && Date.now() - this.heard_at > silence_ms) this.lost();
  }

  private take(frame: Frame): void {
    this.heard_at = Date.now();
    if (frame.hello) return this.subscribe(frame.hello.heartbeat_ms);
    if (frame.error) return this.refused(frame);
    if (frame.done !== undefined) {
      this.subscribed = true;
      this.pause_ms = pause_min_ms;
      return this.listener.on_live(true);
    }
    if (frame.stream) this.take_stream(frame);
    else if (frame.topic) this.take_topic(frame);
  }

  private subscribe(heartbeat_ms: number): void {
    this.greeted = true;
    this.heartbeat_ms = heartbeat_ms;
    this.subscribed = false;
    const stream = { stream: `conversation/${this.interaction}`, ...(this.cursor && { after: this.cursor }) };
    const values = topics.map((topic) => ({ topic: `interaction/${this.interaction}/${topic}` }));
    this.socket?.send(JSON.stringify({ id: 1, subscribe: [stream, ...values] }));
  }

  /** The first of what was asked for is the conversation itself. */
  private refused(frame: Frame): void {
    if (frame.item === 0) this.over(frame.error ?? "refused");
  }

  private over(why: string): void {
    this.stop();
    this.listener.on_end(why);
  }

  private take_stream(frame: Frame): void {
    if (frame.cursor) this.cursor = frame.cursor;
    if (frame.ended === "unavailable") return this.lost();
    if (frame.ended) return this.over(frame.ended);
    if (frame.reset) this.listener.on_snapshot(frame.reset.events ?? []);
    if (frame.event) this.listener.on_event(frame.event);
  }

  private take_topic(frame: Frame): void {
    const topic = topics.find((one) => frame.topic === `interaction/${this.interaction}/${one}`);
    if (topic) this.listener.on_value(topic, frame.removed || frame.ended ? null : frame.value, !this.subscribed);
  }
}
