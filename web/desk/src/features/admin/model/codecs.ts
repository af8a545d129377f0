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
