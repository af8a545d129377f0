import type { DispositionReason, Outcome, TimelineEvent } from "@/api/types";
import type { Heard } from "./heard";

/** A promise that was heard, as the agent confirms it. */
export interface HeardPromise extends Heard {
  /** Whether it is written down. */
  keep: boolean;
}

/** What the agent confirms at the end. */
export interface WrapUp {
  reason: string;
  outcome: Outcome;
  rootCause: string;
  heard: readonly HeardPromise[];
  /** What is still to be done, and by when; no words: nothing. */
  followUp: { what: string; due: number };
}

/** A reason of the tree, with its way from the top: "Billing" and "Wrong amount". */
export interface ReasonOption {
  id: string;
  above: string;
  label: string;
  outcomes: readonly Outcome[];
}

export const allOutcomes: readonly Outcome[] = ["resolved", "follow_up", "unresolved"];

/** What can be chosen: the reasons that have none below. Outcomes are those of the nearest reason above that names some. */
export function reasonOptions(reasons: readonly DispositionReason[], above = "", inherited: readonly Outcome[] = allOutcomes): ReasonOption[] {
  return reasons.flatMap((reason) => {
    const own = reason.outcomes ?? inherited;
    const children = reason.children ?? [];
    if (children.length > 0) return reasonOptions(children, above === "" ? reason.label : `${above} › ${reason.label}`, own);
    return [{ id: reason.id, above, label: reason.label, outcomes: allOutcomes.filter((one) => own.includes(one)) }];
  });
}

/** Reasons under the way that leads to them, in their order. */
export function reasonGroups(options: readonly ReasonOption[]): Map<string, ReasonOption[]> {
  const groups = new Map<string, ReasonOption[]>();
  for (const one of options) groups.set(one.above, [...(groups.get(one.above) ?? []), one]);
  return groups;
}

const words = (text: string): string[] => text.toLocaleLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** The reason whose words were said most in this conversation; none if none was. */
export function likelyReason(options: readonly ReasonOption[], events: readonly TimelineEvent[]): string {
  const said = new Map<string, number>();
  for (const event of events) for (const word of words(event.text ?? "")) said.set(word, (said.get(word) ?? 0) + 1);
  let best = { id: "", points: 0 };
  for (const option of options) {
    const points = words(`${option.above} ${option.label}`).reduce((sum, word) => sum + (said.get(word) ?? 0), 0);
    if (points > best.points) best = { id: option.id, points };
  }
  return best.id;
}

export const promisesOf = (events: readonly TimelineEvent[]): TimelineEvent[] => events.filter((one) => one.kind === "promise" || one.kind === "followup_scheduled");

/** Whether it may be chosen, or is no choice yet; any word may where the queue has no tree. */
export const isReason = (options: readonly ReasonOption[], reason: string): boolean => options.length === 0 || reason === "" || options.some((one) => one.id === reason);

/** What a reason allows; any outcome where the queue has no tree. */
export const outcomesOf = (options: readonly ReasonOption[], reason: string): readonly Outcome[] => options.find((one) => one.id === reason)?.outcomes ?? allOutcomes;

/** The outcome if the reason allows it, else the first that it does. */
export const allowed = (options: readonly ReasonOption[], reason: string, outcome: Outcome): Outcome => {
  const outcomes = outcomesOf(options, reason);
  return outcomes.includes(outcome) ? outcome : (outcomes[0] ?? outcome);
};

/** Where something was promised or planned the matter goes on; else it is resolved. */
export function prefilled(options: readonly ReasonOption[], queue: string, events: readonly TimelineEvent[], heard: readonly Heard[], later: number): WrapUp {
  const before = events.findLast((one) => one.kind === "disposition") as (TimelineEvent & { reason?: string; outcome?: Outcome; root_cause?: string }) | undefined;
  const likely = options.length === 0 ? queue : likelyReason(options, events);
  const reason = before?.reason ?? likely;
  const goesOn = promisesOf(events).length + heard.length > 0;
  return {
    reason,
    outcome: allowed(options, reason, before?.outcome ?? (goesOn ? "follow_up" : "resolved")),
    rootCause: before?.root_cause ?? "",
    heard: heard.map((one) => ({ ...one, keep: true })),
    followUp: { what: "", due: later },
  };
}
