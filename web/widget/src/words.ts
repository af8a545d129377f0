import de from "../messages/de.json" with { type: "json" };
import en from "../messages/en.json" with { type: "json" };

/** Every text of the widget has a key; a language is a file of all of them. */
export type Messages = Record<keyof typeof en, string>;
export type Key = keyof typeof en;

const languages = { en, de } satisfies Record<string, Messages>;
export type Language = keyof typeof languages;

export function is_language(text: string): text is Language {
  return Object.hasOwn(languages, text);
}

type Values = Record<string, string | number>;

/** The widget's texts in one language, with its dates and numbers. */
export class Words {
  /** For dates and numbers: "en-GB" of "en". */
  readonly locale: string;
  private readonly messages: Messages;
  private readonly plurals: Intl.PluralRules;

  constructor(language: Language, locale: string = language) {
    this.locale = locale;
    this.messages = languages[language];
    this.plurals = new Intl.PluralRules(language);
  }

  /** The text of a key, its {names} replaced. What is put in stays text: nothing here makes markup. */
  say(key: Key, values: Values = {}): string {
    return this.messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  /** The text for a count, of KEY.one and KEY.other (other forms where a language has them). */
  count(key: "launcher.unread" | "files.more", count: number): string {
    const form = `${key}.${this.plurals.select(count)}`;
    return this.say((form in this.messages ? form : `${key}.other`) as Key, { count });
  }

  /** "in about 3 minutes": people plan by minutes, and estimates are no better than that. */
  wait(seconds: number): string {
    if (seconds < 30) return this.say("time.moment");
    const minutes = Math.round(seconds / 60);
    if (minutes <= 1) return this.say("time.minute");
    if (minutes < 55) return this.say("time.minutes", { count: minutes < 10 ? minutes : Math.round(minutes / 5) * 5 });
    const hours = Math.round(minutes / 60);
    return hours <= 1 ? this.say("time.hour") : this.say("time.hours", { count: hours });
  }

  /** "tomorrow at 09:00", on the visitor's clock. */
  when(moment: Date, now: Date): string {
    const time = this.clock(moment);
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
    const days = Math.floor((moment.getTime() - midnight.getTime()) / 86_400_000);
    if (days === 0) return this.say("when.today", { time });
    if (days === 1) return this.say("when.tomorrow", { time });
    const day = moment.toLocaleDateString(this.locale, days < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" });
    return this.say("when.day", { day, time });
  }

  clock(moment: Date): string {
    return moment.toLocaleTimeString(this.locale, { timeStyle: "short" });
  }
}
