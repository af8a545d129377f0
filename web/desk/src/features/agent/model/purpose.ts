import type { TimelineEvent } from "@/api/types";

const contextOf = (events: readonly TimelineEvent[]): TimelineEvent | undefined => events.find((one) => one.kind === "context");

/** What a call that we place is for; `null`: nobody said. */
export function purposeOf(events: readonly TimelineEvent[]): string | null {
  const purpose = contextOf(events)?.["purpose"];
  return typeof purpose === "string" && purpose !== "" ? purpose : null;
}

/** How it stands with leave to record the call: the agent is to ask for it, words of the brand do, or what was said. */
export type Consent = "asked" | "prompted" | "given" | "refused";

/** Who had the call when the words began has it no more, and with them the question went (docs/phone.md). */
const ends: ReadonlySet<string> = new Set(["answered", "transfer"]);

/** `null`: nobody asks, or nobody can answer any more. */
export function consentOf(events: readonly TimelineEvent[]): Consent | null {
  const question = events.findLastIndex((one) => one.kind === "guide_step" && one["guide"] === "placed_recording");
  if (question < 0 && contextOf(events)?.["consent_required"] !== true) return null;
  const said = events.findLast((one) => one.kind === "consent");
  if (said !== undefined) return said["given"] === true ? "given" : "refused";
  if (events.some((one) => one.kind === "ended")) return null;
  return question >= 0 && !events.slice(question + 1).some((one) => ends.has(one.kind)) ? "prompted" : "asked";
}

/** Whether it is a call of a list. */
export const isOfList = (events: readonly TimelineEvent[]): boolean => typeof contextOf(events)?.["calling_list"] === "string";
