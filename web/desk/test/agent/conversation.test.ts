import { describe, expect, it } from "vitest";
import { emptyConversation, heldSince, onChecklist, onEvent, onReset, onTyping, readByCustomer, unseen, waitsSince, type ChecklistItem } from "@/features/agent/model/conversation";
import { conversation, event, live, says, start } from "./made";

describe("events", () => {
  it("replace what they revise, in its place", () => {
    const first = event(1, "transfer", { id: "t1", to: "ben" });
    const after = onEvent(conversation([first, says(2, "customer", "Hello?")]), event(3, "transfer", { id: "t2", revises: "t1", context_acknowledged: true }));
    expect(after.events.map((one) => one.id)).toEqual(["t2", after.events[1]?.id]);
  });

  it("stand for themselves where what they revise is unknown", () => {
    expect(onEvent(conversation([]), event(1, "note", { revises: "nobody" })).events).toHaveLength(1);
  });

  it("of a snapshot replace everything, but keep what was seen", () => {
    const first = onReset(emptyConversation("i1"), { events: [says(1, "customer", "a")], live: live() });
    const second = onReset(first, { events: [says(1, "customer", "a"), says(2, "customer", "b")] });
    expect(unseen(first)).toBe(0);
    expect(unseen(second)).toBe(1);
    expect(second.live?.id).toBe("i1");
  });
});

describe("waiting", () => {
  it("counts from the first word since the last answer", () => {
    expect(waitsSince(conversation([says(1, "customer", "a"), says(5, "customer", "b")]))).toBe(start + 1_000);
    expect(waitsSince(conversation([says(1, "customer", "a"), says(5, "agent", "b"), says(8, "customer", "c"), says(9, "customer", "d")]))).toBe(start + 8_000);
  });
  it("ends with the answer, not with a note", () => {
    expect(waitsSince(conversation([says(1, "customer", "a"), says(5, "agent", "b")]))).toBeNull();
    expect(waitsSince(conversation([says(1, "customer", "a"), event(5, "note", { by: "agent", text: "b" })]))).toBe(start + 1_000);
  });
});

it("a hold counts from its start, as long as it lasts", () => {
  const events = [event(3, "hold_started", { by: "agent" })];
  expect(heldSince(conversation(events, { on_hold: true }))).toBe(start + 3_000);
  expect(heldSince(conversation(events, { on_hold: false }))).toBeNull();
});

it("typing is of the customer, and over with the message", () => {
  const typing = onTyping(conversation([]), { by: "customer" }, start);
  expect(typing.typingUntil).toBe(start + 5_000);
  expect(onTyping(conversation([]), { by: "agent" }, start).typingUntil).toBe(0);
  expect(onEvent(typing, says(1, "customer", "there")).typingUntil).toBe(0);
});

it("what is met before our eyes is remembered, what was met before is not", () => {
  const item = (practice: string, state: ChecklistItem["state"]): ChecklistItem => ({ practice, say: practice, state, opened_at: "", due_at: null, critical: false });
  const first = onChecklist(conversation([]), [item("a", "open"), item("b", "met")], 1_000);
  const second = onChecklist(first, [item("a", "met"), item("b", "met")], 2_000);
  expect([...second.metAt]).toEqual([["a", 2_000]]);
});

describe("the mark that the customer has read", () => {
  const events = [says(1, "customer", "a"), says(2, "agent", "b"), says(3, "agent", "c")];
  const read = (event: number) => readByCustomer({ ...conversation(events), seenByCustomer: events[event]?.id ?? "" });

  it("stands below the last of the agent's messages that they have read", () => {
    expect([read(1), read(2)]).toEqual([events[1]?.id, events[2]?.id]);
  });
  it("is not there before they have read, or once they have answered", () => {
    expect(readByCustomer(conversation(events))).toBeNull();
    expect(read(0)).toBeNull();
    expect(readByCustomer({ ...conversation([...events, says(4, "customer", "d")]), seenByCustomer: events[2]?.id ?? "" })).toBeNull();
  });
});
