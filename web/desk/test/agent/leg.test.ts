import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/api/types";
import { isCallback, lastLeg, legOf, outsideNow, outsideOf } from "@/features/agent/model/leg";

const event = (kind: string, fields: Record<string, unknown> = {}): TimelineEvent => ({ kind, at_ms: 0, ...fields }) as TimelineEvent;
const customers = (kind: string, fields: Record<string, unknown>) => event(kind, { leg: "customer", ...fields });

describe("the customer's line of a call that we place", () => {
  it("stands as it was told last", () => {
    const events = [event("answered"), customers("leg_started", { state: "dialled", trunk: "a" }), customers("leg_started", { state: "ringing" })];
    expect(lastLeg(events)).toEqual({ state: "ringing" });
    expect(lastLeg([...events, customers("leg_ended", { reason: "busy" }), event("ended")])).toEqual({ state: "over", reason: "busy" });
    expect(lastLeg([event("answered")])).toBeNull();
    expect(lastLeg([...events, event("answered")])).toBeNull();
  });

  it("was never begun where the agent's own phone was not lifted; a lost line is something else", () => {
    expect(legOf(event("leg_ended", { leg: "agent", reason: "no_phone" }))).toEqual({ state: "over", reason: "own_phone" });
    expect(legOf(event("leg_ended", { leg: "agent", reason: "no_sound" }))).toBeNull();
  });

  it("is to be dialled for a callback until they were reached", () => {
    const asked = event("followup_scheduled", { by: "bot", what: "callback" });
    expect(isCallback([asked])).toBe(true);
    expect(isCallback([event("followup_scheduled", { by: "agent", what: "callback" })])).toBe(false);
    expect(isCallback([asked, customers("leg_ended", { reason: "busy" })])).toBe(true);
    expect(isCallback([asked, customers("leg_started", { state: "answered" })])).toBe(false);
    expect(isCallback([event("followup_scheduled", { what: "send the form" })])).toBe(false);
  });
});

describe("the end outside of a call that leaves", () => {
  const outside = (kind: string, fields: Record<string, unknown>) => event(kind, { leg: "outside", ...fields });

  it("stands as it was told last, of the transfer that was begun last", () => {
    const begun = event("transfer_outside_started", { to: "+442079460200" });
    const events = [begun, outside("leg_started", { state: "referred", trunk: "a" }), outside("leg_started", { state: "ringing" })];
    expect(outsideNow(events)).toBe("ringing");
    expect(outsideNow([...events, outside("leg_ended", { reason: "busy" })])).toBe("over");
    expect(outsideNow([...events, begun])).toBe("begins");
    expect(outsideOf(outside("leg_ended", { reason: "busy" }))).toEqual({ state: "over", reason: "busy" });
    expect(outsideOf(customers("leg_ended", { reason: "busy" }))).toBeNull();
    expect(legOf(outside("leg_ended", { reason: "busy" }))).toBeNull();
  });
});
