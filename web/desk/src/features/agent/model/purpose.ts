import type { TimelineEvent } from "@/api/types";

const contextOf = (events: readonly TimelineEvent[]): TimelineEvent | undefined => events.find((one) => one.kind === "context");

/** What a call that we place is for; `null`: nobody said. */
export function purposeOf(events: readonly TimelineEvent[]): string | null {
  const purpose = contextOf(events)?.["purpose"];
  return typeof purpose === "string" && purpose !== "" ? purpose : null;
}

/** Whether they are to be asked before the call is recorded, and what they said; `null`: nobody asks. */
export function consentOf(events: readonly TimelineEvent[]): "asked" | "given" | "refused" | null {
  if (contextOf(events)?.["consent_required"] !== true) return null;
  const said = events.findLast((one) => one.kind === "consent");
  return said === undefined ? "asked" : said["given"] === true ? "given" : "refused";
}

/** Whether it is a call of a list. */
export const isOfList = (events: readonly TimelineEvent[]): boolean => typeof contextOf(events)?.["calling_list"] === "string";
