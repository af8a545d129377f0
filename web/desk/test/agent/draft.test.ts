import { describe, expect, it } from "vitest";
import { kept, met, type Draft } from "@/features/agent/model/draft";

const at = (minute: number) => Date.UTC(2026, 2, 2, 9, minute);
const server = (text: string, minute: number) => ({ text, changedAt: new Date(at(minute)).toISOString() });
const fresh: Draft = { text: "", at: 0, server: null };

describe("a draft meets what the server has", () => {
  it("and is taken where nothing is written here", () => {
    expect(met(fresh, server("Half a", 1))).toEqual({ draft: { text: "Half a", at: at(1), server: server("Half a", 1) }, elsewhere: null });
  });

  it("and goes first where it is newer", () => {
    const mine: Draft = { text: "Mine", at: at(5), server: server("Old", 1) };
    const next = met(mine, server("Theirs", 4));
    expect(next).toEqual({ draft: { ...mine, server: server("Theirs", 4) }, elsewhere: null });
    expect(kept(next.draft)).toBe(false);
  });

  it("and asks where the other is newer: what stands here stays", () => {
    const mine: Draft = { text: "Mine", at: at(2), server: server("Mine", 2) };
    expect(met(mine, server("Later", 3))).toEqual({ draft: mine, elsewhere: server("Later", 3) });
  });

  it("and knows its own again, however it was masked", () => {
    const mine: Draft = { text: "Card 4111 1111 1111 1111", at: at(1), server: server("Card 4111 1111 1111 1111", 2) };
    expect(met(mine, server("Card [masked]", 2))).toEqual({ draft: mine, elsewhere: null });
    expect(met({ ...mine, text: "Same" }, server("Same", 9)).elsewhere).toBeNull();
  });

  it("and is not put there again after it was sent elsewhere, until it is changed", () => {
    const synced = met({ text: "Said", at: at(1), server: server("Said", 1) }, null);
    expect([synced.draft.text, kept(synced.draft)]).toEqual(["Said", true]);
    expect(kept(met({ text: "Said, and more", at: at(2), server: server("Said", 1) }, null).draft)).toBe(false);
    expect(kept(met({ text: "New", at: at(2), server: null }, null).draft)).toBe(false);
  });

  it("and what was sent here is gone there: an older copy does not come back", () => {
    const sent: Draft = { text: "", at: at(5), server: server("Sent", 4) };
    const next = met(sent, server("Sent", 4));
    expect([next.draft.text, kept(next.draft)]).toEqual(["", false]);
  });
});
