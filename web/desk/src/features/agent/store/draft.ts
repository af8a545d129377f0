import { useCallback, useState } from "react";
import { keep, recall } from "./kept";

/** What is being written: survives a reload and a change of conversation. */
export function useDraft<Value>(what: string, interaction: string, initial: Value): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState<Value>(() => recall<Value>(what, interaction) ?? initial);
  const write = useCallback(
    (next: Value) => {
      keep(what, interaction, next);
      setDraft(next);
    },
    [what, interaction],
  );
  return [draft, write];
}
