import { describe, expect, it } from "vitest";
import { listed, writeFile, forgetChanges, hasChanges } from "@/features/playbooks/model/draft";
import { indentAfter, nextProblem, offsetOf, placeOf, tokens, wrongPart } from "@/features/playbooks/model/text";
import { inOrder, metShare, progress } from "@/features/playbooks/model/trial";

describe("a line in the editor", () => {
  const kinds = (line: string, wrong: number[] = []) => tokens(line, wrong).map((one) => [one.text, one.kind, one.wrong]);
  it("is cut into key, text and comment", () => expect(kinds("  say: Greet # soon")).toEqual([["  ", "text", false], ["say", "key", false], [": Greet ", "text", false], ["# soon", "comment", false]]));
  it("knows no comment in quotes or in a word", () => {
    expect(kinds('a: "x # y"').some(([, kind]) => kind === "comment")).toBe(false);
    expect(kinds("a: b#c").some(([, kind]) => kind === "comment")).toBe(false);
  });
  it("is the same text again, whatever it is", () => {
    for (const line of ["", "x", "- a: [b, c] # d", "  - 'it''s': x", "\tü: 😀"]) expect(tokens(line, [3]).map((one) => one.text).join("")).toBe(line);
  });
  it("underlines the word at the column, or the whole line where there is none", () => {
    expect(kinds("each: hold.stat", [7]).filter(([, , wrong]) => wrong).map(([text]) => text)).toEqual(["hold.stat"]);
    expect(wrongPart("  abc ", 0)).toEqual([2, 5]);
    expect(wrongPart("ab", 9)).toEqual([1, 2]);
  });
});

describe("places in a text", () => {
  const text = "one\ntwo: x\n\nfour";
  it("are found by line and column, and the other way", () => {
    expect(offsetOf(text, { line: 2, column: 6 })).toBe(9);
    expect(placeOf(text, 9)).toEqual({ line: 2, column: 6 });
    expect(offsetOf(text, { line: 99, column: 1 })).toBe(12);
    expect(offsetOf(text, { line: 0, column: 0 })).toBe(0);
  });
  it("begin a line as deep as the one before, deeper behind a colon", () => {
    expect(indentAfter("  a: b", 6)).toBe("  ");
    expect(indentAfter("  a:", 4)).toBe("    ");
  });
  it("lead from one mistake to the next, and round", () => {
    const problems = [{ file: "b", line: 1, column: 1, message: "3" }, { file: "a", line: 2, column: 5, message: "2" }, { file: "a", line: 1, column: 1, message: "1" }];
    expect(nextProblem(problems, null)?.message).toBe("1");
    expect(nextProblem(problems, { file: "a", line: 1, column: 1 })?.message).toBe("2");
    expect(nextProblem(problems, { file: "a", line: 9, column: 1 })?.message).toBe("3");
    expect(nextProblem(problems, { file: "b", line: 1, column: 1 })?.message).toBe("1");
  });
});

describe("what was changed", () => {
  const files = [{ path: "a.yaml", text: "a" }, { path: "b.yaml", text: "b" }];
  it("is listed among the rest, by name", () =>
    expect(listed(files, { "a.yaml": "x", "b.yaml": null, "aa.yaml": "new" }).map((one) => [one.path, one.change])).toEqual([["a.yaml", "changed"], ["aa.yaml", "added"], ["b.yaml", "removed"]]));
  it("is none once it is as it was", () => {
    writeFile("p", files, "a.yaml", "x");
    expect(hasChanges()).toBe(true);
    writeFile("p", files, "a.yaml", "a");
    expect(hasChanges()).toBe(false);
    writeFile("p", files, "b.yaml", null);
    forgetChanges("p");
    expect(hasChanges()).toBe(false);
  });
});

describe("a trial", () => {
  const count = (met: number, missed: number) => ({ met, missed, not_applicable: 0, not_assessed: 0 });
  it("shows first what would change most", () => {
    const of = (practice: string, changed: number) => ({ practice, changed, before: count(1, 1), after: count(1, 1), reviewed: 0, agreed_before: 0, agreed_after: 0 });
    expect(inOrder([of("b", 0), of("a", 0), of("c", 3)]).map((one) => one.practice)).toEqual(["c", "a", "b"]);
  });
  it("counts what was met of what could be", () => expect([metShare(count(3, 1)), metShare(count(0, 0))]).toEqual([75, null]));
  it("is whole once it is done, however few there were", () => {
    const trial = { state: "running", interactions: 200, judged: 50, skipped: 0 } as never as Parameters<typeof progress>[0];
    expect([progress(trial), progress({ ...trial, state: "done" })]).toEqual([0.25, 1]);
  });
});
