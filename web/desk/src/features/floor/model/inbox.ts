import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { request, withQuery } from "@/api/request";
import { asked, type Failure, type Result } from "@/api/result";
import { feed } from "@/feed/page-feed";
import { ordered, readItem, withItem, type InboxItem } from "./inbox-items";

export interface InboxState {
  /** False until it was read once. */
  loaded: boolean;
  /** The last attempt to read it failed: what is shown may lack something. */
  failure: Failure | null;
  items: readonly InboxItem[];
}

const nothing: InboxState = { loaded: false, failure: null, items: [] };
export const inbox = createStore<InboxState>(() => nothing);
export const useInbox = (): InboxState => useStore(inbox);

const pageMax = 500;
const pagesMax = 10;

/** All that is open or taken. */
async function readAll(): Promise<Result<InboxItem[]>> {
  const items: InboxItem[] = [];
  let after: string | undefined;
  for (let page = 0; page < pagesMax; ++page) {
    const answer = await asked(request<{ items: InboxItem[]; next: string | null }>("GET", withQuery("/api/v1/inbox", { limit: pageMax, after })));
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    if (answer.value.next === null) break;
    after = answer.value.next;
  }
  return { ok: true, value: items };
}

/**
 * Reads the inbox and follows its streams. A stream tells what comes, not what is there, and a read tells
 * what was there at some moment of it: so each stream's beginning asks for a read, and what the streams
 * told while one was under way counts over its answer.
 */
export class InboxWatch {
  private reading = false;
  private again = false;
  private stopped = false;
  /** What was told since the read under way began. */
  private told: InboxItem[] = [];
  private leave: (() => void)[] = [];

  start(brands: readonly string[], streams: readonly ("flags" | "help")[]): void {
    inbox.setState(nothing, true);
    void this.read();
    this.leave = brands.flatMap((brand) =>
      streams.map((stream) => feed.stream(`${stream}/${brand}`, { reset: () => void this.read(), event: (event) => this.take(readItem(event)), ended: () => undefined })),
    );
  }

  stop(): void {
    this.stopped = true;
    this.leave.forEach((one) => one());
    inbox.setState(nothing, true);
  }

  take(item: InboxItem | null): void {
    if (!item || this.stopped) return;
    if (this.reading) this.told.push(item);
    inbox.setState(({ items }) => ({ items: withItem(items, item) }));
  }

  async read(): Promise<void> {
    this.again = this.reading;
    if (this.reading) return;
    this.reading = true;
    this.told = [];
    const answer = await readAll();
    this.reading = false;
    // Somebody else's watch may run by now.
    if (this.stopped) return;
    if (answer.ok) inbox.setState({ loaded: true, failure: null, items: this.told.reduce<InboxItem[]>(withItem, ordered(answer.value.filter((one) => one.state !== "done"))) });
    else inbox.setState({ failure: answer.failure });
    if (this.again) await this.read();
  }
}

let watch: InboxWatch | null = null;

/** Follows the inboxes of the brands until the answer is called. */
export function watchInbox(brands: readonly string[], streams: readonly ("flags" | "help")[]): () => void {
  const mine = new InboxWatch();
  watch = mine;
  mine.start(brands, streams);
  return () => {
    mine.stop();
    if (watch === mine) watch = null;
  };
}

/** After a failure. */
export const readInboxAgain = (): void => void watch?.read();

/** Sees to it, gives it back, or has seen to it. */
export async function changeItem(item: InboxItem, to: "take" | "release" | "resolve", note?: string) {
  const done = await asked(request<InboxItem>("POST", `/api/v1/inbox/${encodeURIComponent(item.id)}/${to}`, to === "resolve" ? { note: note ?? "" } : undefined));
  if (done.ok) watch?.take(readItem(done.value));
  return done;
}
