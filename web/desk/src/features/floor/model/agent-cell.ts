import type { AgentState } from "@/api/types";
import { upsetSince } from "./risk";
import type { ChecklistItem } from "./state";

/** What an agent is doing, in one word: presence where nobody works, else the work. */
export type Doing = AgentState["work_state"] | "break" | "offline";

export function doingOf(agent: AgentState): Doing {
  if (agent.work_state !== "idle") return agent.work_state;
  return agent.presence === "available" ? "idle" : agent.presence;
}

/** Since when the agent has had an upset customer in hand, at the longest; `null`: they have none. */
export function upsetFrom(agent: AgentState, checklists: ReadonlyMap<string, readonly ChecklistItem[]>): number | null {
  const since = agent.in_hand.map((one) => upsetSince(checklists.get(one.interaction) ?? [])).filter((one) => one !== null);
  return since.length === 0 ? null : Math.min(...since);
}

const order: readonly Doing[] = ["not_responding", "offered", "receiving", "connected", "wrap_up", "idle", "break", "offline"];

/** Who needs an eye first, then who works, then who is away; within that by name. */
export const inOrder = (agents: AgentState[]): AgentState[] =>
  agents.toSorted((one, other) => order.indexOf(doingOf(one)) - order.indexOf(doingOf(other)) || one.name.localeCompare(other.name));

/** How many do what, for the wallboard. */
export function counted(agents: readonly AgentState[]): { talking: number; free: number; wrapUp: number; away: number } {
  const of = (...wanted: Doing[]) => agents.filter((one) => wanted.includes(doingOf(one))).length;
  return { talking: of("connected", "receiving", "offered"), free: of("idle"), wrapUp: of("wrap_up"), away: of("break", "not_responding") };
}
