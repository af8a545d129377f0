import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import type { AgentState, LiveInteraction, QueueState } from "@/api/types";
import { feed, followTopic } from "@/feed/page-feed";
import { emptyFloor, withAgent, withChecklist, withFloor, withLive, withNumbers, withQueue, type ChecklistItem, type FloorState } from "./state";
import type { QueueNumbers } from "./numbers";

/** Of what the feed lets one connection watch (1,000 names) the floor takes its share. */
export const limits = { live: 500, checklists: 200, agents: 200, queues: 40 };

const readAgainMs = 1_000;

export const floor = createStore<FloorState>(() => emptyFloor);
export const useFloor = <Value,>(read: (state: FloorState) => Value): Value => useStore(floor, read);

const change = (next: (state: FloorState) => FloorState) => floor.setState(next, true);

/**
 * Watches the whole floor: reads it once, and follows queues, agents and conversations by their topics.
 * The feed has no list of what is live: a queue or an agent that changes says that there may be more, and
 * then the floor is read again, at most once a second.
 */
class FloorWatch {
  private readonly topics = new Map<string, () => void>();
  private leaveStatus: () => void = () => undefined;
  private timer: number | null = null;
  private readAt = 0;
  private stopped = false;

  start(): void {
    change(() => emptyFloor);
    void this.read();
    // What began while the connection was lost is known to no topic yet.
    this.leaveStatus = feed.status.subscribe((now, before) => now.state === "live" && before.state !== "live" && this.readSoon());
  }

  stop(): void {
    this.stopped = true;
    this.leaveStatus();
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.topics.forEach((leave) => leave());
    this.topics.clear();
  }

  readSoon(): void {
    if (this.timer !== null || this.stopped) return;
    const pause = Math.max(0, this.readAt + readAgainMs - Date.now());
    this.timer = window.setTimeout(() => {
      this.timer = null;
      void this.read();
    }, pause);
  }

  private async read(): Promise<void> {
    this.readAt = Date.now();
    const answer = await asked(api.GET("/api/v1/floor"));
    if (this.stopped) return;
    if (!answer.ok) return change((state) => ({ ...state, failure: answer.failure }));
    change((state) => withFloor(state, answer.value, feed.serverNow()));
    this.follow();
  }

  /** Watches what is there, and lets go what is not. */
  private follow(): void {
    const { queues, agents, live } = floor.getState();
    for (const id of [...queues.keys()].slice(0, limits.queues)) this.watchQueue(id);
    for (const id of [...agents.keys()].slice(0, limits.agents)) {
      this.watch<AgentState>(`agent/${id}`, (agent) => {
        change((state) => withAgent(state, id, agent));
        agent?.in_hand.forEach((one) => this.watchLive(one.interaction));
      });
    }
    for (const id of live.keys()) this.watchLive(id);
    for (const name of [...this.topics.keys()]) {
      const id = /^live\/(.+)$/.exec(name)?.[1];
      if (id !== undefined && !live.has(id)) this.leaveLive(id);
    }
  }

  private watchQueue(id: string): void {
    this.watch<QueueState>(`queue/${id}`, (queue) => {
      const before = floor.getState().queues.get(id);
      change((state) => withQueue(state, id, queue, feed.serverNow()));
      if (before && queue && (before.waiting !== queue.waiting || before.oldest !== queue.oldest)) this.readSoon();
    });
    this.watch<QueueNumbers>(`numbers/queue/${id}`, (numbers) => change((state) => withNumbers(state, id, numbers)));
  }

  private watchLive(id: string): void {
    const watched = [...this.topics.keys()].filter((name) => name.startsWith("live/")).length;
    if (watched >= limits.live) return;
    this.watch<LiveInteraction>(`live/${id}`, (live) => {
      change((state) => withLive(state, id, live));
      if (live === undefined || live.stage === "finished") return this.leaveLive(id);
      if (live.stage === "connected") this.watchChecklist(id);
    });
  }

  private watchChecklist(id: string): void {
    const watched = [...this.topics.keys()].filter((name) => name.endsWith("/checklist")).length;
    if (watched >= limits.checklists) return;
    this.watch<{ items: ChecklistItem[] }>(`interaction/${id}/checklist`, (list) => change((state) => (state.live.has(id) ? withChecklist(state, id, list?.items) : state)));
  }

  private leaveLive(id: string): void {
    for (const name of [`live/${id}`, `interaction/${id}/checklist`]) {
      this.topics.get(name)?.();
      this.topics.delete(name);
    }
  }

  private watch<Value>(name: string, value: (value: Value | undefined) => void): void {
    if (!this.topics.has(name) && !this.stopped) this.topics.set(name, followTopic(name, value));
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
export const readFloorAgain = (): void => watch?.readSoon();
