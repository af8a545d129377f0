import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { request, withQuery } from "@/api/request";
import { asked } from "@/api/result";
import { feed } from "@/feed/page-feed";
import { ordered, readItem, withItem, type InboxItem } from "./inbox-items";

export interface InboxState {
  loaded: boolean;
  items: readonly InboxItem[];
}

export const inbox = createStore<InboxState>(() => ({ loaded: false, items: [] }));
export const useInbox = (): InboxState => useStore(inbox);

const pageMax = 200;
const take = (item: InboxItem | null) => item && inbox.setState((state) => ({ ...state, items: withItem(state.items, item) }));

/** Reads what is open; the feed tells what comes. */
async function read(): Promise<void> {
  const answer = await asked(request<{ items: InboxItem[] }>("GET", withQuery("/api/v1/inbox", { limit: pageMax })));
  inbox.setState((state) => ({ loaded: true, items: answer.ok ? ordered(answer.value.items.filter((one) => one.state !== "done")) : state.items }));
}

/** Follows the inboxes of the brands until the answer is called. A `reset` says that something may have been missed. */
export function watchInbox(brands: readonly string[], streams: readonly ("flags" | "help")[]): () => void {
  inbox.setState({ loaded: false, items: [] });
  void read();
  let fresh = true;
  const leave = brands.flatMap((brand) =>
    streams.map((stream) =>
      feed.stream(`${stream}/${brand}`, {
        reset: () => (fresh ? (fresh = false) : void read()),
        event: (told) => void take(readItem(told)),
        ended: () => undefined,
      }),
    ),
  );
  return () => leave.forEach((one) => one());
}

/** Sees to it, gives it back, or has seen to it. */
export async function changeItem(item: InboxItem, to: "take" | "release" | "resolve", note?: string) {
  const done = await asked(request<InboxItem>("POST", `/api/v1/inbox/${encodeURIComponent(item.id)}/${to}`, to === "resolve" ? { note: note ?? "" } : undefined));
  if (done.ok) take(readItem(done.value));
  return done;
}
