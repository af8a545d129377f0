import { describe, expect, it } from "vitest";
import type { CannedReply, DispositionReason } from "@/api/types";
import { inserted, matching, slashWord } from "@/features/agent/model/canned";
import { fromLocal, inLocal, nextMorning } from "@/features/agent/model/due";
import { rowsOf } from "@/features/agent/model/transcript";
import { allowed, outcomesOf, prefilled, reasonOptions } from "@/features/agent/model/wrap-up";
import { conversation, event, says, start } from "./made";

describe("the transcript", () => {
  const name = () => "Ana";
  it("joins what one speaker says within two minutes", () => {
    const rows = rowsOf(conversation([says(1, "agent", "a"), says(30, "agent", "b"), says(200, "agent", "c")]), [], name);
    expect(rows.map((row) => (row.kind === "turn" ? row.parts.length : 0))).toEqual([2, 1]);
  });
  it("tells notes and whispers apart, and leaves out what goes without saying", () => {
    const rows = rowsOf(conversation([event(1, "offered"), event(2, "note", { by: "agent", text: "a" }), event(3, "note", { by: "supervisor", text: "b" }), event(4, "profile_viewed")]), [], name);
    expect(rows.map((row) => row.kind === "note" && row.whisper)).toEqual([false, true]);
  });
  it("shows what is on its way once, also when it has arrived", () => {
    const pending = [{ id: "desk-1", kind: "message" as const, text: "a", at: start, state: "sending" as const }];
    expect(rowsOf(conversation([]), pending, name)).toHaveLength(1);
    const arrived = rowsOf(conversation([event(1, "message", { id: "desk-1", by: "agent", text: "a" })]), pending, name);
    expect(arrived.flatMap((row) => (row.kind === "turn" ? row.parts : []))).toEqual([{ id: "desk-1", text: "a", files: [] }]);
  });
});

describe("wrap-up", () => {
  const reasons: DispositionReason[] = [
    { id: "billing", label: "Billing", children: [{ id: "billing.twice", label: "Charged twice" }, { id: "billing.late", label: "Late bill" }] },
    { id: "move", label: "Moving house", outcomes: ["resolved"] },
  ];
  it("offers the leaves of the tree with their way", () => {
    expect(reasonOptions(reasons).map((one) => [one.above, one.label])).toEqual([["Billing", "Charged twice"], ["Billing", "Late bill"], ["", "Moving house"]]);
  });
  it("is filled in from what was said and promised", () => {
    const events = [says(1, "customer", "I was charged twice!"), event(2, "promise", { text: "Refund", due: "2026-03-03T10:00:00Z" })];
    const rest = { rootCause: "", heard: [], followUp: { what: "", due: start } };
    expect(prefilled(reasonOptions(reasons), "billing", events, [], start)).toEqual({ reason: "billing.twice", outcome: "follow_up", ...rest });
    expect(prefilled(reasonOptions(reasons), "billing", [], [], start)).toEqual({ reason: "", outcome: "resolved", ...rest });
  });
  it("offers the outcomes that the nearest reason above names, and no other", () => {
    const tree: DispositionReason[] = [{ id: "a", label: "A", outcomes: ["unresolved"], children: [{ id: "a.one", label: "One" }, { id: "a.two", label: "Two", outcomes: ["resolved"] }] }];
    const options = reasonOptions(tree);
    expect(outcomesOf(options, "a.one")).toEqual(["unresolved"]);
    expect(allowed(options, "a.two", "follow_up")).toBe("resolved");
    expect(allowed([], "anything", "follow_up")).toBe("follow_up");
  });
  it("takes the queue for a reason where there is no tree", () => expect(prefilled([], "billing", [], [], start).reason).toBe("billing"));
});

describe("canned replies", () => {
  const reply = (shortcut: string, title: string) => ({ id: shortcut, shortcut, title, text: `<${shortcut}>` }) as CannedReply;
  const replies = [reply("hello", "A greeting"), reply("refund", "How refunds work"), reply("bye", "Say hello once more")];

  it("are asked for by a slash at the start of a word", () => {
    expect(slashWord("/he", 3)).toEqual({ from: 0, typed: "he" });
    expect(slashWord("Dear Pat /", 10)).toEqual({ from: 9, typed: "" });
    expect(slashWord("and/or", 6)).toBeNull();
    expect(slashWord("/he there", 9)).toBeNull();
  });
  it("are found by shortcut first, then by title", () => expect(matching(replies, "hel").map((one) => one.id)).toEqual(["hello", "bye"]));
  it("take the place of the slash word", () => {
    expect(inserted("Hi /re now", 6, 3, reply("refund", ""))).toEqual({ text: "Hi <refund> now", cursor: 11 });
  });
});

it("moments of the field and of the API are the same moment", () => {
  const moment = nextMorning(start);
  expect(new Date(fromLocal(inLocal(moment)) ?? 0).getTime()).toBe(moment);
  expect(fromLocal("")).toBeNull();
});
