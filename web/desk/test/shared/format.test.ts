import { describe, expect, it } from "vitest";
import { agoText, clockText, dueText } from "@/shared/time/format";

describe("clockText", () => {
  it("writes minutes and seconds, and hours where there are any", () => {
    expect(clockText(7_900)).toBe("0:07");
    expect(clockText(750_000)).toBe("12:30");
    expect(clockText(3_723_000)).toBe("1:02:03");
  });
  it("is never negative", () => expect(clockText(-5_000)).toBe("0:00"));
});

describe("agoText", () => {
  it("takes the largest unit that fits", () => {
    expect(agoText(0, 8_000, "en")).toBe("8 seconds ago");
    expect(agoText(0, 180_000, "en")).toBe("3 minutes ago");
    expect(agoText(0, 7_200_000, "en")).toBe("2 hours ago");
  });
});

describe("dueText", () => {
  const now = new Date(2026, 2, 2, 9, 0).getTime();
  it("names the day only where it is another one", () => {
    expect(dueText(new Date(2026, 2, 2, 14, 5).getTime(), now, "en-GB")).toBe("14:05");
    expect(dueText(new Date(2026, 2, 3, 14, 5).getTime(), now, "en-GB")).toMatch(/^Tue.*14:05$/);
    expect(dueText(new Date(2026, 3, 3, 14, 5).getTime(), now, "en-GB")).toMatch(/^3 Apr.*14:05$/);
  });
});
