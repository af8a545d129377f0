import { Refusal } from "./api.ts";
import { new_id } from "./id.ts";
import type { Storage, Unsent } from "./storage.ts";

/** How words leave. */
export interface Ways {
  /** Sees to a conversation that they can go to. */
  begin(): Promise<void>;
  send(unsent: Unsent): Promise<unknown>;
  /** It has arrived. */
  sent(unsent: Unsent): void;
  changed(): void;
  /** There is no such conversation any more. */
  gone(): void;
}

const pause_min_ms = 1_000;
const pause_max_ms = 20_000;

/**
 * What was written and is not known to have arrived, kept over reloads. One after the other is sent, in
 * their order, again and again until the server has answered; each has an id, so that what arrives twice
 * counts once.
 */
export class Outbox {
  private readonly storage: Storage;
  private readonly ways: Ways;
  private busy = false;
  private pause_ms = pause_min_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];
  /** The last attempt got no answer. */
  failing = false;

  constructor(storage: Storage, ways: Ways) {
    this.storage = storage;
    this.ways = ways;
    window.addEventListener("online", () => this.flush());
  }

  /** Its id. */
  add(text: string): string {
    const id = new_id("m");
    this.set([...this.storage.now.unsent, { id, text }]);
    this.flush();
    return id;
  }

  again(id: string): void {
    this.set(this.storage.now.unsent.map((one) => (one.id === id ? { id, text: one.text } : one)));
    this.flush();
  }

  discard(id: string): void {
    this.set(this.storage.now.unsent.filter((one) => one.id !== id));
  }

  /** These have arrived. */
  settle(arrived: ReadonlySet<string>): void {
    const left = this.storage.now.unsent.filter((one) => !arrived.has(one.id));
    if (left.length < this.storage.now.unsent.length) this.set(left);
  }

  /** When nothing is left to send (what was refused is not). */
  emptied(): Promise<void> {
    return this.next ? new Promise((done) => this.waiting.push(done)) : Promise.resolve();
  }

  /** Sends what there is; once at a time. */
  flush(): void {
    clearTimeout(this.timer);
    if (!this.busy) void this.work();
  }

  private get next(): Unsent | undefined {
    return this.storage.now.unsent.find((one) => !one.refused);
  }

  private set(unsent: readonly Unsent[]): void {
    this.storage.change({ unsent: [...unsent] });
    if (!this.next) {
      const waiting = this.waiting;
      this.waiting = [];
      for (const done of waiting) done();
    }
    this.ways.changed();
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let unsent = this.next; unsent; unsent = this.next) {
        await this.ways.begin();
        try {
          await this.ways.send(unsent);
        } catch (error) {
          if (!(error instanceof Refusal) || error.passes) throw error;
          this.refuse(unsent, error.code);
          if (error.code === "unknown_interaction" || error.status === 401) this.ways.gone();
          continue;
        }
        this.ways.sent(unsent);
        this.settle(new Set([unsent.id]));
        this.went(true);
      }
    } catch (error) {
      if (error instanceof Refusal && !error.passes) this.refuse_all(error.code);
      else this.later();
    } finally {
      this.busy = false;
    }
  }

  private went(well: boolean): void {
    this.failing = !well;
    if (well) this.pause_ms = pause_min_ms;
    this.ways.changed();
  }

  private later(): void {
    this.went(false);
    this.timer = setTimeout(() => this.flush(), this.pause_ms * (0.5 + Math.random()));
    this.pause_ms = Math.min(this.pause_ms * 2, pause_max_ms);
  }

  private refuse(unsent: Unsent, code: string): void {
    this.set(this.storage.now.unsent.map((one) => (one.id === unsent.id ? { ...one, refused: code } : one)));
  }

  /** No conversation could begin. */
  private refuse_all(code: string): void {
    this.failing = false;
    this.set(this.storage.now.unsent.map((one) => ({ ...one, refused: code })));
  }
}
