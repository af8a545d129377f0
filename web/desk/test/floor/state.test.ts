import { describe, expect, it } from "vitest";
import type { AgentState, LiveInteraction, QueueState } from "@/api/types";
import { counted, doingOf, inOrder } from "@/features/floor/model/agent-cell";
import { seen, spanMs, staircase, type Sample } from "@/features/floor/model/history";
import { ordered, readItem, withItem, type InboxItem } from "@/features/floor/model/inbox-items";
import { queueRow } from "@/features/floor/model/queue-row";
import { emptyFloor, withChecklist, withFloor, withLive, withQueue } from "@/features/floor/model/state";

const now = Date.parse("2026-03-02T10:00:00Z");
const at = (ms: number) => new Date(now + ms).toISOString();
const queue = (waiting: number): QueueState => ({ queue: "billing", brand: "b", waiting, oldest: waiting > 0 ? at(-30_000) : null, open: true });
const live = (id: string, stage: LiveInteraction["stage"]): LiveInteraction => ({ id, stage, since: at(0), started_at: at(-12_000) }) as LiveInteraction;

describe("the floor's state", () => {
  const told = (...ids: string[]) => ({ queues: new Set<string>(), agents: new Set<string>(), live: new Set(ids) });
  const stages = (state: typeof emptyFloor) => [...state.live.values()].map((one) => [one.id, one.stage]);

  it("takes of a later answer only what no topic has told", () => {
    const known = withLive(emptyFloor, "i1", live("i1", "connected"));
    const next = withFloor(known, { queues: [queue(2)], agents: [], interactions: [live("i1", "waiting"), live("i2", "waiting")] }, told("i1"), now);
    expect(stages(next)).toEqual([["i1", "connected"], ["i2", "waiting"]]);
    expect(next.queues.get("billing")?.waiting).toBe(2);
  });

  it("takes the answer's word for what no topic tells, and drops what it does not name", () => {
    const read = (...interactions: LiveInteraction[]) => ({ queues: [queue(1)], agents: [{ agent: "ana", name: "Ana" } as AgentState], interactions });
    const first = withChecklist(withFloor(emptyFloor, read(live("i1", "waiting"), live("i2", "waiting"), live("i3", "waiting")), told(), now), "i2", []);
    const next = withFloor(first, { ...read(live("i1", "connected")), queues: [], agents: [] }, told("i3"), now);
    expect(stages(next)).toEqual([["i3", "waiting"], ["i1", "connected"]]);
    expect([next.queues.size, next.agents.size, next.checklists.size]).toEqual([0, 0, 0]);
  });

  it("lets a finished conversation go, with its checklist", () => {
    const shown = withChecklist(withLive(emptyFloor, "i1", live("i1", "connected")), "i1", []);
    const gone = withLive(shown, "i1", live("i1", "finished"));
    expect(gone.live.size + gone.checklists.size).toBe(0);
  });

  it("remembers how long the last customer waited", () => {
    const offered = withLive(emptyFloor, "i1", live("i1", "offered"));
    expect(withLive(offered, "i1", live("i1", "connected")).lastWaitMs).toBe(12_000);
  });

  it("keeps a history of who waited", () => {
    const twice = withQueue(withQueue(emptyFloor, "billing", queue(1), now), "billing", queue(3), now + 1_000);
    expect(twice.history.get("billing")).toEqual([{ at: now, waiting: 1 }, { at: now + 1_000, waiting: 3 }]);
  });
});

describe("history", () => {
  it("keeps half an hour, and what held at its beginning", () => {
    const samples = [0, 1, 2].reduce<readonly Sample[]>((all, minute) => seen(all, { at: now + minute * 60_000, waiting: minute }, now + minute * 60_000), []);
    const later = now + spanMs + 90_000;
    expect(seen(samples, { at: later, waiting: 9 }, later)).toEqual([{ at: now + 60_000, waiting: 1 }, { at: now + 120_000, waiting: 2 }, { at: later, waiting: 9 }]);
  });

  it("is bounded, however much happens", () => {
    let samples: readonly Sample[] = [];
    for (let step = 0; step < 5_000; step += 1) samples = seen(samples, { at: now + step, waiting: step }, now + step);
    expect(samples.length).toBeLessThanOrEqual(600);
  });

  it("draws steps, not slopes, up to now", () => {
    const { points, max } = staircase([{ at: now - spanMs, waiting: 2 }, { at: now - spanMs / 2, waiting: 4 }], now);
    expect(max).toBe(4);
    expect(points).toEqual([{ x: 0, y: 0.5 }, { x: 0.5, y: 0.5 }, { x: 0.5, y: 1 }, { x: 1, y: 1 }]);
  });
});

describe("queues and agents", () => {
  it("says none where nobody counted, never 0", () => {
    expect(queueRow(queue(0), undefined, undefined, [], now)).toMatchObject({ label: "billing", level: null, estimateMs: null, oldestMs: null, late: false });
  });

  it("is late beyond the queue's own target", () => {
    expect(queueRow(queue(1), { target_seconds: 29 } as never, undefined, [], now).late).toBe(true);
    expect(queueRow(queue(1), { target_seconds: 31 } as never, undefined, [], now).late).toBe(false);
  });

  const agent = (name: string, work_state: AgentState["work_state"], presence: AgentState["presence"] = "available") => ({ name, work_state, presence, in_hand: [] }) as unknown as AgentState;

  it("names work before presence, and puts who needs an eye first", () => {
    expect(doingOf(agent("a", "wrap_up", "break"))).toBe("wrap_up");
    expect(doingOf(agent("a", "idle", "break"))).toBe("break");
    expect(inOrder([agent("z", "idle"), agent("b", "connected"), agent("c", "not_responding")]).map((one) => one.name)).toEqual(["c", "b", "z"]);
    expect(counted([agent("a", "connected"), agent("b", "idle"), agent("c", "idle", "offline")])).toEqual({ talking: 1, free: 1, wrapUp: 0, away: 0 });
  });
});

describe("inbox", () => {
  const item = (id: string, more: Partial<InboxItem> = {}): InboxItem => ({ id, kind: "flag", interaction: "i", brand: "b", agent: "", text: "", at: at(0), state: "open", by: "", ...more });

  it("has calls for help first, then the newest, and what is taken below", () => {
    const list = ordered([item("old", { at: at(-9) }), item("taken", { kind: "help", state: "taken" }), item("new"), item("help", { kind: "help", at: at(-99) })]);
    expect(list.map((one) => one.id)).toEqual(["help", "new", "old", "taken"]);
  });

  it("replaces an item, and lets go what is done", () => {
    expect(withItem([item("a")], item("a", { state: "taken" }))).toHaveLength(1);
    expect(withItem([item("a")], item("a", { state: "done" }))).toEqual([]);
  });

  it("takes nothing that is no item", () => {
    expect(readItem({})).toBeNull();
    expect(readItem(null)).toBeNull();
  });
});
