import { newId } from "@/shared/new-id";

/** A tree of reasons as it is edited; every change makes another tree. */
export interface Reason {
  /** Of the form alone: an id may be changed, or be there twice for a while. The kept id, or chance. */
  key: string;
  id: string;
  label: string;
  /** Which outcomes it allows; empty: all. */
  outcomes: readonly string[];
  children: readonly Reason[];
  /** Not kept yet: nothing refers to its id. */
  fresh?: boolean;
}

/** As the API has it. */
export interface KeptReason {
  id: string;
  label: string;
  outcomes?: string[];
  children?: KeptReason[];
}

export const outcomes = ["resolved", "unresolved", "follow_up"] as const;

/** The API's limit. */
export const depthMax = 6;

export const newReason = (): Reason => ({ key: newId("reason"), id: "", label: "", outcomes: [], children: [], fresh: true });

export const toReasons = (kept: readonly KeptReason[]): Reason[] => kept.map(({ id, label, outcomes: allowed, children }) => ({ key: `kept-${id}`, id, label, outcomes: allowed ?? [], children: toReasons(children ?? []) }));

export const fromReasons = (reasons: readonly Reason[]): KeptReason[] =>
  reasons.map(({ id, label, outcomes: allowed, children }) => ({ id: id.trim(), label: label.trim(), ...(allowed.length > 0 && { outcomes: [...allowed] }), ...(children.length > 0 && { children: fromReasons(children) }) }));

/** A line a reason, to be read beside another version. */
export const reasonsWords = (reasons: readonly Reason[], depth = 0): string =>
  reasons.flatMap((one) => [`${"  ".repeat(depth)}${one.id}: ${one.label}${one.outcomes.length > 0 ? ` [${one.outcomes.join(", ")}]` : ""}`, ...(one.children.length > 0 ? [reasonsWords(one.children, depth + 1)] : [])]).join("\n");

/** The same reasons, whatever their keys. */
export const sameReasons = (one: readonly Reason[], other: readonly Reason[]): boolean => JSON.stringify(fromReasons(one)) === JSON.stringify(fromReasons(other));

/** All, with the list that each stands in. */
function* walk(list: readonly Reason[], depth = 1): Generator<{ reason: Reason; siblings: readonly Reason[]; at: number; depth: number }> {
  for (const [at, reason] of list.entries()) {
    yield { reason, siblings: list, at, depth };
    yield* walk(reason.children, depth + 1);
  }
}

const depthOf = (reason: Reason): number => 1 + Math.max(0, ...reason.children.map(depthOf));

/** The tree with every list passed through `change`, the innermost first. */
const mapped = (list: readonly Reason[], change: (list: readonly Reason[]) => readonly Reason[]): readonly Reason[] => change(list.map((one) => ({ ...one, children: mapped(one.children, change) })));

export const withReason = (tree: readonly Reason[], key: string, more: Partial<Reason>): readonly Reason[] => mapped(tree, (list) => list.map((one) => (one.key === key ? { ...one, ...more } : one)));

export const without = (tree: readonly Reason[], key: string): readonly Reason[] => mapped(tree, (list) => list.filter((one) => one.key !== key));

const withAfter = (tree: readonly Reason[], key: string, added: Reason): readonly Reason[] => mapped(tree, (list) => list.flatMap((one) => (one.key === key ? [one, added] : [one])));

export type Move = "up" | "down" | "in" | "out";

/** The tree after a move; `null`: it cannot be moved so. In: below the one before it; out: behind the one that it is below. */
export function moved(tree: readonly Reason[], key: string, move: Move): readonly Reason[] | null {
  const found = [...walk(tree)].find(({ reason }) => reason.key === key);
  if (!found) return null;
  const { reason, siblings, at, depth } = found;
  const other = siblings[move === "down" ? at + 1 : at - 1];
  if (move === "up" || move === "down") {
    if (!other) return null;
    return mapped(tree, (list) => (list.some((one) => one.key === key) ? list.map((one) => (one.key === key ? (list.find((next) => next.key === other.key) ?? one) : one.key === other.key ? (list.find((next) => next.key === key) ?? one) : one)) : list));
  }
  if (move === "in") {
    if (!other || depth + depthOf(reason) > depthMax) return null;
    const rest = without(tree, key);
    const above = [...walk(rest)].find((one) => one.reason.key === other.key)?.reason;
    return above ? withReason(rest, other.key, { children: [...above.children, reason] }) : null;
  }
  const parent = [...walk(tree)].find((one) => one.reason.children.some((child) => child.key === key))?.reason;
  return parent ? withAfter(without(tree, key), parent.key, reason) : null;
}

/** A new one below another, as its last; `null`: that would be too deep. */
export function withChild(tree: readonly Reason[], key: string, added: Reason): readonly Reason[] | null {
  const found = [...walk(tree)].find(({ reason }) => reason.key === key);
  return found && found.depth < depthMax ? withReason(tree, key, { children: [...found.reason.children, added] }) : null;
}

export type ReasonTrouble = "label" | "id" | "slug" | "twice";

const slug = /^[a-z0-9][a-z0-9._-]*$/;

/** What is wrong, by key. Nothing: it can be kept. */
export function reasonTroubles(tree: readonly Reason[]): ReadonlyMap<string, ReasonTrouble> {
  const found = new Map<string, ReasonTrouble>();
  const ids = new Set<string>();
  for (const { reason } of walk(tree)) {
    const id = reason.id.trim();
    if (reason.label.trim() === "") found.set(reason.key, "label");
    else if (id === "") found.set(reason.key, "id");
    else if (!slug.test(id)) found.set(reason.key, "slug");
    else if (ids.has(id)) found.set(reason.key, "twice");
    ids.add(id);
  }
  return found;
}

/** An id made of words, "Wrong bill" → "wrong-bill", below the one that it stands under. */
export function suggestedId(label: string, above: string): string {
  const own = label.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return own === "" || above === "" ? own : `${above}.${own}`;
}
