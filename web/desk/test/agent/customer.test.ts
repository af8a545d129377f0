import { describe, expect, it } from "vitest";
import type { Case, Customer, CustomerPromise } from "@/api/types";
import { attemptOf, caseOf, inOrder, owedOf, stepsOf } from "@/features/agent/model/case";
import { factsOf } from "@/features/agent/model/facts";
import { dueOf, heardPromises } from "@/features/agent/model/heard";
import { event, says, start } from "./made";

const matter = (id: string, more: Partial<Case> = {}) => ({ id, state: "open", interactions: [], changed_at: "2026-03-01T00:00:00Z", ...more }) as unknown as Case;

describe("cases", () => {
  it("stand in order: those that go on first, then what changed last", () => {
    const cases = [matter("old"), matter("done", { state: "closed", changed_at: "2026-03-09T00:00:00Z" }), matter("new", { changed_at: "2026-03-02T00:00:00Z" })];
    expect(inOrder(cases).map((one) => one.id)).toEqual(["new", "old", "done"]);
  });
  it("count their attempts from one, and a conversation that is not theirs as the next", () => {
    const one = matter("a", { interactions: ["i1", "i2"] });
    expect([attemptOf(one, "i2"), attemptOf(one, "i9")]).toEqual([2, 3]);
    expect(caseOf([matter("b"), one], "i2")?.id).toBe("a");
  });
  it("offer what leads somewhere from where they are", () => expect(stepsOf(matter("a", { state: "closed" }))).toEqual(["reopen"]));
});

describe("what is owed", () => {
  const promise = (id: string, more: Partial<CustomerPromise> = {}) => ({ id, interaction: "i0", event: "x", text: id, due: null, owed: true, ...more }) as unknown as CustomerPromise;
  it("is what is on record and owed, and what was promised here and is not on record, the soonest first", () => {
    const events = [event(1, "promise", { id: "p1", text: "here", due: "2026-03-03T10:00:00Z" }), event(2, "promise", { id: "p2", text: "on record", due: "2026-03-02T10:00:00Z" })];
    const record = [promise("before"), promise("settled", { owed: false }), promise("recorded", { interaction: "i1", event: "p2", text: "on record", due: "2026-03-02T10:00:00Z" })];
    expect(owedOf(record, events, "i1").map((one) => [one.text, one.promise, one.made])).toEqual([["on record", "recorded", "here"], ["here", null, "here"], ["before", "before", "before"]]);
  });
  it("is no more what was done", () => {
    const events = [event(1, "promise", { id: "p1", text: "a" }), event(2, "promise_kept", { promise: "p1" })];
    expect(owedOf([promise("gone", { owed: false, interaction: "i1", event: "p1" })], events, "i1")).toEqual([]);
  });
});

describe("facts", () => {
  it("are each there once: the latest counts", () => {
    const record = { facts: [{ name: "meter", value: 7, interaction: "i0", event: "e", at: "2026-03-01T00:00:00Z" }], identifiers: [] } as unknown as Customer;
    const found = factsOf(record, { id: "p1", role: "customer", known: { meter: 1, town: "York" } } as never, [event(3, "field_captured", { name: "meter", value: "8" })], "i1", start);
    expect(found.map((one) => [one.name, one.value, one.from])).toEqual([["meter", "8", "i1"], ["town", "York", ""]]);
  });
});

describe("promises that are heard", () => {
  const monday = new Date(2026, 2, 2, 9, 0).getTime();
  const local = (at: number | null) => (at === null ? null : new Date(at).toString().slice(0, 21));
  it.each([
    ["I will call you back within two hours.", "Mon Mar 02 2026 11:00"],
    ["We'll refund it in 3 working days.", "Thu Mar 05 2026 17:00"],
    ["I'll ring you tomorrow at 10.", "Tue Mar 03 2026 10:00"],
    ["We will send it by Friday.", "Fri Mar 06 2026 17:00"],
    ["You will have it tomorrow morning.", "Tue Mar 03 2026 12:00"],
    ["I will write to you by 3 pm today.", "Mon Mar 02 2026 15:00"],
    ["I will look into it.", null],
  ])("know when: %s", (text, due) => expect(local(dueOf(text, monday))).toBe(due));
  it("are sentences of the agent with a time, not questions, not what is written down already", () => {
    const events = [says(1, "customer", "I will pay tomorrow."), says(2, "agent", "Thank you. I will call you back tomorrow at 10! Shall I ring you tomorrow? We'll refund the charge by Friday."), event(3, "promise", { text: "Refund the charge" })];
    expect(heardPromises(events, monday, "en-GB").map((one) => one.text)).toEqual(["I will call you back tomorrow at 10!"]);
    expect(heardPromises(events, monday, "de")).toEqual([]);
  });
});
