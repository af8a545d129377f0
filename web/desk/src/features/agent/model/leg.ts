import type { TimelineEvent } from "@/api/types";

/** How the customer's line of a call that we place stands, or why they were not reached. */
export type Leg = { state: "dialled" | "ringing" | "answered" } | { state: "over"; reason: string };

const states = ["dialled", "ringing", "answered"] as const;

const isOfCustomer = (event: TimelineEvent): boolean => (event.kind === "leg_started" || event.kind === "leg_ended") && event.leg === "customer";

/** The agent's own phone was not lifted: nobody was called. */
const notLifted = new Set(["no_phone", "busy", "no_answer"]);

export function legOf(event: TimelineEvent): Leg | null {
  if (event.kind === "leg_ended" && event.leg === "agent" && notLifted.has(String(event["reason"]))) return { state: "over", reason: "own_phone" };
  if (!isOfCustomer(event)) return null;
  if (event.kind === "leg_ended") return { state: "over", reason: typeof event["reason"] === "string" ? event["reason"] : "other" };
  const state = states.find((one) => one === event["state"]);
  return state === undefined ? null : { state };
}

/** Since somebody has it: what became of an earlier agent's attempt is not this one's. */
export function lastLeg(events: readonly TimelineEvent[]): Leg | null {
  const taken = events.findLastIndex((one) => one.kind === "answered");
  const last = events.slice(taken + 1).findLast((one) => legOf(one) !== null);
  return last === undefined ? null : legOf(last);
}

/** Whether taking it calls the customer: they asked for that, and were not reached since. */
export function isCallback(events: readonly TimelineEvent[]): boolean {
  const asked = events.findLastIndex((one) => one.kind === "followup_scheduled" && one.by === "bot" && one["what"] === "callback");
  return asked >= 0 && !events.slice(asked).some((one) => legOf(one)?.state === "answered");
}

/** The end outside of a call that leaves: how it stands, or why nobody has the customer there. */
export type Outside = { state: "referred" | "dialled" | "ringing" | "answered" } | { state: "over"; reason: string };

const outsideStates = ["referred", "dialled", "ringing", "answered"] as const;

export function outsideOf(event: TimelineEvent): Outside | null {
  if (event.leg !== "outside") return null;
  if (event.kind === "leg_ended") return { state: "over", reason: typeof event["reason"] === "string" ? event["reason"] : "other" };
  const state = event.kind === "leg_started" ? outsideStates.find((one) => one === event["state"]) : undefined;
  return state === undefined ? null : { state };
}

/** Of the transfer that was begun last. */
export function outsideNow(events: readonly TimelineEvent[]): "begins" | Outside["state"] {
  const begun = events.findLastIndex((one) => one.kind === "transfer_outside_started");
  const last = events.slice(begun + 1).findLast((one) => outsideOf(one) !== null);
  return last === undefined ? "begins" : (outsideOf(last)?.state ?? "begins");
}
