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
