import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import type { AgentState, LiveInteraction, QueueState } from "@/api/types";
import { feed, followTopic } from "@/feed/page-feed";
import { emptyFloor, withAgent, withChecklist, withFloor, withLive, withNumbers, withQueue, type ChecklistItem, type FloorState } from "./state";
import type { QueueNumbers } from "./numbers";

/** Of what the feed lets one connection watch (1,000 names) the floor takes its share. */
const limits = { live: 500, checklists: 200, agents: 200, queues: 40 };

const readAgainMs = 1_000;
/** How often what no topic tells is read anew. */
const readUnwatchedMs = 5_000;

export const floor = createStore<FloorState>(() => emptyFloor);
export const useFloor = <Value,>(read: (state: FloorState) => Value): Value => useStore(floor, read);

const kindOf = (topic: string): string => topic.slice(0, topic.indexOf("/"));

const change = (next: (state: FloorState) => FloorState) => floor.setState(next, true);

/**
 * Watches the whole floor: reads it once, and follows queues, agents and conversations by their topics.
 * The feed has no list of what is live: a queue or an agent that changes says that there may be more, and
 * then the floor is read again, at most once a second. Beyond the limits it is read again every few seconds.
 */
class FloorWatch {
  private readonly topics = new Map<string, () => void>();
  /** How many of a kind are watched, by the first part of the name. */
  private readonly counts = new Map<string, number>();
  /** Names of topics that have a value. */
  private readonly told = new Set<string>();
  private leaveStatus: () => void = () => undefined;
  private timer: number | null = null;
  private readAt = 0;
  private stopped = false;

  start(): void {
    change(() => emptyFloor);
    void this.read();
    // What began while the connection was lost is known to no topic yet.
    this.leaveStatus = feed.status.subscribe((now, before) => now.state === "live" && before.state !== "live" && this.readIn(readAgainMs));
  }

  stop(): void {
    this.stopped = true;
    this.leaveStatus();
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.topics.forEach((leave) => leave());
    this.topics.clear();
    this.counts.clear();
  }

  /** So long after the last time at the earliest; an earlier wish counts. */
  readIn(ms: number): void {
    if (this.stopped) return;
    if (this.timer !== null) {
      if (ms > readAgainMs) return;
      window.clearTimeout(this.timer);
    }
    const pause = Math.max(0, this.readAt + ms - Date.now());
    this.timer = window.setTimeout(() => {
      this.timer = null;
      void this.read();
    }, pause);
  }

  private async read(): Promise<void> {
    this.readAt = Date.now();
    const answer = await asked(api.GET("/api/v1/floor"));
    if (this.stopped) return;
    if (answer.ok) {
      change((state) => withFloor(state, answer.value, { queues: this.toldOf("queue/"), agents: this.toldOf("agent/"), live: this.toldOf("live/") }, feed.serverNow()));
      this.follow();
    } else change((state) => ({ ...state, failure: answer.failure }));
    const { unwatched, loaded } = floor.getState();
    if (!answer.ok ? loaded : Object.values(unwatched).some((count) => count > 0)) this.readIn(readUnwatchedMs);
  }

