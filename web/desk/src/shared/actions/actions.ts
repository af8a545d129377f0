import { useEffect, useLayoutEffect, useRef } from "react";
import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";

/** What somebody can do: once in a table, which button, key and palette share. */
export interface ActionDefinition {
  id: string;
  /** One key without modifiers ("a", "?"), or "Ctrl+k", "Ctrl+Enter". Single keys work outside of text fields, and with Alt inside. */
  key?: string;
  /** Message keys. */
  label: string;
  group: string;
}

const table = new Map<string, ActionDefinition>();

/** Adds a feature's actions to the table; two with one id or one key are a mistake of the programmer. */
export function defineActions(definitions: readonly ActionDefinition[]): void {
  for (const one of definitions) {
    if (table.get(one.id) === one) continue;
    const taken = [...table.values()].find((other) => other.id === one.id || (one.key !== undefined && other.key === one.key));
    if (taken) throw new Error(`actions: ${one.id} and ${taken.id} share an id or a key`);
    table.set(one.id, one);
  }
}

export function definitionOf(id: string): ActionDefinition {
  const found = table.get(id);
  if (!found) throw new Error(`actions: ${id} is not defined`);
  return found;
}

export const allActions = (): ActionDefinition[] => [...table.values()];

/** What can be done right now. Where a screen offers an action twice, the one offered last counts. */
interface Offered {
  id: string;
  run: () => void;
}
const offered = createStore<{ list: readonly Offered[] }>(() => ({ list: [] }));

/** Offers an action while this part of the screen is there; `null`: not now. */
export function useAction(id: string, run: (() => void) | null): void {
  const latest = useRef(run);
  // Before anything can be clicked that this drawing shows.
  useLayoutEffect(() => {
    latest.current = run;
  });
  const enabled = run !== null;
  useEffect(() => {
    definitionOf(id);
    if (!enabled) return;
    const mine: Offered = { id, run: () => latest.current?.() };
    offered.setState(({ list }) => ({ list: [...list, mine] }));
    return () => offered.setState(({ list }) => ({ list: list.filter((one) => one !== mine) }));
  }, [id, enabled]);
}

export function runAction(id: string): boolean {
  const found = offered.getState().list.findLast((one) => one.id === id);
  found?.run();
  return found !== undefined;
}

export function useOffered(id: string): boolean {
  return useStore(offered, ({ list }) => list.some((one) => one.id === id));
}

export function useOfferedIds(): ReadonlySet<string> {
  return new Set(useStore(offered, ({ list }) => list).map((one) => one.id));
}

export function idOfKey(key: string): string | undefined {
  return [...table.values()].find((one) => one.key === key)?.id;
}
