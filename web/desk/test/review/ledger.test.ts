import { describe, expect, it } from "vitest";
import { asked, readFilters } from "@/features/review/model/filters";
import { lanesOf } from "@/features/review/model/lanes";
import { eventIndex, grouped, momentsOf, stepFrom, type Ledger, type Practice } from "@/features/review/model/ledger";
import type { SeenEvent } from "@/shared/timeline/lines";

const practice = (id: string, more: Partial<Practice>): Practice => ({ id, verdict: "met", occasions: 1, met: 1, weight: 1, confidence: 1, evidence: [], ...more });
const evidence = (at_ms: number, event?: string) => ({ at_ms, end_ms: at_ms, by: "agent", ...(event === undefined ? {} : { event, range: [0, 4] }) });
const ledger: Ledger = {
  score: 50, assessed_share: 1, made_at: "", playbook: { name: "standard", version: "1" },
  practices: [
    practice("closing.thank", { evidence: [evidence(9_000)] }),
    practice("hold.short", { verdict: "missed", weight: 3, evidence: [evidence(4_000), evidence(1_000, "m1")] }),
    practice("tone.calm", { verdict: "not_assessed", evidence: [evidence(2_000)] }),
    practice("opening.greet", { verdict: "missed", review: { practice: "opening.greet", verdict: "met", machine: "missed", agrees: false, by: "u", at: "", reason: "It is there" } }),
  ],
};
const events: SeenEvent[] = [{ at_ms: 0, kind: "answered" }, { at_ms: 1_000, kind: "message", by: "agent", id: "m1", text: "Good morning" }, { at_ms: 4_500, end_ms: 6_500, kind: "hold" }];

describe("the walk", () => {
  const moments = momentsOf(ledger);

  it("goes through the evidence in order of time, and only of what was judged", () => {
    expect(moments.map((one) => [one.practice, one.at])).toEqual([["hold.short", 1_000], ["hold.short", 4_000], ["closing.thank", 9_000]]);
  });

  it("begins at either end and stops there", () => {
    expect(stepFrom(moments, null, 1)).toBe(moments[0]);
    expect(stepFrom(moments, null, -1)).toBe(moments[2]);
    expect(stepFrom(moments, moments[2]?.key ?? "", 1)).toBe(moments[2]);
    expect(stepFrom(moments, moments[1]?.key ?? "", -1)).toBe(moments[0]);
    expect(stepFrom([], null, 1)).toBeUndefined();
  });

  it("finds the event, or what was the last before", () => {
    expect(moments.map((one) => eventIndex(one, events))).toEqual([1, 1, 2]);
  });
});

describe("the scorecard", () => {
  it("counts a person's verdict, and shows what was missed first", () => {
    expect(grouped(ledger).map((group) => [group.verdict, group.practices.map((one) => one.id)])).toEqual([
      ["missed", ["hold.short"]],
      ["met", ["closing.thank", "opening.greet"]],
      ["not_assessed", ["tone.calm"]],
    ]);
  });
});

describe("lanes", () => {
  it("put everything within the picture, and marks that would hide each other apart", () => {
    const close = momentsOf({ ...ledger, practices: [practice("a.b", { evidence: [evidence(1_000), evidence(1_001), evidence(1_002), evidence(1_003)] })] });
    const lanes = lanesOf(events, close, 800);
    expect(lanes.width).toBe(800);
    for (const mark of lanes.marks) expect(mark.x >= lanes.gutter && mark.x <= 800 && mark.y < lanes.height).toBe(true);
    expect(new Set(lanes.marks.map((one) => one.y)).size).toBe(3);
    expect(lanes.holds).toHaveLength(1);
  });

  it("stand for an interaction in which nothing happened", () => {
    expect(lanesOf([], [], 600)).toMatchObject({ spans: [], marks: [], missedY: null });
  });
});

describe("filters", () => {
  it("take from the address what the API knows, and nothing else", () => {
    expect(readFilters(new URLSearchParams("words=refund&limit=9&outcome=&live=true"))).toEqual({ words: "refund", live: "true" });
  });

  it("make of a last day the whole of it", () => {
    const { from, to } = asked({ from: "2026-03-02", to: "2026-03-02" });
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
    expect(asked({ from: "nonsense" }).from).toBeUndefined();
  });
});
