/** Opening hours as they are edited: rows with a beginning and an end, some of them not filled in yet. */
export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof days)[number];

/** Times of a day as the browser's field has them, "09:00"; empty: not said yet. An end of "00:00" is midnight. */
export interface Span {
  from: string;
  to: string;
}

export interface Holiday {
  date: string;
  open: readonly Span[];
}

export interface HoursForm {
  /** An IANA name; empty: UTC. */
  zone: string;
  week: Readonly<Record<Day, readonly Span[]>>;
  holidays: readonly Holiday[];
}

/** As the API has them (docs of src/centre/hours_document.hpp). */
export interface Hours {
  zone?: string;
  week?: Partial<Record<string, string[]>>;
  holidays?: { date: string; open?: string[] }[];
}

const midnight = "24:00";

function spanOf(text: string): Span {
  const [from = "", to = ""] = text.split("-");
  return { from, to: to === midnight ? "00:00" : to };
}
const textOf = ({ from, to }: Span): string => `${from}-${to === "00:00" ? midnight : to}`;

const byDay = <Value>(of: (day: Day) => Value): Record<Day, Value> => Object.fromEntries(days.map((day) => [day, of(day)])) as Record<Day, Value>;

/** Always open is `null`. */
export const toHoursForm = (hours: Hours | undefined): HoursForm | null =>
  hours ? { zone: hours.zone ?? "", week: byDay((day) => (hours.week?.[day] ?? []).map(spanOf)), holidays: (hours.holidays ?? []).map((one) => ({ date: one.date, open: (one.open ?? []).map(spanOf) })) } : null;

/** What one begins with. */
export const usualHours = (zone: string): HoursForm => ({ zone, week: byDay((day) => (day === "sat" || day === "sun" ? [] : [{ from: "09:00", to: "17:00" }])), holidays: [] });

export function toHours(form: HoursForm | null): Hours | undefined {
  if (!form) return undefined;
  const week = days.filter((day) => form.week[day].length > 0).map((day) => [day, form.week[day].map(textOf)]);
  const holidays = form.holidays.map(({ date, open }) => (open.length > 0 ? { date, open: open.map(textOf) } : { date }));
  return { ...(form.zone.trim() !== "" && { zone: form.zone.trim() }), week: Object.fromEntries(week) as Record<string, string[]>, ...(holidays.length > 0 && { holidays }) };
}

/** A line a day, to be read beside another version. */
export function hoursWords(form: HoursForm | null): string {
  const hours = toHours(form);
  if (!hours) return "";
  const week = Object.entries(hours.week ?? {}).map(([day, open]) => `${day} ${(open ?? []).join(", ")}`);
  const holidays = (hours.holidays ?? []).map((one) => [one.date, (one.open ?? []).join(", ")].join(" ").trim());
  return [...(hours.zone === undefined ? [] : [hours.zone]), ...week, ...holidays].join("\n");
}

export type HoursTrouble = "missing" | "order" | "overlap" | "twice" | "date" | "zone" | "never";

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const endOf = ({ to }: Span): number => (to === "00:00" ? 1_440 : minuteOf(to));

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What is wrong, by place: "mon.0", "holiday.1", "holiday.1.0", "zone", "week". Nothing: it can be kept. */
export function hoursTroubles(form: HoursForm | null): ReadonlyMap<string, HoursTrouble> {
  const found = new Map<string, HoursTrouble>();
  if (!form) return found;
  const check = (place: string, spans: readonly Span[]) =>
    spans.forEach((span, at) => {
      const before = spans.slice(0, at).some((other) => minuteOf(span.from) < endOf(other) && minuteOf(other.from) < endOf(span));
      if (span.from === "" || span.to === "") found.set(`${place}.${at}`, "missing");
      else if (endOf(span) <= minuteOf(span.from)) found.set(`${place}.${at}`, "order");
      else if (before) found.set(`${place}.${at}`, "overlap");
    });
  for (const day of days) check(day, form.week[day]);
  form.holidays.forEach(({ date, open }, at) => {
    if (date === "") found.set(`holiday.${at}`, "date");
    else if (form.holidays.slice(0, at).some((other) => other.date === date)) found.set(`holiday.${at}`, "twice");
    check(`holiday.${at}`, open);
  });
  if (form.zone.trim() !== "" && !isZone(form.zone.trim())) found.set("zone", "zone");
  if (days.every((day) => form.week[day].length === 0)) found.set("week", "never");
  return found;
}

/** How it stands at a moment: until when it is open, or when it opens. `on`: that day, as midnight of it in UTC; `days`: how many days from now. */
export type Standing = { open: boolean; change: { on: number; days: number; time: string } | null };

const dayMs = 86_400_000;
const lookAheadDays = 370;

/** The local date (as midnight of it in UTC) and minute of a moment. */
function localOf(now: number, zone: string): { date: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone === "" ? "UTC" : zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return { date: Date.UTC(part("year"), part("month") - 1, part("day")), minute: part("hour") * 60 + part("minute") };
}

/** REQUIRES: no troubles. A holiday has its own hours and not the week's. */
export function standing(form: HoursForm, now: number): Standing {
  const { date, minute } = localOf(now, form.zone.trim());
  const spansOn = (day: number): Span[] => {
    const at = date + day * dayMs;
    const holiday = form.holidays.find((one) => one.date === new Date(at).toISOString().slice(0, 10));
    const spans = holiday?.open ?? form.week[days[(new Date(at).getUTCDay() + 6) % 7] ?? "mon"];
    return spans.toSorted((one, other) => minuteOf(one.from) - minuteOf(other.from));
  };
  const open = spansOn(0).find((span) => minuteOf(span.from) <= minute && minute < endOf(span)) !== undefined;
  // How far it is known to stay open; a day that ends at midnight may go on with the next.
  let reached = minute;
  for (let day = 0; day < lookAheadDays; day += 1, reached = 0) {
    for (const span of spansOn(day)) {
      const [from, to] = [minuteOf(span.from), endOf(span)];
      if (open && from <= reached && reached < to) reached = to;
      if (!open && (day > 0 || from > minute)) return { open, change: { on: date + day * dayMs, days: day, time: span.from } };
    }
    if (open && reached < 1_440) return { open, change: { on: date + day * dayMs, days: day, time: `${String(Math.floor(reached / 60)).padStart(2, "0")}:${String(reached % 60).padStart(2, "0")}` } };
  }
  return { open, change: null };
}
