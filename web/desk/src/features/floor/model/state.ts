import type { AgentState, LiveInteraction, QueueState } from "@/api/types";
import type { QueueNumbers } from "./numbers";
import { seen, type Sample } from "./history";

/** One obligation as the checklist's topic tells it. */
export interface ChecklistItem {
  practice: string;
  say: string;
  state: "open" | "met" | "missed" | "void" | "not_assessed";
  opened_at: string;
  due_at: string | null;
  critical: boolean;
  event?: string;
  tip?: string;
}

/** The floor as this page knows it: what the server said first, and what the feed told since. */
export interface FloorState {
  /** False until the first answer. */
  loaded: boolean;
  failure: { code: string; detail?: string | undefined } | null;
  queues: ReadonlyMap<string, QueueState>;
  agents: ReadonlyMap<string, AgentState>;
  live: ReadonlyMap<string, LiveInteraction>;
  checklists: ReadonlyMap<string, readonly ChecklistItem[]>;
  numbers: ReadonlyMap<string, QueueNumbers>;
  /** Waiting by queue, as seen while this page was open. */
  history: ReadonlyMap<string, readonly Sample[]>;
  /** When the last customer who waited here was served, and how long it took. */
  lastWaitMs: number | null;
}

export const emptyFloor: FloorState = {
  loaded: false,
  failure: null,
  queues: new Map(),
  agents: new Map(),
  live: new Map(),
  checklists: new Map(),
  numbers: new Map(),
  history: new Map(),
  lastWaitMs: null,
};

/** A map with one more, or one other, or one less. */
function put<Value>(map: ReadonlyMap<string, Value>, id: string, value: Value | undefined): ReadonlyMap<string, Value> {
  if (value === undefined && !map.has(id)) return map;
  const next = new Map(map);
  if (value === undefined) next.delete(id);
  else next.set(id, value);
  return next;
}

export function withQueue(state: FloorState, id: string, queue: QueueState | undefined, now: number): FloorState {
  const queues = put(state.queues, id, queue);
  if (!queue) return { ...state, queues };
  return { ...state, queues, history: put(state.history, id, seen(state.history.get(id) ?? [], { at: now, waiting: queue.waiting }, now)) };
}

export const withAgent = (state: FloorState, id: string, agent: AgentState | undefined): FloorState => ({ ...state, agents: put(state.agents, id, agent) });

/** A conversation that is over is of no more concern to the floor. */
export function withLive(state: FloorState, id: string, live: LiveInteraction | undefined): FloorState {
  const gone = live === undefined || live.stage === "finished";
  const before = state.live.get(id);
  const answered = before?.stage === "offered" && live?.stage === "connected";
  const lastWaitMs = answered ? Math.max(0, Date.parse(live.since) - Date.parse(before.started_at)) : state.lastWaitMs;
  return { ...state, lastWaitMs, live: put(state.live, id, gone ? undefined : live), checklists: gone ? put(state.checklists, id, undefined) : state.checklists };
}

export const withChecklist = (state: FloorState, id: string, items: readonly ChecklistItem[] | undefined): FloorState => ({ ...state, checklists: put(state.checklists, id, items) });

export const withNumbers = (state: FloorState, id: string, numbers: QueueNumbers | undefined): FloorState => ({ ...state, numbers: put(state.numbers, id, numbers) });

/**
 * The answer of the server to how the floor is. What the topics already told is newer than an answer that
 * was on its way meanwhile: of what is known only the new is taken.
 */
export function withFloor(state: FloorState, floor: { queues: QueueState[]; agents: AgentState[]; interactions: LiveInteraction[] }, now: number): FloorState {
  const joined = <Value>(known: ReadonlyMap<string, Value>, items: Value[], id: (one: Value) => string) => {
    const map = new Map(known);
    for (const one of items) if (!map.has(id(one))) map.set(id(one), one);
    return map;
  };
  const next: FloorState = {
    ...state,
    loaded: true,
    failure: null,
    agents: joined(state.agents, floor.agents, (one) => one.agent),
    live: joined(state.live, floor.interactions.filter((one) => one.stage !== "finished"), (one) => one.id),
  };
  return floor.queues.filter((queue) => !state.queues.has(queue.queue)).reduce((made, queue) => withQueue(made, queue.queue, queue, now), next);
}
