import { describe, expect, it } from "vitest";
import { allActions } from "@/shared/actions/actions";

describe("the table of actions", () => {
  it("has every part's actions together, without two of one id or key", async () => {
    // A table that clashes with another throws when it is loaded.
    const parts = import.meta.glob("../../src/features/*/actions.ts");
    for (const load of Object.values(parts)) await load();
    expect(Object.keys(parts).length).toBeGreaterThanOrEqual(4);
    const keys = allActions().flatMap((one) => (one.key === undefined ? [] : [one.key]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
