import type { AgentState, Held } from "@/api/types";

/** A warm transfer, as far as it is. */
export type Asked = NonNullable<Held["asked"]>;

export const askedOf = (state: AgentState | null, interaction: string): Asked | undefined => state?.in_hand.find((one) => one.interaction === interaction && !one.consult)?.asked;

/** What became of a request between two states of the agent who asks. */
export interface Answered {
  interaction: string;
  /** Who was asked, or for whom it waited; empty: nobody by name. */
  name: string;
  /** `declined`: it goes on waiting; `gone`: nobody took it, and nobody is asked any more. */
  what: "declined" | "gone";
}

/** The customer has left or was handed over: then the conversation is no longer connected, and nobody wonders. */
export function answeredBetween(before: AgentState | null, after: AgentState): Answered[] {
  return (before?.in_hand ?? []).flatMap(({ interaction, asked }): Answered[] => {
    const now = after.in_hand.find((one) => one.interaction === interaction && !one.consult);
    if (!asked || now?.state !== "connected") return [];
    const { name } = asked;
    if (!now.asked) return [{ interaction, name, what: "gone" }];
    const other = now.asked.state === "waiting" || now.asked.agent !== asked.agent;
    return asked.state !== "waiting" && other ? [{ interaction, name, what: "declined" }] : [];
  });
}
