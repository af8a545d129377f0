/** What people write as lines, and what the API takes. Reading answers the value, or the line that is wrong, counted from 1. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; line: number };

const linesOf = (text: string): { text: string; line: number }[] => text.split("\n").map((one, at) => ({ text: one, line: at + 1 })).filter((one) => one.text.trim() !== "");

/** "billing: 3", a skill or channel and its number a line. */
export function readLevels(text: string): Read<Record<string, number>> {
  const value: Record<string, number> = {};
  for (const one of linesOf(text)) {
    const [, name, level] = /^\s*([a-z0-9-]+)\s*:\s*(\d+)\s*$/.exec(one.text) ?? [];
    if (name === undefined || level === undefined) return { ok: false, line: one.line };
    value[name] = Number(level);
  }
  return { ok: true, value };
}

export const writeLevels = (levels: Record<string, number> | undefined): string => Object.entries(levels ?? {}).map(([name, level]) => `${name}: ${level}`).join("\n");

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const spans = /^\d\d:\d\d-\d\d:\d\d(\s*,\s*\d\d:\d\d-\d\d:\d\d)*$/;

export interface Hours {
  zone?: string;
  week: Record<string, string[]>;
  holidays?: { date: string; open?: string[] }[];
}

/** "mon 09:00-12:00, 13:00-17:00" a day, "2026-12-25" a holiday, "zone Europe/London". Empty: always open. */
export function readHours(text: string): Read<Hours | undefined> {
  const hours: Hours = { week: {} };
  const holidays: { date: string; open?: string[] }[] = [];
  const lines = linesOf(text);
  for (const one of lines) {
    const [first = "", ...others] = one.text.trim().split(/\s+/);
    const rest = others.join(" ");
    const open = spans.test(rest) ? rest.split(/\s*,\s*/) : null;
    if (first === "zone" && rest !== "") hours.zone = rest;
    else if (days.includes(first) && open) hours.week[first] = open;
    else if (/^\d{4}-\d\d-\d\d$/.test(first) && (rest === "" || open)) holidays.push(open ? { date: first, open } : { date: first });
    else return { ok: false, line: one.line };
  }
  if (lines.length === 0) return { ok: true, value: undefined };
  if (Object.keys(hours.week).length === 0) return { ok: false, line: 1 };
  if (holidays.length > 0) hours.holidays = holidays;
  return { ok: true, value: hours };
}

export function writeHours(hours: Hours | undefined): string {
  if (!hours) return "";
  const week = days.flatMap((day) => (hours.week[day]?.length ? [`${day} ${hours.week[day].join(", ")}`] : []));
  const holidays = (hours.holidays ?? []).map((one) => (one.open?.length ? `${one.date} ${one.open.join(", ")}` : one.date));
  return [...(hours.zone === undefined ? [] : [`zone ${hours.zone}`]), ...week, ...holidays].join("\n");
}

export interface Reason {
  id: string;
  label: string;
  outcomes?: string[];
  children?: Reason[];
}

const reasonLine = /^( *)([^:\s]+)\s*:\s*([^[\]]+?)\s*(?:\[([a-z_, ]+)\])?\s*$/;
const outcomes = ["resolved", "unresolved", "follow_up"];

/** "billing.wrong: Wrong bill [resolved, follow_up]" a line; two spaces more stand below the line before. Empty: any reason goes. */
export function readReasons(text: string): Read<{ reasons: Reason[] } | undefined> {
  const top: Reason[] = [];
  const above: Reason[] = [];
  const lines = linesOf(text);
  for (const one of lines) {
    const [, indent = "", id = "", label = "", listed] = reasonLine.exec(one.text) ?? [];
    const depth = indent.length / 2;
    const named = listed?.split(",").map((part) => part.trim());
    if (id === "" || !Number.isInteger(depth) || depth > above.length || named?.some((name) => !outcomes.includes(name))) return { ok: false, line: one.line };
    const reason: Reason = named ? { id, label, outcomes: named } : { id, label };
    const parent = above[depth - 1];
    if (parent) (parent.children ??= []).push(reason);
    else top.push(reason);
    above.splice(depth, above.length, reason);
  }
  return { ok: true, value: lines.length === 0 ? undefined : { reasons: top } };
}

export function writeReasons(tree: { reasons: Reason[] } | undefined): string {
  const write = (reasons: Reason[], depth: number): string[] =>
    reasons.flatMap((one) => [`${"  ".repeat(depth)}${one.id}: ${one.label}${one.outcomes ? ` [${one.outcomes.join(", ")}]` : ""}`, ...write(one.children ?? [], depth + 1)]);
  return write(tree?.reasons ?? [], 0).join("\n");
}