  private toldOf(prefix: string): Set<string> {
    return new Set([...this.told].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)));
  }

  /** Watches what is there, and lets go what is not. */
  private follow(): void {
    const { queues, agents, live } = floor.getState();
    for (const name of [...this.topics.keys()]) {
      const [, kind = "", id = ""] = /^(numbers\/queue|queue|agent|live)\/(.+)$/.exec(name) ?? [];
      if (kind === "live" && !live.has(id)) this.leaveLive(id);
      if ((kind === "agent" && !agents.has(id)) || (kind.endsWith("queue") && !queues.has(id))) this.leave(name);
    }
    for (const id of queues.keys()) this.watchQueue(id);
    for (const id of agents.keys()) this.watchAgent(id);
    for (const id of live.keys()) this.watchLive(id);
    this.countUnwatched();
  }

  /** What is beyond the limits. A conversation whose topic has not answered yet has no checklist that could be. */
  private countUnwatched(): void {
    const { queues, agents, live } = floor.getState();
    const missing = (ids: Iterable<string>, name: (id: string) => string) => [...ids].filter((id) => !this.topics.has(name(id))).length;
    const talking = [...live.values()].filter((one) => one.stage === "connected" && (this.told.has(`live/${one.id}`) || !this.topics.has(`live/${one.id}`))).map((one) => one.id);
    const unwatched = { queues: missing(queues.keys(), (id) => `queue/${id}`), agents: missing(agents.keys(), (id) => `agent/${id}`), live: missing(live.keys(), (id) => `live/${id}`), checklists: missing(talking, (id) => `interaction/${id}/checklist`) };
    change((state) => ({ ...state, unwatched }));
  }

  private watchQueue(id: string): void {
    if (this.isFull(`queue/${id}`, limits.queues)) return;
    this.watch<QueueState>(`queue/${id}`, (queue) => {
      const before = floor.getState().queues.get(id);
      change((state) => withQueue(state, id, queue, feed.serverNow()));
      if (before && queue && (before.waiting !== queue.waiting || before.oldest !== queue.oldest)) this.readIn(readAgainMs);
    });
    this.watch<QueueNumbers>(`numbers/queue/${id}`, (numbers) => change((state) => withNumbers(state, id, numbers)));
  }

  private watchAgent(id: string): void {
    if (this.isFull(`agent/${id}`, limits.agents)) return;
    this.watch<AgentState>(`agent/${id}`, (agent) => {
      change((state) => withAgent(state, id, agent));
      agent?.in_hand.forEach((one) => this.watchLive(one.interaction));
    });
  }

  private watchLive(id: string): void {
    if (this.isFull(`live/${id}`, limits.live)) return;
    this.watch<LiveInteraction>(`live/${id}`, (live) => {
      change((state) => withLive(state, id, live));
      if (live === undefined || live.stage === "finished") return this.leaveLive(id);
      if (live.stage === "connected") this.watchChecklist(id);
    });
  }

  private watchChecklist(id: string): void {
    if (this.isFull(`interaction/${id}/checklist`, limits.checklists)) {
      this.countUnwatched();
      return this.readIn(readUnwatchedMs);
    }
    this.watch<{ items: ChecklistItem[] }>(`interaction/${id}/checklist`, (list) => change((state) => (state.live.has(id) ? withChecklist(state, id, list?.items) : state)));
  }

  /** Whether one more of its kind would be too many. */
  private isFull(name: string, most: number): boolean {
    return !this.topics.has(name) && (this.counts.get(kindOf(name)) ?? 0) >= most;
  }

  private count(name: string, by: number): void {
    const kind = kindOf(name);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + by);
  }

  private leaveLive(id: string): void {
    this.leave(`live/${id}`);
    this.leave(`interaction/${id}/checklist`);
  }

  private leave(name: string): void {
    this.topics.get(name)?.();
    if (this.topics.delete(name)) this.count(name, -1);
    this.told.delete(name);
  }

  private watch<Value>(name: string, value: (value: Value | undefined) => void): void {
    if (this.topics.has(name) || this.stopped) return;
    const tell = (now: Value | undefined) => {
      // A topic without a value tells nothing: there the floor's answer counts.
      if (now === undefined) this.told.delete(name);
      else this.told.add(name);
      value(now);
    };
    this.count(name, 1);
    this.topics.set(name, followTopic(name, tell));
  }
}

let watch: FloorWatch | null = null;
let users = 0;

/** Watches while at least one part of the screen wants it. */
export function watchFloor(): () => void {
  if (users++ === 0) {
    watch = new FloorWatch();
    watch.start();
  }
  return () => {
    if (--users > 0) return;
    watch?.stop();
    watch = null;
  };
}

/** After a failure, or to be sure. */
export const readFloorAgain = (): void => watch?.readIn(readAgainMs);
