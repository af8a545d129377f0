import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { keep, recall } from "@/api/kept";
import type { Failure } from "@/api/result";
import type { CallResult } from "@/api/types";
import type { Keeper } from "./desk";
import { tellCallResult } from "./preview";

/** What came of the calls of lists, on its way to the server: one word after the other, and of those chosen in a row the last. */
interface Telling {
  /** What the server took last; `null`: nothing. */
  told: CallResult | null;
  /** Why it did not take the last. */
  failure: Failure | null;
  sends: boolean;
}
interface Word {
  came: CallResult;
  at: string | undefined;
}

const nothing: Telling = { told: null, failure: null, sends: false };
const tellings = createStore<{ of: ReadonlyMap<string, Telling> }>(() => ({ of: new Map() }));
const of = (id: string): Telling => tellings.getState().of.get(id) ?? nothing;
export const useTelling = (id: string): Telling => useStore(tellings, (now) => now.of.get(id) ?? nothing);

/** So long one stays at a choice before it is told. */
const pauseMs = 600;
const timers = new Map<string, number>();
/** The word to be told next, and the one that was refused. */
const wanted = new Map<string, Word>();
const refused = new Map<string, Word>();
const running = new Map<string, Promise<void>>();

function put(id: string, more: Partial<Telling>): void {
  tellings.setState((now) => ({ of: new Map(now.of).set(id, { ...of(id), ...more }) }));
}

function stopTimer(id: string): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
}

async function sendAll(id: string): Promise<void> {
  for (let word = wanted.get(id); word; word = wanted.get(id)) {
    wanted.delete(id);
    put(id, { sends: true, failure: null });
    const done = await tellCallResult(id, word.came, word.at);
    if (!tellings.getState().of.has(id)) return;
    if (done.ok) keep("call-result-told", id, word.came);
    else refused.set(id, word);
    put(id, { sends: false, ...(done.ok ? { told: word.came } : { failure: done.failure }) });
  }
}

function send(id: string): Promise<void> {
  stopTimer(id);
  const before = running.get(id);
  if (before) return before;
  const sending = sendAll(id).finally(() => running.delete(id));
  running.set(id, sending);
  return sending;
}

/** Tells it when nothing else is chosen for a moment. */
export function tellSoon(id: string, came: CallResult, at?: string): void {
  tellNothing(id);
  wanted.set(id, { came, at });
  timers.set(id, window.setTimeout(() => void send(id), pauseMs));
}

/** What was chosen and not told yet is not meant. */
export function tellNothing(id: string): void {
  stopTimer(id);
  wanted.delete(id);
  put(id, { failure: null });
}

export function tellAgain(id: string): void {
  const word = refused.get(id);
  if (!word) return;
  wanted.set(id, word);
  void send(id);
}

/** Tells now what was chosen; the answer comes when the server has heard it, or refused. */
export const untilTold = (id: string): Promise<void> => (wanted.has(id) || running.has(id) ? send(id) : Promise.resolve());

function forget(id: string): void {
  stopTimer(id);
  wanted.delete(id);
  refused.delete(id);
  tellings.setState((now) => ({ of: new Map([...now.of].filter(([one]) => one !== id)) }));
}

/** Of the conversations in hand; runs beside the desk. */
export const callResultKeeper: Keeper = {
  opened(id) {
    put(id, { told: recall<CallResult>("call-result-told", id) });
  },
  closed: forget,
  stopped() {
    for (const id of [...tellings.getState().of.keys()]) forget(id);
  },
};
