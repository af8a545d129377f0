import type { TimelineEvent } from "@/api/types";

/** A sentence of the agent that sounds like a promise with a time, and was not written down as one. */
export interface Heard {
  /** The message that it stands in. */
  event: string;
  text: string;
  due: number;
}

const dayMs = 86_400_000;
const evening = 17;
const leastMs = 10 * 60_000;
const numbers: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, ten: 10, twelve: 12 };
const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: dayMs, week: 7 * dayMs };
const parts: Readonly<Record<string, number>> = { morning: 12, noon: 12, lunchtime: 13, afternoon: 17, evening: 20, tonight: 20 };

const commits = /\b(?:i|we)(?:'ll| will| shall| am going to|'m going to| are going to|'re going to| promise)\b|\byou(?:'ll| will) (?:have|get|receive|hear|find)\b/i;
const within = /\b(?:within|in)\s+(?:the\s+next\s+)?(\d{1,3}|[a-z]+)\s+(working |business )?(minute|hour|day|week)s?\b/i;
const weekday = new RegExp(`\\b(?:next\\s+)?(${days.join("|")})\\b`, "i");
const clock = /\b(?:at|by|before|until|around)\s+(\d{1,2})(?:[:.](\d\d))?\s*(am|pm|o'clock)?(?![\d%])/i;

function at(day: Date, hour: number, minute = 0): number {
  const moment = new Date(day);
  moment.setHours(hour, minute, 0, 0);
  return moment.getTime();
}

/** A number of days on from a moment; `working`: Saturdays and Sundays do not count. */
function later(from: number, count: number, working: boolean): Date {
  const day = new Date(from);
  for (let left = count; left > 0; ) {
    day.setDate(day.getDate() + 1);
    if (!working || (day.getDay() !== 0 && day.getDay() !== 6)) --left;
  }
  return day;
}

function dayOf(text: string, said: number): Date | null {
  if (/\btomorrow\b/i.test(text)) return later(said, 1, false);
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening)|end of (?:the|my|our) (?:day|shift))\b/i.test(text)) return new Date(said);
  const named = days.indexOf(weekday.exec(text)?.[1]?.toLowerCase() ?? "");
  if (named >= 0) return later(said, (named - new Date(said).getDay() + 7) % 7 || 7, false);
  if (/\bend of (?:the|this) week\b/i.test(text)) return later(said, (5 - new Date(said).getDay() + 7) % 7, false);
  return null;
}

/** When a sentence says that something is due, as people mean it; a day without an hour ends at five. */
export function dueOf(text: string, said: number): number | null {
  const [, count = "", working, unit = ""] = within.exec(text) ?? [];
  const number = Number(count) || numbers[count.toLowerCase()];
  if (number && units[unit.toLowerCase()] !== undefined) {
    const length = units[unit.toLowerCase()] ?? 0;
    return length < dayMs ? said + number * length : at(later(said, (number * length) / dayMs, working !== undefined), evening);
  }
  const day = dayOf(text, said);
  const [, hour, minute, half] = clock.exec(text) ?? [];
  if (hour !== undefined && (day !== null || half !== undefined || minute !== undefined)) {
    const told = Number(hour);
    // "At three" of a working day is in the afternoon.
    const full = half?.toLowerCase() === "am" || told > 12 ? told : told === 12 || (half?.toLowerCase() !== "pm" && told >= 8) ? told : told + 12;
    if (full < 24) return at(day ?? new Date(said), full, Number(minute ?? 0));
  }
  if (day === null) return null;
  const part = Object.entries(parts).find(([name]) => new RegExp(`\\b${name}\\b`, "i").test(text));
  return at(day, part?.[1] ?? evening);
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);

/** Whether most of the shorter one's words are in the other: the same thing, said twice. */
function alike(one: string, other: string): boolean {
  const [few, many] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.size - b.size) as [Set<string>, Set<string>];
  return few.size > 0 && [...few].filter((word) => many.has(word)).length * 2 > few.size;
}

/**
 * What the agent promised in words, each once, in order. Only English is understood: of other languages
 * nothing is heard. `startedAt`: of the conversation.
 */
export function heardPromises(events: readonly TimelineEvent[], startedAt: number, language: string): Heard[] {
  if (language !== "" && !/^en\b/i.test(language)) return [];
  const written = events.filter((one) => one.kind === "promise" || one.kind === "followup_scheduled").map((one) => one.text ?? String(one["what"] ?? ""));
  const heard: Heard[] = [];
  for (const event of events) {
    if ((event.kind !== "message" && event.kind !== "utterance") || event.by !== "agent" || event.id === undefined) continue;
    const said = startedAt + event.at_ms;
    for (const sentence of (event.text ?? "").replaceAll("’", "'").match(/[^.!?\n]+[.!?]?/g) ?? []) {
      const text = sentence.trim();
      if (text.endsWith("?") || !commits.test(text)) continue;
      const due = dueOf(text, said);
      if (due === null || due - said < leastMs || [...written, ...heard.map((one) => one.text)].some((other) => alike(other, text))) continue;
      heard.push({ event: event.id, text, due });
    }
  }
  return heard;
}
