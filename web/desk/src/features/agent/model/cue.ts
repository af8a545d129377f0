import type { ChecklistItem, Cue } from "./conversation";

const shownMs = 90_000;

/** The one cue that is shown: the newest that still helps. Those dismissed, grown old, or whose practice is done meanwhile are not. */
export function cueNow(cues: readonly Cue[], checklist: readonly ChecklistItem[], dismissed: ReadonlySet<string>, now: number): Cue | null {
  const helps = (cue: Cue): boolean => {
    if (dismissed.has(cueKey(cue)) || now - Date.parse(cue.at) > shownMs) return false;
    const occasions = checklist.filter((one) => one.practice === cue.practice);
    return occasions.length === 0 || occasions.some((one) => one.state === "open");
  };
  return cues.findLast(helps) ?? null;
}

export const cueKey = (cue: Cue): string => `${cue.practice} ${cue.at}`;
