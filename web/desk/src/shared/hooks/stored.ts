import { useCallback, useState } from "react";

/** A choice of this browser that outlives the page: theme, sound, folded panels. */
export function useStored<Value extends string>(key: string, initial: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => (localStorage.getItem(key) as Value | null) ?? initial);
  const store = useCallback(
    (next: Value) => {
      localStorage.setItem(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, store];
}
