import { describe, expect, it } from "vitest";
import { hoursTroubles, standing, toHours, toHoursForm, type HoursForm } from "@/features/admin/model/hours";

const form = (hours: Parameters<typeof toHoursForm>[0]): HoursForm => {
  const made = toHoursForm(hours);
  if (!made) throw new Error("there are hours");
  return made;
};
const office = form({ zone: "Europe/London", week: { mon: ["08:00-12:00", "13:00-17:00"], tue: ["08:00-24:00"], wed: ["00:00-02:00"] }, holidays: [{ date: "2026-03-09" }, { date: "2026-03-10", open: ["10:00-11:00"] }] });
const at = (text: string) => Date.parse(text);

describe("opening hours", () => {
  it("come back as they were, midnight too", () => {
    expect(toHours(office)).toEqual({ zone: "Europe/London", week: { mon: ["08:00-12:00", "13:00-17:00"], tue: ["08:00-24:00"], wed: ["00:00-02:00"] }, holidays: [{ date: "2026-03-09" }, { date: "2026-03-10", open: ["10:00-11:00"] }] });
    expect([toHoursForm(undefined), toHours(null)]).toEqual([null, undefined]);
  });

  it("say what is wrong, and where", () => {
    const wrong = form({ zone: "Europe/Lundon", week: { mon: ["09:00-12:00", "11:00-13:00", "17:00-09:00"], tue: ["-"] }, holidays: [{ date: "2026-12-25" }, { date: "2026-12-25" }, { date: "" }] });
    expect([...hoursTroubles(wrong)]).toEqual([["mon.1", "overlap"], ["mon.2", "order"], ["tue.0", "missing"], ["holiday.1", "twice"], ["holiday.2", "date"], ["zone", "zone"]]);
    expect([...hoursTroubles(form({ week: {} }))]).toEqual([["week", "never"]]);
    expect([hoursTroubles(office).size, hoursTroubles(null).size]).toEqual([0, 0]);
  });
});

describe("how it stands", () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

  it("open: until when, over midnight as well", () => {
    expect(standing(office, at("2026-03-02T09:00:00Z"))).toEqual({ open: true, change: { on: day("2026-03-02"), days: 0, time: "12:00" } });
    expect(standing(office, at("2026-03-03T20:00:00Z"))).toEqual({ open: true, change: { on: day("2026-03-04"), days: 1, time: "02:00" } });
  });

  it("closed: when it opens, past holidays", () => {
    expect(standing(office, at("2026-03-02T12:00:00Z"))).toEqual({ open: false, change: { on: day("2026-03-02"), days: 0, time: "13:00" } });
    expect(standing(office, at("2026-03-07T12:00:00Z"))).toEqual({ open: false, change: { on: day("2026-03-10"), days: 3, time: "10:00" } });
  });

  it("goes by the zone, not by the browser", () => {
    expect(standing({ ...office, zone: "Asia/Tokyo" }, at("2026-03-01T23:30:00Z")).open).toBe(true); // Monday 08:30 there
    expect(standing({ ...office, zone: "" }, at("2026-03-02T07:59:00Z")).open).toBe(false);
  });

  it("never ends where all days are open", () => {
    const always = form({ week: Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((one) => [one, ["00:00-24:00"]])) });
    expect(standing(always, at("2026-03-02T12:00:00Z"))).toEqual({ open: true, change: null });
  });
});
