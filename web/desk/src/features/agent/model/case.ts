import type { Case, CustomerPromise, TimelineEvent } from "@/api/types";

export type CaseAction = "wait" | "resume" | "resolve" | "close" | "reopen";

/** Where a case can go from here (docs/customers.md), the likeliest step first. */
const steps: Readonly<Record<Case["state"], readonly CaseAction[]>> = {
  open: ["resolve", "wait", "close"],
  waiting: ["resume", "resolve", "close"],
  resolved: ["close", "reopen"],
  closed: ["reopen"],
};

export const stepsOf = (one: Case): readonly CaseAction[] => steps[one.state];

export const isActive = (one: Case): boolean => one.state === "open" || one.state === "waiting";

/** Those that go on first; of each the one that changed last. */
export const inOrder = (cases: readonly Case[]): Case[] => cases.toSorted((one, other) => Number(isActive(other)) - Number(isActive(one)) || other.changed_at.localeCompare(one.changed_at));

/** The case of an interaction. */
export const caseOf = (cases: readonly Case[], interaction: string): Case | undefined => cases.find((one) => one.interactions.includes(interaction));

/** Which attempt at the case an interaction is, from 1; the next one where it is not of it yet. */
export function attemptOf(one: Case, interaction: string): number {
  const at = one.interactions.indexOf(interaction);
  return (at < 0 ? one.interactions.length : at) + 1;
}

/** Something owed to the customer: on record, or promised a moment ago and not on record (yet, or to a stranger). */
export interface Owed {
  key: string;
  /** Of the promise on record; `null`: there is none. */
  promise: string | null;
  text: string;
  due: number | null;
  made: "here" | "before";
  followUp: boolean;
}

const momentOf = (text: unknown): number | null => (typeof text === "string" && !Number.isNaN(Date.parse(text)) ? Date.parse(text) : null);

/** `onRecord`: all promises of the customer, whatever became of them. All that is owed, the soonest due first; what has no time is last. */
export function owedOf(onRecord: readonly CustomerPromise[], events: readonly TimelineEvent[], interaction: string): Owed[] {
  const recorded = new Set(onRecord.filter((one) => one.interaction === interaction).map((one) => one.event));
  const kept = new Set(events.flatMap((one) => (one.kind === "promise_kept" && typeof one["promise"] === "string" ? [one["promise"]] : [])));
  const before = onRecord.filter((one) => one.owed && !kept.has(one.id) && !kept.has(one.event)).map((one): Owed => ({ key: one.id, promise: one.id, text: one.text, due: momentOf(one.due), made: one.interaction === interaction ? "here" : "before", followUp: false }));
  const now = events
    .filter((one) => (one.kind === "promise" && !recorded.has(one.id ?? "") && !kept.has(one.id ?? "")) || one.kind === "followup_scheduled")
    .map((one, at): Owed => ({ key: one.id ?? `new-${at}`, promise: null, text: one.text ?? String(one["what"] ?? ""), due: momentOf(one["due"]), made: "here", followUp: one.kind !== "promise" }));
  return [...before, ...now].toSorted((one, other) => (one.due ?? Infinity) - (other.due ?? Infinity));
}
