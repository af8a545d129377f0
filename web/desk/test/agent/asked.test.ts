import { describe, expect, it } from "vitest";
import type { AgentState } from "@/api/types";
import { answeredBetween, askedOf, type Asked } from "@/features/agent/model/asked";

function state(asked: Asked["state"] | null, { name = "Ben", held = "connected" as const }: { name?: string; held?: "connected" | "wrap_up" } = {}): AgentState {
  return {
    agent: "ana", name: "Ana", presence: "available", reason: "", work_state: "connected", since: "2026-03-02T09:00:00Z",
    in_hand: [{ interaction: "i1", state: held, consult: false, ...(asked && { asked: { state: asked, agent: name.toLowerCase(), name } }) }],
  };
}

describe("what colleagues answer", () => {
  it("is told when they do not take it: it waits on", () => {
    expect(answeredBetween(state("offered"), state("waiting"))).toEqual([{ interaction: "i1", name: "Ben", what: "declined" }]);
    expect(answeredBetween(state("offered"), state("offered", { name: "Cleo" }))).toEqual([{ interaction: "i1", name: "Ben", what: "declined" }]);
    expect(answeredBetween(state("reading"), state("waiting"))).toHaveLength(1);
  });

  it("is told when nobody is asked any more", () => expect(answeredBetween(state("waiting"), state(null))).toEqual([{ interaction: "i1", name: "Ben", what: "gone" }]));

  it("is no news while it goes on, or when it is handed over", () => {
    for (const [before, after] of [[null, state("offered")], [state(null), state("waiting")], [state("waiting"), state("offered")], [state("offered"), state("reading")], [state("reading"), state("read")], [state("read"), state(null, { held: "wrap_up" })]] as const) expect(answeredBetween(before, after)).toEqual([]);
    expect(askedOf(state("read"), "i1")?.state).toBe("read");
  });
});
