import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { asked, type Failure } from "@/api/result";
import type { PlaybookProblem } from "@/api/types";
import type { Changes } from "./draft";

/** How long nothing is typed before the server looks. */
const pauseMs = 350;

/** What the server says of the playbook as it stands in the editor. */
export type Check =
  | { state: "unchecked" | "checking"; problems: readonly PlaybookProblem[] }
  | { state: "checked"; problems: readonly PlaybookProblem[]; practices: number; presets: readonly string[] }
  | { state: "failed"; problems: readonly PlaybookProblem[]; failure: Failure };

/** Checks as somebody types: after each pause, and never tells an answer about words that are no longer there. */
export function useCheck(playbook: string, brand: string, changes: Changes, enabled: boolean): Check {
  const [check, setCheck] = useState<Check>({ state: "unchecked", problems: [] });
  const [looked, setLooked] = useState<Changes | null>(null);
  const current = looked === changes;
  useEffect(() => {
    if (!enabled) return;
    let gone = false;
    const timer = window.setTimeout(async () => {
      const answer = await asked(api.POST("/api/v1/playbooks/check", { body: { based_on: playbook, ...(brand === "" ? {} : { brand }), files: { ...changes } } }));
      if (gone) return;
      setLooked(changes);
      setCheck((before) => (answer.ok ? { state: "checked", problems: answer.value.problems, practices: answer.value.practices, presets: answer.value.presets } : { state: "failed", problems: before.problems, failure: answer.failure }));
    }, pauseMs);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [playbook, brand, changes, enabled]);
  if (!enabled) return { state: "unchecked", problems: [] };
  return current ? check : { state: "checking", problems: check.problems };
}
