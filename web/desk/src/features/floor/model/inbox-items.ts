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
