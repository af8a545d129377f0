import { describe, expect, it } from "vitest";
import type { ChecklistItem, Cue } from "@/features/agent/model/conversation";
import { linesOf } from "@/features/agent/model/checklist";
import { cueKey, cueNow } from "@/features/agent/model/cue";
import { start } from "./made";

const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
const item = (practice: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({ practice, say: practice, state: "open", opened_at: at(0), due_at: null, critical: false, ...more });
const lines = (items: ChecklistItem[], { met = new Map<string, number>(), now = start, ended = false } = {}) => {
  const all = linesOf(items, met, now, ended);
  return { now: all.now.map((one) => one.practice), later: all.later.map((one) => one.practice), missed: all.missed.map((one) => one.practice), done: all.done.map((one) => one.practice) };
};

describe("the checklist", () => {
  it("begins with the opening and leaves the closing for later", () => {
    expect(lines([item("closing.anything-else"), item("resolution.offer"), item("opening.offer-help"), item("opening.greet")])).toEqual({
      now: ["opening.greet", "opening.offer-help", "resolution.offer"],
      later: ["closing.anything-else"],
      missed: [],
      done: [],
    });
  });

  it("puts what is due soon first, then what the customer's words called for", () => {
    const items = [item("opening.greet"), item("empathy.apologise", { opened_at: at(9) }), item("opening.rapport", { due_at: at(30) })];
    expect(lines(items).now).toEqual(["opening.rapport", "empathy.apologise", "opening.greet"]);
    expect(linesOf(items, new Map(), start, false).now[0]?.state).toBe("due");
  });

  it("is short: the rest is later", () => {
    const many = Array.from({ length: 9 }, (_, index) => item(`resolution.${index}`));
    const shown = lines(many);
    expect([shown.now.length, shown.later.length]).toEqual([5, 4]);
  });

  it("shows several occasions of a practice as one line, open before done", () => {
    expect(lines([item("empathy.validate", { state: "met" }), item("empathy.validate")])).toMatchObject({ now: ["empathy.validate"], done: [] });
  });

  it("lets what was just met linger, then folds it away", () => {
    const met = new Map([["opening.greet", start]]);
    const items = [item("opening.greet", { state: "met" })];
    expect(lines(items, { met, now: start + 1_000 })).toMatchObject({ now: ["opening.greet"], done: [] });
    expect(lines(items, { met, now: start + 5_000 })).toMatchObject({ now: [], done: ["opening.greet"] });
  });

  it("says what was missed, latest first and never a long list", () => {
    const missed = [1, 2, 3].map((second) => item(`tone.${second}`, { state: "missed", opened_at: at(second) }));
    expect(lines(missed).missed).toEqual(["tone.3", "tone.2"]);
    expect(lines(missed, { ended: true }).missed).toEqual([]);
  });

  it("asks for the wrap-up once the customer has gone", () => {
    expect(lines([item("resolution.offer"), item("closing.wrap-up"), item("resolution.root-cause")], { ended: true }).now).toEqual(["closing.wrap-up", "resolution.root-cause"]);
  });

  it("leaves out what is void or was not assessed", () => {
    expect(lines([item("a.b", { state: "void" }), item("a.c", { state: "not_assessed" })])).toEqual({ now: [], later: [], missed: [], done: [] });
  });
});

describe("the cue", () => {
  const cue = (practice: string, seconds: number): Cue => ({ practice, text: practice, why: "", at: at(seconds) });
  const none = new Set<string>();

  it("is the newest that still helps", () => {
    expect(cueNow([cue("a", 1), cue("b", 2)], [item("a"), item("b")], none, start + 3_000)?.practice).toBe("b");
    expect(cueNow([cue("a", 1), cue("b", 2)], [item("a"), item("b", { state: "met" })], none, start + 3_000)?.practice).toBe("a");
  });
  it("goes when it was dismissed or is old", () => {
    const one = cue("a", 1);
    expect(cueNow([one], [item("a")], new Set([cueKey(one)]), start + 3_000)).toBeNull();
    expect(cueNow([one], [item("a")], none, start + 120_000)).toBeNull();
  });
});
