import { describe, expect, it } from "vitest";
import { dayStart, inOrder, turned, type PracticeAgreement } from "@/features/review/model/agreement";

const of = (practice: string, reviewed: number, agreed: number): PracticeAgreement => ({ practice, reviewed, agreed, overridden: reviewed - agreed, agreement: reviewed === 0 ? null : { value: agreed / reviewed, low: 0, high: 1 }, verdicts: [] });

describe("agreement", () => {
  it("has on top where people and machine differ most, and last what nobody looked at", () =>
    expect(inOrder([of("none", 0, 0), of("often", 10, 9), of("rare", 2, 1), of("half", 8, 4)]).map((one) => one.practice)).toEqual(["half", "rare", "often", "none"]));
  it("tells what verdicts became, the most frequent first", () => {
    const one: PracticeAgreement = { ...of("a", 6, 1), verdicts: [{ machine: "met", verdict: "met", count: 1 }, { machine: "met", verdict: "missed", count: 2 }, { machine: "missed", verdict: "met", count: 3 }] };
    expect(turned(one).map((count) => count.count)).toEqual([3, 2]);
  });
  it("takes a day from its start, and the last one to its end", () => {
    expect(dayStart("2026-03-02")).toBe("2026-03-02T00:00:00.000Z");
    expect(dayStart("2026-03-02", 1)).toBe("2026-03-03T00:00:00.000Z");
    expect([dayStart(""), dayStart("soon")]).toEqual([undefined, undefined]);
  });
});
