import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { keep, recall } from "@/api/kept";
import type { Keeper } from "./desk";

/** A colleague or queue that was asked to take over a conversation, until it is done or called off. */
export interface Pending {
  name: string;
}

const store = createStore<{ of: ReadonlyMap<string, Pending | null> }>(() => ({ of: new Map() }));

export function setPendingTransfer(id: string, pending: Pending | null): void {
  keep("transfer", id, pending);
  store.setState(({ of }) => ({ of: new Map(of).set(id, pending) }));
}

export function usePendingTransfer(id: string): [Pending | null] {
  const known = useStore(store, ({ of }) => of.get(id));
  return [known === undefined ? recall<Pending>("transfer", id) : known];
}

/** A conversation that comes back, or another one's, begins without. */
export const transferKeeper: Keeper = {
  closed: (id) => store.setState(({ of }) => ({ of: new Map([...of].filter(([one]) => one !== id)) })),
  stopped: () => store.setState({ of: new Map() }),
};
