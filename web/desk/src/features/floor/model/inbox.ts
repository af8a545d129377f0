import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { request, withQuery } from "@/api/request";
import { asked } from "@/api/result";
import { feed } from "@/feed/page-feed";

/** Something that must reach a supervisor: a flag, a call for help, a critical practice that was missed. */
export interface InboxItem {
  id: string;
  kind: "flag" | "help" | "missed";
  interaction: string;
  brand: string;
  /** Who raised it, or whose conversation it is; may be empty. */
  agent: string;
  practice?: string;
  text: string;
  at: string;
  state: "open" | "taken" | "done";
  /** Who sees to it; empty while open. */
  by: string;
}

export interface InboxState {
  loaded: boolean;
  items: readonly InboxItem[];
}

/** Open ones first, calls for help before the rest, then the newest. */
export function ordered(items: readonly InboxItem[]): InboxItem[] {
  const rank = (one: InboxItem) => (one.state === "open" ? 0 : 2) + (one.kind === "help" ? 0 : 1);
  return items.toSorted((one, other) => rank(one) - rank(other) || Date.parse(other.at) - Date.parse(one.at));
}

/** An item as it is now; what is done leaves. */
export function withItem(items: readonly InboxItem[], item: InboxItem): InboxItem[] {
  const rest = items.filter((one) => one.id !== item.id);
  return item.state === "done" ? rest : ordered([item, ...rest]);
}

/** What the stream tells; `null`: none of ours. */
export function readItem(told: unknown): InboxItem | null {
  const one = told as Partial<InboxItem> | null;
  if (!one || typeof one.interaction !== "string" || typeof one.kind !== "string") return null;
  return { id: one.id ?? `${one.interaction}/${one.at ?? ""}`, kind: one.kind, interaction: one.interaction, brand: one.brand ?? "", agent: one.agent ?? "", text: one.text ?? "", at: one.at ?? "", state: one.state ?? "open", by: one.by ?? "", ...(one.practice === undefined ? {} : { practice: one.practice }) };
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
