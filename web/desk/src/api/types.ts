import type { components } from "./description.gen";

type Schemas = components["schemas"];

export type Principal = Schemas["Principal"];
export type Problem = Schemas["Problem"];
export type AgentState = Schemas["AgentState"];
export type Held = AgentState["in_hand"][number];
export type LiveInteraction = Schemas["LiveInteraction"];
export type Interaction = Schemas["Interaction"];
export type WholeInteraction = Schemas["WholeInteraction"];
export type Participant = NonNullable<WholeInteraction["head"]["participants"]>[number];
export type Queue = Schemas["Queue"];
export type DispositionReason = Schemas["DispositionReason"];
export type CannedReply = Schemas["CannedReply"];
export type AgentProfile = Schemas["Agent"];
export type QueueState = Schemas["QueueState"];
export type Customer = Schemas["WholeCustomer"];
export type Case = Schemas["Case"];
export type CustomerPromise = Schemas["Promise"];
export type PlaybookVersion = Schemas["PlaybookVersion"];
export type PlaybookProblem = Schemas["PlaybookProblem"];
export type Trial = Schemas["Trial"];
export type DeadLetter = Schemas["DeadLetter"];
export type Preview = Schemas["Preview"];
/** What an agent says of a call of a list. */
export type CallResult = "reached" | "voicemail" | "wrong_number" | "do_not_call" | "later";
export type Channel = LiveInteraction["channel"];
export type Presence = AgentState["presence"];
export type Outcome = "resolved" | "unresolved" | "follow_up";

/** An event of the interaction format (docs/interaction-format.md), with the fields of its kind, as the feed tells it. */
export interface TimelineEvent {
  at_ms: number;
  kind: string;
  id?: string;
  by?: "customer" | "agent" | "supervisor" | "bot" | "system";
  participant?: string;
  end_ms?: number;
  text?: string;
  /** The id of the event that it corrects. */
  revises?: string;
  [field: string]: unknown;
}
