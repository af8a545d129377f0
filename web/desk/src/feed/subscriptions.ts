import { streamKey, topicKey, type Frame } from "./frames";

/** Who listens to a stream: lossless, in order, without repeats. */
export interface StreamListener {
  /** Everything before `seq` and with it is in the snapshot: it replaces what was known. */
  reset(snapshot: unknown, seq: number): void;
  event(event: unknown, seq: number): void;
  /** Nothing comes any more: `closed`, `gone`, `forbidden`. */
  ended(why: string): void;
}

/** Who listens to a topic: the latest value; `undefined` where there is none. */
export interface TopicListener {
  value(value: unknown): void;
  ended(why: string): void;
}

type Wanted =
  | { kind: "stream"; name: string; listener: StreamListener; cursor: string | null; seq: number }
  | { kind: "topic"; name: string; listener: TopicListener; version: number };

/** What the taking of a frame asks of the connection. */
export type Ask = { subscribe: string[] } | { resubscribe: string } | null;

/** What is wanted of the feed and how far each of it was heard. No sockets, no time: a state machine. */
export class Subscriptions {
  private readonly wanted = new Map<string, Wanted>();

  addStream(name: string, listener: StreamListener): string {
    return this.add(streamKey(name), { kind: "stream", name, listener, cursor: null, seq: 0 });
  }

  addTopic(name: string, listener: TopicListener): string {
    return this.add(topicKey(name), { kind: "topic", name, listener, version: -1 });
  }

  private add(key: string, one: Wanted): string {
    if (this.wanted.has(key)) throw new Error(`feed: ${key} has a listener`);
    this.wanted.set(key, one);
    return key;
  }

  /** False: it was not wanted (any more). */
  remove(key: string): boolean {
    return this.wanted.delete(key);
  }

  keys(): string[] {
    return [...this.wanted.keys()];
  }

  has(key: string): boolean {
    return this.wanted.has(key);
  }

  /** The item of a subscribe frame; a stream goes on behind what was heard. */
  item(key: string): Record<string, string> {
    const one = this.wanted.get(key);
    if (!one) throw new Error(`feed: ${key} is not wanted`);
    if (one.kind === "topic") return { topic: one.name };
    return one.cursor === null ? { stream: one.name } : { stream: one.name, after: one.cursor };
  }

  /** Another connection: versions may start anew. */
  connected(): void {
    for (const one of this.wanted.values()) if (one.kind === "topic") one.version = -1;
  }

  take(frame: Frame): Ask {
    switch (frame.kind) {
      case "event":
        return this.takeEvent(frame);
      case "reset":
        return this.takeReset(frame);
      case "value":
        return this.takeValue(frame.name, frame.version, frame.value);
      case "removed":
        return this.takeValue(frame.name, frame.version, undefined);
      case "ended":
        return this.takeEnd(frame.key, frame.why);
      default:
        return null;
    }
  }

  private takeEvent(frame: Extract<Frame, { kind: "event" }>): Ask {
    const key = streamKey(frame.name);
    const one = this.wanted.get(key);
    if (one?.kind !== "stream" || frame.seq <= one.seq) return null;
    // A gap would be a word lost: go back to the last that was heard.
    if (frame.seq !== one.seq + 1) return { resubscribe: key };
    one.seq = frame.seq;
    one.cursor = frame.cursor;
    one.listener.event(frame.event, frame.seq);
    return null;
  }

  private takeReset(frame: Extract<Frame, { kind: "reset" }>): Ask {
    const one = this.wanted.get(streamKey(frame.name));
    if (one?.kind !== "stream") return null;
    one.seq = frame.seq;
    one.cursor = frame.cursor;
    one.listener.reset(frame.snapshot, frame.seq);
    return null;
  }

  private takeValue(name: string, version: number, value: unknown): Ask {
    const one = this.wanted.get(topicKey(name));
    if (one?.kind !== "topic" || version < one.version) return null;
    one.version = version;
    one.listener.value(value);
    return null;
  }

  /** `unavailable` is only "not now"; every other end is for good. */
  private takeEnd(key: string, why: string): Ask {
    const one = this.wanted.get(key);
    if (!one) return null;
    if (why === "unavailable") return { subscribe: [key] };
    this.wanted.delete(key);
    one.listener.ended(why);
    return null;
  }
}
