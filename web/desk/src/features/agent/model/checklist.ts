import type { ChecklistItem } from "./conversation";

/** One practice of the list: several occasions of it are one line. */
export interface Line {
  practice: string;
  say: string;
  tip: string | undefined;
  state: "open" | "due" | "met" | "missed";
  dueAt: number | null;
  /** The event that shows it. */
  event: string | undefined;
  critical: boolean;
}

export interface Lines {
  /** What is open now, most pressing first; what was met a moment ago stays in sight. */
  now: Line[];
  /** What comes next, in the order of a conversation. */
  later: Line[];
  /** What was missed and can still be mended. */
  missed: Line[];
  done: Line[];
}

const nowMax = 5;
const missedMax = 2;
const dueSoonMs = 60_000;
const lingerMs = 2_500;

/** How a conversation goes: what its practices begin with. Those without a place stand in the middle. */
const phases: Record<string, number> = { opening: 0, identity: 1, listening: 2, empathy: 2, courtesy: 3, expectations: 4, resolution: 4, ownership: 4, transfer: 4, promises: 4, framework: 4, closing: 6 };
const middle = 3;
const late = new Set(["resolution.root-cause", "resolution.first-contact", "courtesy.thank-time", "empathy.de-escalate", "listening.notes"]);

/** A greeting comes in an order of its own. */
const opening = ["opening.greet", "opening.company-name", "opening.own-name", "opening.rapport", "opening.offer-help"];

function phaseOf(practice: string): number {
  const place = opening.indexOf(practice);
  if (place >= 0) return place / opening.length;
  if (practice === "closing.wrap-up" || practice === "resolution.root-cause") return 7;
  if (late.has(practice)) return 5;
  return phases[practice.slice(0, practice.indexOf("."))] ?? middle;
}

const rank = { open: 0, missed: 1, met: 2, void: 3, not_assessed: 3 } as const;

/** Of several occasions of a practice the open one, else the latest missed, else the latest met one. */
function pressing(a: ChecklistItem, b: ChecklistItem): ChecklistItem {
  if (rank[a.state] !== rank[b.state]) return rank[a.state] < rank[b.state] ? a : b;
  if (a.state === "open" && a.due_at !== b.due_at) return (a.due_at ?? "~") < (b.due_at ?? "~") ? a : b;
  return a.opened_at >= b.opened_at ? a : b;
}

function lineOf(item: ChecklistItem, now: number): Line {
  const dueAt = item.due_at === null ? null : Date.parse(item.due_at);
  const due = item.state === "open" && dueAt !== null && dueAt - now < dueSoonMs;
  const state = due ? "due" : item.state === "met" || item.state === "missed" ? item.state : "open";
  return { practice: item.practice, say: item.say, tip: item.tip, state, dueAt, event: item.event, critical: item.critical };
}

/** How pressing an open line is: what is due, then what the customer's words called for, then the phase of the conversation. */
function urgency(item: ChecklistItem, line: Line, firstOpened: string): [number, number] {
  if (line.state === "due") return [0, line.dueAt ?? 0];
  const called = item.opened_at > firstOpened && phaseOf(item.practice) < 5;
  return [called ? 1 : 2, phaseOf(item.practice)];
}

/**
 * The list as the agent sees it. Nothing of the closing is "now" while the conversation goes on; once
 * it has `ended`, what can still be done is the wrap-up.
 */
export function linesOf(items: readonly ChecklistItem[], metAt: ReadonlyMap<string, number>, now: number, ended: boolean): Lines {
  const byPractice = new Map<string, ChecklistItem>();
  for (const item of items) {
    if (rank[item.state] === 3) continue;
    const other = byPractice.get(item.practice);
    byPractice.set(item.practice, other ? pressing(other, item) : item);
  }
  const firstOpened = items.reduce((first, item) => (item.opened_at < first ? item.opened_at : first), "~");
  const all = [...byPractice.values()].map((item) => ({ item, line: lineOf(item, now) }));
  const isOpen = ({ line }: (typeof all)[number]) => line.state === "open" || line.state === "due";
  const isFresh = ({ line }: (typeof all)[number]) => line.state === "met" && now - (metAt.get(line.practice) ?? 0) < lingerMs;
  const shown = all
    .filter((one) => isOpen(one) || isFresh(one))
    .map((one) => ({ ...one, key: urgency(one.item, one.line, firstOpened) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1]);
  const timely = shown.filter(({ line }) => line.state === "due" || (ended ? phaseOf(line.practice) >= 7 : phaseOf(line.practice) < 6)).slice(0, nowMax);
  const taken = new Set(timely.map(({ line }) => line.practice));
  const missed = all.filter(({ line }) => line.state === "missed").sort((a, b) => (a.item.opened_at < b.item.opened_at ? 1 : -1));
  return {
    now: timely.map(({ line }) => line),
    later: shown.filter(({ line }) => !taken.has(line.practice) && line.state !== "met").map(({ line }) => line).sort((a, b) => phaseOf(a.practice) - phaseOf(b.practice)),
    missed: ended ? [] : missed.slice(0, missedMax).map(({ line }) => line),
    done: all.filter((one) => one.line.state === "met" && !taken.has(one.line.practice)).map(({ line }) => line),
  };
}
