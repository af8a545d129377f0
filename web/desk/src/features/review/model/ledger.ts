import type { SeenEvent } from "@/shared/timeline/lines";

export type Verdict = "met" | "missed" | "not_applicable" | "not_assessed";

/** A person's word over the machine's. */
export interface Review {
  practice: string;
  verdict: Verdict;
  machine: Verdict;
  agrees: boolean;
  by: string;
  at: string;
  reason: string;
}

export interface Evidence {
  at_ms: number;
  end_ms: number;
  by: string;
  event?: string;
  /** Characters of the event's text. */
  range?: number[];
  text?: string;
}

export interface Practice {
  id: string;
  verdict: Verdict;
  occasions: number;
  met: number;
  weight: number;
  confidence: number;
  why?: string;
  evidence: Evidence[];
  review?: Review;
}

export interface Ledger {
  score: number | null;
  /** As it is with the verdicts of people. */
  reviewed_score?: number | null;
  assessed_share: number;
  made_at: string;
  playbook: { name: string; version: string };
  practices: Practice[];
}

/** What counts now: a person's verdict where there is one. */
export const verdictOf = (practice: Practice): Verdict => practice.review?.verdict ?? practice.verdict;

/** A place in the conversation that speaks for a verdict. */
export interface Moment {
  key: string;
  practice: string;
  verdict: "met" | "missed";
  at: number;
  end: number;
  event: string | null;
  range: [number, number] | null;
}

/** All evidence of what was met or missed, in order of time: the walk. */
export function momentsOf(ledger: Ledger): Moment[] {
  return ledger.practices
    .flatMap((practice) => {
      const verdict = verdictOf(practice);
      if (verdict !== "met" && verdict !== "missed") return [];
      return practice.evidence.map((one, at): Moment => {
        const [from, to] = one.range ?? [];
        return { key: `${practice.id}/${at}`, practice: practice.id, verdict, at: one.at_ms, end: Math.max(one.at_ms, one.end_ms), event: one.event ?? null, range: from === undefined || to === undefined ? null : [from, to] };
      });
    })
    .toSorted((one, other) => one.at - other.at || one.key.localeCompare(other.key));
}

/** The moment after or before one; from nowhere the first or the last. Stops at the ends. */
export function stepFrom(moments: readonly Moment[], key: string | null, by: 1 | -1): Moment | undefined {
  const at = moments.findIndex((one) => one.key === key);
  if (at < 0) return by === 1 ? moments[0] : moments.at(-1);
  return moments[Math.min(moments.length - 1, Math.max(0, at + by))];
}

const groups: readonly Verdict[] = ["missed", "met", "not_assessed", "not_applicable"];

/** The scorecard in groups, what was missed first, the weightiest on top. Empty groups are left out. */
export function grouped(ledger: Ledger): { verdict: Verdict; practices: Practice[] }[] {
  return groups
    .map((verdict) => ({ verdict, practices: ledger.practices.filter((one) => verdictOf(one) === verdict).toSorted((one, other) => other.weight - one.weight || one.id.localeCompare(other.id)) }))
    .filter((group) => group.practices.length > 0);
}

/** Where an event of a moment stands; without an event, the last words before it ended. */
export function eventIndex(moment: Moment, events: readonly SeenEvent[]): number {
  if (moment.event !== null) {
    const at = events.findIndex((one) => one.id === moment.event);
    if (at >= 0) return at;
  }
  return events.findLastIndex((one) => one.at_ms <= moment.at);
}
