import { useCallback, useState } from "react";
import { keep, recall } from "./kept";

/** What is being written: survives a reload and a look at something else. `of`: the conversation it is for. */
export function useDraft<Value>(what: string, of: string, initial: Value): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState<Value>(() => recall<Value>(what, of) ?? initial);
  const write = useCallback(
    (next: Value) => {
      keep(what, of, next);
      setDraft(next);
    },
    [what, of],
  );
  return [draft, write];
}
