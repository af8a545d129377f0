import { describe, expect, it } from "vitest";
import type { AgentState } from "@/api/types";
import { heldOf, loadOf, offersOf, onNews, slotsOf, type News, type Slots } from "@/features/agent/model/hands";
import { inOrder, warmth } from "@/features/agent/model/order";
import { conversation, says } from "./made";

const none: Slots = new Map();
const after = (...news: News[]): Slots => news.reduce(onNews, none);

describe("news", () => {
  it("go from the offer to wrap-up and out of hand", () => {
    const steps: News[] = [
      { kind: "offer", interaction: "i1", until: "2026-03-02T09:00:20Z" },
      { kind: "connected", interaction: "i1" },
      { kind: "wrap_up", interaction: "i1", until: "2026-03-02T09:02:00Z" },
      { kind: "gone", interaction: "i1" },
    ];
    expect(steps.map((_, index) => after(...steps.slice(0, index + 1)).get("i1")?.state)).toEqual(["offered", "connected", "wrap_up", undefined]);
    expect(after(...steps.slice(0, 2)).get("i1")?.until).toBeNull();
  });

  it("of a consultation say so until it is ours", () => {
    expect(after({ kind: "acknowledged", interaction: "i1", consult: true }).get("i1")).toMatchObject({ state: "connected", consult: true });
    expect(after({ kind: "acknowledged", interaction: "i1", consult: true }, { kind: "connected", interaction: "i1" }).get("i1")).toMatchObject({ consult: false });
  });

  it("of presence, help and what is not known yet change nothing in hand", () => {
    const slots = after({ kind: "offer", interaction: "i1" });
    expect(onNews(slots, { kind: "presence" })).toBe(slots);
    expect(onNews(slots, { kind: "help", interaction: "i1", state: "taken", note: "" })).toBe(slots);
    expect(onNews(slots, { kind: "something new", interaction: "i1" } as unknown as News)).toBe(slots);
  });
});

it("a snapshot replaces what was in hand", () => {
  const state = { in_hand: [{ interaction: "i2", state: "connected", consult: false }] } as unknown as AgentState;
  expect([...slotsOf(state).keys()]).toEqual(["i2"]);
});

it("offers are not held; room is taken by both", () => {
  const slots = after({ kind: "offer", interaction: "i1" }, { kind: "connected", interaction: "i2" });
  expect(offersOf(slots).map((one) => one.interaction)).toEqual(["i1"]);
  expect(heldOf(slots).map((one) => one.interaction)).toEqual(["i2"]);
  expect([...loadOf(slots, () => "chat")]).toEqual([["chat", 2]]);
});

describe("order", () => {
  it("puts who waits longest on top, then wrap-up, then who was answered last", () => {
    const slots = heldOf(
      after({ kind: "connected", interaction: "answered" }, { kind: "wrap_up", interaction: "over" }, { kind: "connected", interaction: "short" }, { kind: "connected", interaction: "long" }),
    );
    const known = new Map([
      ["answered", conversation([says(1, "customer", "a"), says(2, "agent", "b")])],
      ["over", conversation([says(1, "customer", "a")])],
      ["short", conversation([says(9, "customer", "a")])],
      ["long", conversation([says(4, "customer", "a")])],
    ]);
    expect(inOrder(slots, (id) => known.get(id)).map((one) => one.interaction)).toEqual(["long", "short", "over", "answered"]);
  });

  it("warms with age", () => expect([0, 60_000, 200_000].map(warmth)).toEqual(["cool", "warm", "hot"]));
});
