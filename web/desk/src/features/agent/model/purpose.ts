import type { TimelineEvent } from "@/api/types";

const contextOf = (events: readonly TimelineEvent[]): TimelineEvent | undefined => events.find((one) => one.kind === "context");

/** What a call that we place is for; `null`: nobody said. */
export function purposeOf(events: readonly TimelineEvent[]): string | null {
  const purpose = contextOf(events)?.["purpose"];
  return typeof purpose === "string" && purpose !== "" ? purpose : null;
}

/** How it stands with leave to record the call: the agent is to ask for it, words of the brand do, or what was said. */
export type Consent = "asked" | "prompted" | "given" | "refused";

/** `null`: nobody asks. */
export function consentOf(events: readonly TimelineEvent[]): Consent | null {
  const prompted = events.some((one) => one.kind === "guide_step" && one["guide"] === "placed_recording");
  if (!prompted && contextOf(events)?.["consent_required"] !== true) return null;
  const said = events.findLast((one) => one.kind === "consent");
  if (said === undefined) return prompted ? "prompted" : "asked";
  return said["given"] === true ? "given" : "refused";
}

/** Whether it is a call of a list. */
export const isOfList = (events: readonly TimelineEvent[]): boolean => typeof contextOf(events)?.["calling_list"] === "string";
