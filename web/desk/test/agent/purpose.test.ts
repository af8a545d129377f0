import { expect, test } from "vitest";
import { consentOf, isOfList, purposeOf } from "@/features/agent/model/purpose";
import type { TimelineEvent } from "@/api/types";

const event = (kind: string, more: object = {}): TimelineEvent => ({ at_ms: 0, kind, ...more });

test("purpose and list are the context's", () => {
  expect(purposeOf([])).toBeNull();
  expect(purposeOf([event("context", { purpose: "" })])).toBeNull();
  expect(purposeOf([event("context", { purpose: "a check" })])).toBe("a check");
  expect(isOfList([event("context", { purpose: "a check" })])).toBe(false);
  expect(isOfList([event("context", { calling_list: "winter" })])).toBe(true);
});

test("consent is asked where it is required, and the last word counts", () => {
  const given = event("consent", { given: true });
  const refused = event("consent", { given: false });
  expect(consentOf([event("context"), given])).toBeNull();
  const required = event("context", { consent_required: true });
  expect(consentOf([required])).toBe("asked");
  expect(consentOf([required, given])).toBe("given");
  expect(consentOf([required, given, refused])).toBe("refused");
});

test("where words of the brand ask, the agent is told so until a key answered", () => {
  expect(consentOf([event("guide_step", { guide: "main", step: "consent" })])).toBeNull();
  const question = event("guide_step", { guide: "placed_recording", step: "consent" });
  expect(consentOf([question])).toBe("prompted");
  expect(consentOf([question, event("consent", { given: true })])).toBe("given");
  expect(consentOf([question, event("consent", { given: false })])).toBe("refused");
  // The agent was gone before the key: nobody hears the question any more, and whoever has the call now asks.
  for (const kind of ["answered", "transfer"]) {
    expect(consentOf([event("answered"), question, event(kind)])).toBe("asked");
    expect(consentOf([question, event(kind), event("consent", { given: true })])).toBe("given");
    expect(consentOf([question, event(kind), question])).toBe("prompted");
  }
  // The call is over without an answer.
  expect(consentOf([question, event("ended")])).toBeNull();
});
