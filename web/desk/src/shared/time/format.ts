/** How this place writes times, in the language of the screen: "en" alone would mean America. */
export function localeOf(language: string): string {
  const own = navigator.languages.find((one) => one === language || one.startsWith(`${language}-`));
  return own ?? (language === "en" ? "en-GB" : language);
}

/** Making a format costs a hundred times what using it does, and a transcript uses two a line: each is made once. */
const made = new Map<string, Intl.DateTimeFormat>();
const madeAgo = new Map<string, Intl.RelativeTimeFormat>();

/** A moment of this place, written by `options`. */
export function momentText(at: number, language: string, options: Intl.DateTimeFormatOptions): string {
  const locale = localeOf(language);
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format.format(at);
}

/** A length of time as people read a timer: 0:07, 12:30, 1:02:03. Never negative. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const pad = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** A moment as hours and minutes of this place. */
export function timeText(at: number, language: string): string {
  return momentText(at, language, { hour: "numeric", minute: "2-digit" });
}

/** A moment in full, for hover. */
export function exactText(at: number, language: string): string {
  return momentText(at, language, { dateStyle: "medium", timeStyle: "medium" });
}

/** A day and time near now: "Tue 14:00" within a week, else with its date. */
export function dueText(at: number, now: number, language: string): string {
  const near = Math.abs(at - now) < 6 * 86_400_000;
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  if (same) return timeText(at, language);
  const day: Intl.DateTimeFormatOptions = near ? { weekday: "short" } : { day: "numeric", month: "short" };
  return momentText(at, language, { ...day, hour: "numeric", minute: "2-digit" });
}

/** How long ago, in words: "3 minutes ago". */
export function agoText(at: number, now: number, language: string): string {
  let words = madeAgo.get(language);
  if (!words) madeAgo.set(language, (words = new Intl.RelativeTimeFormat(language, { numeric: "auto" })));
  const seconds = Math.round((at - now) / 1_000);
  if (Math.abs(seconds) < 60) return words.format(seconds, "second");
  if (Math.abs(seconds) < 3_600) return words.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return words.format(Math.round(seconds / 3_600), "hour");
  return words.format(Math.round(seconds / 86_400), "day");
}
