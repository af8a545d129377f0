import { describe, expect, it } from "vitest";
import { linesOf, pieces, withEvent, type SeenEvent } from "@/shared/timeline/lines";

const says = (at_ms: number, by: string, text: string): SeenEvent => ({ at_ms, kind: "message", by, text, id: `m${at_ms}` });

describe("lines", () => {
  it("name a speaker where a turn begins, and again after a while", () => {
    const lines = linesOf([says(0, "customer", "Hello"), says(1_000, "customer", "?"), says(2_000, "agent", "Yes"), says(200_000, "agent", "Still there?")], () => null);
    expect(lines.map((line) => line.kind === "words" && line.opens)).toEqual([true, false, true, true]);
  });

  it("tell a supervisor's note from an agent's, and leave out what goes without saying", () => {
    const lines = linesOf([{ at_ms: 0, kind: "note", by: "supervisor", text: "w" }, { at_ms: 1, kind: "note", by: "agent", text: "n" }, { at_ms: 2, kind: "profile_viewed" }, { at_ms: 3, kind: "answered" }], () => "Sue");
    expect(lines.map((line) => (line.kind === "note" ? line.whisper : line.kind))).toEqual([true, false, "happened"]);
  });

  it("show a revision in the place of what it corrects", () => {
    const events = withEvent([says(0, "agent", "Helo"), says(1, "agent", "b")], { ...says(2, "agent", "Hello"), revises: "m0" });
    expect(events.map((one) => one.text)).toEqual(["Hello", "b"]);
  });
});

describe("pieces", () => {
  const mark = (from: number, to: number, selected = false) => ({ from, to, tone: "met" as const, selected });

  it("cut a text at its marks, by code points, and lose nothing", () => {
    const cut = pieces("a😀bc", [mark(1, 3)]);
    expect(cut.map((one) => one.text)).toEqual(["a", "😀b", "c"]);
    expect(cut[1]?.mark).not.toBeNull();
  });

  it("let the selected mark show over another", () => {
    const cut = pieces("abcd", [mark(0, 4), mark(1, 2, true)]);
    expect(cut.map((one) => [one.text, one.mark?.selected])).toEqual([["a", false], ["b", true], ["cd", false]]);
  });
});
