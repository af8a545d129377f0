import type { Customer, Participant, TimelineEvent } from "@/api/types";

/** Something known of the customer. */
export interface Fact {
  name: string;
  value: string;
  /** Since when; `null`: it is not on record when. */
  at: number | null;
  /** The interaction that brought it; empty: entered by hand, or not known. */
  from: string;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** "account_number" as people read it. */
export const nameText = (name: string): string => name.replaceAll(/[_.-]+/g, " ");

/**
 * All facts, each once: what was learnt in this conversation, over what is on record, over what the
 * interaction began with. `startedAt`: of the conversation.
 */
export function factsOf(onRecord: Customer | null, participant: Participant | undefined, events: readonly TimelineEvent[], interaction: string, startedAt: number): Fact[] {
  const facts = new Map<string, Fact>();
  const put = (fact: Fact) => facts.set(fact.name, fact);
  for (const [name, value] of Object.entries(participant?.known ?? {})) put({ name, value: textOf(value), at: null, from: "" });
  for (const one of onRecord?.facts ?? []) put({ name: one.name, value: textOf(one.value), at: Date.parse(one.at), from: one.interaction });
  for (const one of events) {
    if ((one.kind !== "field_captured" && one.kind !== "fact_known") || typeof one["name"] !== "string" || one["value"] === undefined) continue;
    put({ name: one["name"], value: textOf(one["value"]), at: startedAt + one.at_ms, from: interaction });
  }
  return [...facts.values()];
}

export interface Identifier {
  type: string;
  value: string;
  /** As the server knows it, to be given back to it. */
  plain: string;
  verified: boolean;
}

/** By what the customer is known: as people of the brand's region write it, where it is on record. */
export function identifiersOf(onRecord: Customer | null, participant: Participant | undefined): Identifier[] {
  if (onRecord) return onRecord.identifiers.map(({ type, display, value, verified }) => ({ type, value: display || value, plain: value, verified }));
  return (participant?.identifiers ?? []).map((one) => ({ type: String(one["type"] ?? ""), value: String(one["value"] ?? ""), plain: String(one["value"] ?? ""), verified: one["verified"] === true }));
}
