import type { Trial } from "@/api/types";

export type Verdict = "met" | "missed" | "not_applicable" | "not_assessed";
export type PracticeCount = Trial["practices"][number];

/** Those whose verdicts differ, the most changed first; the others after them by name. */
export const inOrder = (practices: readonly PracticeCount[]): PracticeCount[] => practices.toSorted((one, other) => other.changed - one.changed || one.practice.localeCompare(other.practice));

/** The share of what could be met that was met, in percent; `null`: there was nothing. */
export function metShare({ met, missed }: { met: number; missed: number }): number | null {
  return met + missed === 0 ? null : (100 * met) / (met + missed);
}

/** How far it is, from 0 to 1. What is over is whole, however few there were. */
export function progress(trial: Trial): number {
  if (trial.state === "done") return 1;
  return Math.min(1, (trial.judged + trial.skipped) / trial.interactions);
}
