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

export interface Unwatched {
  queues: number;
  agents: number;
  live: number;
  /** Conversations whose checklist, and so most of their risk, is not known. */
  checklists: number;
}

export const allWatched: Unwatched = { queues: 0, agents: 0, live: 0, checklists: 0 };

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
  /** How many are shown as they were read last, because more are there than one connection may watch. */
  unwatched: Unwatched;
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
  unwatched: allWatched,
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

/** What topics tell by themselves: of these the floor's answer is the older news. */
export interface Told {
  queues: ReadonlySet<string>;
  agents: ReadonlySet<string>;
  live: ReadonlySet<string>;
}

/**
 * The answer of the server to how the floor is. What a topic told is newer than an answer that was on its way
 * meanwhile, and stays; everything else is as the answer says, and what it does not name is gone.
 */
export function withFloor(state: FloorState, floor: { queues: QueueState[]; agents: AgentState[]; interactions: LiveInteraction[] }, told: Told, now: number): FloorState {
  const going = floor.interactions.filter((one) => one.stage !== "finished");
  const live = joined(state.live, going, (one) => one.id, told.live);
  const next: FloorState = {
    ...state,
    loaded: true,
    failure: null,
    agents: joined(state.agents, floor.agents, (one) => one.agent, told.agents),
    live,
    checklists: new Map([...state.checklists].filter(([id]) => live.has(id))),
    queues: joined(state.queues, [], (one: QueueState) => one.queue, new Set([...told.queues, ...floor.queues.map((one) => one.queue)])),
  };
  return floor.queues.filter((queue) => !told.queues.has(queue.queue)).reduce((made, queue) => withQueue(made, queue.queue, queue, now), next);
}

/** What is known of those in `told`, and `items` for the rest. */
function joined<Value>(known: ReadonlyMap<string, Value>, items: readonly Value[], id: (one: Value) => string, told: ReadonlySet<string>): ReadonlyMap<string, Value> {
  const map = new Map([...known].filter(([one]) => told.has(one)));
  for (const one of items) if (!told.has(id(one))) map.set(id(one), one);
  return map;
}
