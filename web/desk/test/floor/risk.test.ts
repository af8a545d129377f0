import { describe, expect, it } from "vitest";
import type { LiveInteraction } from "@/api/types";
import { isWaiting, ranked, riskOf, upsetSince } from "@/features/floor/model/risk";
import type { ChecklistItem } from "@/features/floor/model/state";

const now = Date.parse("2026-03-02T10:00:00Z");
const ago = (ms: number) => new Date(now - ms).toISOString();
const live = (more: Partial<LiveInteraction>): LiveInteraction => ({ id: "i1", stage: "connected", since: ago(10_000), started_at: ago(10_000), on_hold: false, queue: "q", ...more }) as LiveInteraction;
const item = (more: Partial<ChecklistItem>): ChecklistItem => ({ practice: "opening.greet", say: "Greet", state: "open", opened_at: ago(5_000), due_at: null, critical: false, ...more });

describe("risk", () => {
  it("is calm where nothing is wrong", () => {
    expect(riskOf(live({}), [item({}), item({ state: "met" })], undefined, now)).toEqual({ score: 0, level: "calm", reasons: [] });
  });

  it("is high for one critical practice missed, and says which", () => {
    const risk = riskOf(live({}), [item({ state: "missed", critical: true, say: "Tell of the recording" })], undefined, now);
    expect(risk.level).toBe("high");
    expect(risk.reasons).toEqual([{ kind: "missed_critical", say: "Tell of the recording" }]);
  });

  it("counts plain misses together, and never as high by themselves", () => {
    const risk = riskOf(live({}), Array.from({ length: 20 }, () => item({ state: "missed" })), undefined, now);
    expect(risk.reasons).toEqual([{ kind: "missed", count: 20 }]);
    expect(risk.level).toBe("watch");
  });

  it("grows with the wait, from the queue's own target on", () => {
    const waiting = (ms: number) => riskOf(live({ stage: "waiting", since: ago(ms) }), [], { target_seconds: 30 } as never, now);
    expect(waiting(30_000).level).toBe("calm");
    expect(waiting(31_000).level).toBe("watch");
    expect(waiting(120_000).score).toBeGreaterThan(waiting(60_000).score);
    expect(waiting(120_000).level).toBe("high");
    expect(waiting(120_000).reasons).toEqual([{ kind: "waits", ms: 120_000, targetMs: 30_000 }]);
  });

  it("does not forget how long somebody waited when it is offered again", () => {
    const offered = live({ stage: "offered", since: ago(1_000), started_at: ago(90_000) });
    expect(isWaiting(offered)).toBe(true);
    expect(riskOf(offered, [], undefined, now).reasons).toEqual([{ kind: "waits", ms: 90_000, targetMs: 20_000 }]);
  });

  it("knows an upset customer by what the checklist asks for, until it was done", () => {
    const upset = [item({ practice: "empathy.acknowledge-emotion", opened_at: ago(60_000) })];
    expect(upsetSince(upset)).toBe(now - 60_000);
    expect(upsetSince([item({ practice: "empathy.acknowledge-emotion", state: "met" })])).toBeNull();
    expect(riskOf(live({}), upset, undefined, now).reasons).toEqual([{ kind: "upset", sinceMs: 60_000 }]);
  });

  it("tells of what is due soon, and of what is overdue, only where it is critical", () => {
    const due = (ms: number, critical: boolean) => riskOf(live({}), [item({ due_at: new Date(now + ms).toISOString(), critical })], undefined, now).reasons.map((one) => one.kind);
    expect(due(10_000, true)).toEqual(["due"]);
    expect(due(-1, true)).toEqual(["overdue"]);
    expect(due(60_000, true)).toEqual([]);
    expect(due(10_000, false)).toEqual([]);
  });

  it("orders by risk, then by the older, then by id: never by chance", () => {
    const row = (id: string, score: number, since: number) => ({ live: live({ id, since: ago(since) }), risk: { score, level: "calm" as const, reasons: [] } });
    const order = ranked([row("c", 0, 1), row("b", 0, 1), row("a", 0, 5), row("z", 9, 0)]).map((one) => one.live.id);
    expect(order).toEqual(["z", "a", "b", "c"]);
  });
});
