import type { DispositionReason, Outcome, TimelineEvent } from "@/api/types";

/** What the agent confirms at the end. */
export interface WrapUp {
  reason: string;
  outcome: Outcome;
  rootCause: string;
}

/** A reason of the tree with its way from the top, for a flat list: "Billing › Wrong amount". */
export interface ReasonOption {
  id: string;
  label: string;
  outcomes: readonly Outcome[] | null;
}

export function reasonOptions(reasons: readonly DispositionReason[], above = ""): ReasonOption[] {
  return reasons.flatMap((reason) => {
    const label = above === "" ? reason.label : `${above} › ${reason.label}`;
    const children = reason.children ?? [];
    if (children.length > 0) return reasonOptions(children, label);
    return [{ id: reason.id, label, outcomes: reason.outcomes ?? null }];
  });
}

const words = (text: string): string[] => text.toLocaleLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** The reason whose words were said most in this conversation; none if none was. */
export function likelyReason(options: readonly ReasonOption[], events: readonly TimelineEvent[]): string {
  const said = new Map<string, number>();
  for (const event of events) for (const word of words(event.text ?? "")) said.set(word, (said.get(word) ?? 0) + 1);
  let best = { id: "", points: 0 };
  for (const option of options) {
    const points = words(option.label).reduce((sum, word) => sum + (said.get(word) ?? 0), 0);
    if (points > best.points) best = { id: option.id, points };
  }
  return best.id;
}

export const promisesOf = (events: readonly TimelineEvent[]): TimelineEvent[] => events.filter((one) => one.kind === "promise" || one.kind === "followup_scheduled");

/** Where something was promised or planned the matter goes on; else it is resolved. */
export function prefilled(options: readonly ReasonOption[], queue: string, events: readonly TimelineEvent[]): WrapUp {
  const before = events.findLast((one) => one.kind === "disposition") as (TimelineEvent & { reason?: string; outcome?: Outcome; root_cause?: string }) | undefined;
  const likely = options.length === 0 ? queue : likelyReason(options, events);
  return {
    reason: before?.reason ?? likely,
    outcome: before?.outcome ?? (promisesOf(events).length > 0 ? "follow_up" : "resolved"),
    rootCause: before?.root_cause ?? "",
  };
}
