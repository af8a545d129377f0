import type { LiveInteraction, Queue } from "@/api/types";
import type { ChecklistItem } from "./state";

/** Why a conversation needs somebody's eye, the weightiest first. */
export type Reason =
  | { kind: "missed_critical"; say: string }
  | { kind: "asks_supervisor" }
  | { kind: "sensitive" }
  | { kind: "upset"; sinceMs: number }
  | { kind: "overdue"; say: string }
  | { kind: "waits"; ms: number; targetMs: number }
  | { kind: "held"; ms: number }
  | { kind: "missed"; count: number }
  | { kind: "due"; say: string; inMs: number };

export type Level = "high" | "watch" | "calm";

export interface Risk {
  score: number;
  level: Level;
  reasons: Reason[];
}

/** Practices that only come up when the customer is upset, or says what must not stay between two. Their ids are contracts. */
const upsetPractices = new Set(["empathy.acknowledge-emotion", "empathy.de-escalate"]);
const supervisorPractice = "escalation.on-demand";
const sensitivePractice = "flag.sensitive";

const defaultTargetMs = 20_000;
const heldLongMs = 120_000;
const dueSoonMs = 30_000;
const watchFrom = 10;
const highFrom = 40;

const weights: Record<Reason["kind"], number> = { missed_critical: 50, asks_supervisor: 45, sensitive: 40, upset: 20, overdue: 12, waits: 15, held: 12, missed: 4, due: 3 };

function weightOf(reason: Reason): number {
  const weight = weights[reason.kind];
  // Waiting is worse the longer it lasts: at four times the target it is as bad as a critical miss.
  if (reason.kind === "waits") return Math.min(50, weight * (reason.ms / reason.targetMs));
  if (reason.kind === "missed") return Math.min(16, weight * reason.count);
  return weight;
}

/** What the checklist gives away. */
function ofChecklist(items: readonly ChecklistItem[], now: number): Reason[] {
  const reasons: Reason[] = [];
  const missed = items.filter((one) => one.state === "missed");
  for (const one of missed) if (one.critical) reasons.push({ kind: "missed_critical", say: one.say });
  if (items.some((one) => one.practice === supervisorPractice && one.state !== "met")) reasons.push({ kind: "asks_supervisor" });
  if (items.some((one) => one.practice === sensitivePractice && one.state !== "met")) reasons.push({ kind: "sensitive" });
  const upset = upsetSince(items);
  if (upset !== null) reasons.push({ kind: "upset", sinceMs: Math.max(0, now - upset) });
  const plain = missed.filter((one) => !one.critical).length;
  if (plain > 0) reasons.push({ kind: "missed", count: plain });
  for (const one of items) {
    if (one.state !== "open" || one.due_at === null || !one.critical) continue;
    const inMs = Date.parse(one.due_at) - now;
    if (inMs < 0) reasons.push({ kind: "overdue", say: one.say });
    else if (inMs < dueSoonMs) reasons.push({ kind: "due", say: one.say, inMs });
  }
  return reasons;
}

/** Since when the customer is upset and nobody has said so, in milliseconds; `null`: they are not. */
export function upsetSince(items: readonly ChecklistItem[]): number | null {
  const moments = items.filter((one) => upsetPractices.has(one.practice) && (one.state === "open" || one.state === "missed")).map((one) => Date.parse(one.opened_at));
  return moments.length === 0 ? null : Math.min(...moments);
}

export const isWaiting = (live: LiveInteraction): boolean => live.stage === "waiting" || live.stage === "offered";

/** Since when the customer waits for somebody to answer. */
export const waitingSince = (live: LiveInteraction): number => (live.stage === "offered" ? Date.parse(live.started_at) : Date.parse(live.since));

export function riskOf(live: LiveInteraction, items: readonly ChecklistItem[], queue: Queue | undefined, now: number): Risk {
  const reasons = ofChecklist(items, now);
  const targetMs = (queue?.target_seconds ?? 0) > 0 ? (queue?.target_seconds ?? 0) * 1_000 : defaultTargetMs;
  const waitedMs = now - waitingSince(live);
  if (isWaiting(live) && waitedMs > targetMs) reasons.push({ kind: "waits", ms: waitedMs, targetMs });
  const heldMs = now - Date.parse(live.since);
  if (live.on_hold && heldMs > heldLongMs) reasons.push({ kind: "held", ms: heldMs });
  reasons.sort((one, other) => weightOf(other) - weightOf(one));
  const score = reasons.reduce((sum, one) => sum + weightOf(one), 0);
  return { score, reasons, level: score >= highFrom ? "high" : score >= watchFrom ? "watch" : "calm" };
}

export interface Ranked {
  live: LiveInteraction;
  risk: Risk;
}

/** By risk, then whoever is longest in the present stage, then by id: an order that does not flicker. */
export function ranked(all: Ranked[]): Ranked[] {
  // Each moment is read once: there may be ten thousand.
  const since = new Map(all.map((one) => [one, Date.parse(one.live.since)]));
  const at = (one: Ranked) => since.get(one) ?? 0;
  return all.toSorted((one, other) => other.risk.score - one.risk.score || at(one) - at(other) || (one.live.id < other.live.id ? -1 : 1));
}
