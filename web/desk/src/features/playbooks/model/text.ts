import type { PlaybookProblem } from "@/api/types";

/** A piece of a line as the editor draws it. */
export interface Token {
  text: string;
  kind: "comment" | "key" | "text";
  wrong: boolean;
}

/** Where a line of YAML becomes a comment: at a # at its start or after a blank, outside of quotes. */
function commentAt(line: string): number {
  let quote = "";
  for (let at = 0; at < line.length; ++at) {
    const sign = line.charAt(at);
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if ((sign === '"' || sign === "'") && /[\s:[{,-]/.test(line.charAt(at - 1) || " ")) quote = sign;
    else if (sign === "#" && (at === 0 || /\s/.test(line.charAt(at - 1)))) return at;
  }
  return line.length;
}

const keyPart = /^(\s*(?:- )?)([^\s:#"'[\]{},][^:#"'[\]{}]*?)(\s*:)(?=\s|$)/;

/** Where a problem is underlined: from its column to the end of the word, or the whole line where it names no column. */
export function wrongPart(line: string, column: number): [number, number] {
  const start = column > 0 ? Math.min(column - 1, line.length) : line.length - line.trimStart().length;
  const rest = line.slice(start);
  const length = column > 0 ? (/^[^\s:,\]}]+/.exec(rest)?.[0].length ?? 1) : rest.trimEnd().length;
  const from = start >= line.length ? Math.max(0, line.length - 1) : start;
  return [from, Math.min(Math.max(from + 1, start + length), Math.max(line.length, 1))];
}

/** A line cut into what is drawn alike; `wrong`: the columns of its problems, from 1. */
export function tokens(line: string, wrong: readonly number[]): Token[] {
  const comment = commentAt(line);
  const [, before = "", key = ""] = keyPart.exec(line.slice(0, comment)) ?? [];
  const marks = wrong.map((column) => wrongPart(line, column));
  const kindAt = (at: number): Token["kind"] => (at >= comment ? "comment" : key !== "" && at >= before.length && at < before.length + key.length ? "key" : "text");
  const cuts = [0, before.length, before.length + key.length, comment, line.length, ...marks.flat()].filter((at) => at >= 0 && at <= line.length);
  const ends = [...new Set(cuts)].toSorted((one, other) => one - other);
  return ends.slice(1).map((end, index) => {
    const from = ends[index] ?? 0;
    return { text: line.slice(from, end), kind: kindAt(from), wrong: marks.some(([first, last]) => from >= first && from < last) };
  });
}

/** The place of a problem in the text, for the cursor. */
export function offsetOf(text: string, { line, column }: Pick<PlaybookProblem, "line" | "column">): number {
  const lines = text.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0);
  return before + Math.min(Math.max(column - 1, 0), lines[at]?.length ?? 0);
}

/** The line and column of a place, from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** The blanks that a new line begins with: those of the line that it leaves, and two more behind a colon. */
export function indentAfter(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const blanks = /^ */.exec(line)?.[0] ?? "";
  return /:\s*$/.test(line) && !line.trimStart().startsWith("#") ? `${blanks}  ` : blanks;
}

/** The problem after a place; behind the last one the first again. */
export function nextProblem(problems: readonly PlaybookProblem[], from: { file: string; line: number; column: number } | null): PlaybookProblem | undefined {
  const ordered = problems.toSorted((one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column);
  if (from === null) return ordered[0];
  return ordered.find((one) => one.file.localeCompare(from.file) > 0 || (one.file === from.file && (one.line > from.line || (one.line === from.line && one.column > from.column)))) ?? ordered[0];
}
