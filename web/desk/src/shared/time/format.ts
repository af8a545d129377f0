/** How this place writes times, in the language of the screen: "en" alone would mean America. */
export function localeOf(language: string): string {
  const own = navigator.languages.find((one) => one === language || one.startsWith(`${language}-`));
  return own ?? (language === "en" ? "en-GB" : language);
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
  return new Intl.DateTimeFormat(localeOf(language), { hour: "numeric", minute: "2-digit" }).format(at);
}

/** A moment in full, for hover. */
export function exactText(at: number, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium", timeStyle: "medium" }).format(at);
}

/** A day and time near now: "Tue 14:00" within a week, else with its date. */
export function dueText(at: number, now: number, language: string): string {
  const near = Math.abs(at - now) < 6 * 86_400_000;
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  if (same) return timeText(at, language);
  const day: Intl.DateTimeFormatOptions = near ? { weekday: "short" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(localeOf(language), { ...day, hour: "numeric", minute: "2-digit" }).format(at);
}

/** How long ago, in words: "3 minutes ago". */
export function agoText(at: number, now: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const seconds = Math.round((at - now) / 1_000);
  if (Math.abs(seconds) < 60) return words.format(seconds, "second");
  if (Math.abs(seconds) < 3_600) return words.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return words.format(Math.round(seconds / 3_600), "hour");
  return words.format(Math.round(seconds / 86_400), "day");
}
