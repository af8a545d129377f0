import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { keep, recall } from "@/api/kept";
import { unreachable, type Failure } from "@/api/result";
import type { CallResult } from "@/api/types";
import { desk, type Keeper } from "./desk";
import { tellLostResult } from "./lost";
import { tellCallResult } from "./preview";

/** What came of the calls of lists, on its way to the server: one word after the other, and of those chosen in a row the last. */
interface Telling {
  /** What the server took last; `null`: nothing. */
  told: CallResult | null;
  /** Why it did not take the last. */
  failure: Failure | null;
  sends: boolean;
  /** A word stands that is told by `tellNow` alone. */
  held: boolean;
}
interface Word {
  came: CallResult;
  at: string | undefined;
  /** To be sent now: nobody chooses any more. */
  due: boolean;
}

const nothing: Telling = { told: null, failure: null, sends: false, held: false };
const tellings = createStore<{ of: ReadonlyMap<string, Telling> }>(() => ({ of: new Map() }));
const of = (id: string): Telling => tellings.getState().of.get(id) ?? nothing;
export const useTelling = (id: string): Telling => useStore(tellings, (now) => now.of.get(id) ?? nothing);

/** So long one stays at a choice before it is told. */
const pauseMs = 600;
const timers = new Map<string, number>();
/** The last word of each, until the server has taken it. */
const wanted = new Map<string, Word>();
/** The word that is being sent this moment, and the sending of it and of what comes after. */
const sent = new Map<string, Word>();
const running = new Map<string, Promise<void>>();

/** Counts who was here: what comes back for somebody who has left concerns nobody. */
let era = 0;
const nameOf = (id: string): string => desk.getState().conversations.get(id)?.live?.customer_name ?? "";

function put(id: string, more: Partial<Telling>): void {
  tellings.setState((now) => ({ of: new Map(now.of).set(id, { ...of(id), ...more }) }));
}

function want(id: string, word: Word | null): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  if (word) wanted.set(id, word);
  else wanted.delete(id);
  keep("call-result-word", id, word && { came: word.came, at: word.at });
}

async function sendAll(id: string): Promise<void> {
  const [begun, name] = [era, nameOf(id)];
  for (let word = wanted.get(id); word?.due; word = wanted.get(id)) {
    put(id, { sends: true, failure: null, held: false });
    sent.set(id, word);
    const done = await tellCallResult(id, word.came, word.at);
    if (begun !== era) return;
    sent.delete(id);
    if (!tellings.getState().of.has(id)) return done.ok ? undefined : tellLostResult(word.came, name);
    if (done.ok) keep("call-result-told", id, word.came);
    const last = wanted.get(id) === word;
    if (last && done.ok) want(id, null);
    put(id, { sends: false, ...(done.ok ? { told: word.came } : last ? { failure: done.failure } : {}) });
    if (last) return;
  }
}

function send(id: string): Promise<void> {
  const before = running.get(id);
  if (before) return before;
  const sending = sendAll(id).finally(() => running.get(id) === sending && running.delete(id));
  running.set(id, sending);
  return sending;
}

/** Tells it when nothing else is chosen for a moment. */
export function tellSoon(id: string, came: CallResult, at?: string): void {
  const word = { came, at, due: false };
  want(id, word);
  put(id, { failure: null, held: false });
  timers.set(id, window.setTimeout(() => {
    word.due = true;
    void send(id);
  }, pauseMs));
}

/** Is told with the next `tellNow`, where nothing else is chosen before. */
export function hold(id: string, came: CallResult, at?: string): void {
  want(id, { came, at, due: false });
  put(id, { failure: null, held: true });
}

/** What was chosen and not taken yet is not meant. */
export function takeBack(id: string): void {
  want(id, null);
  put(id, { failure: null, held: false });
}

/** Sends what was chosen and is not taken yet, a refused word once more; the answer is why the server does not have the last word, `null`: it has. */
export async function tellNow(id: string): Promise<Failure | null> {
  for (let word = wanted.get(id); word; word = wanted.get(id)) {
    window.clearTimeout(timers.get(id));
    word.due = true;
    await send(id);
    if (wanted.get(id) === word) return of(id).failure ?? unreachable;
  }
  await running.get(id);
  return null;
}

/** So long the save of a wrap-up whose time is over waits for it. */
const inTimeMs = 1_000;

/** As `tellNow`, where nobody can wait for its answer: comes back in time, whatever became of it. */
export async function tellInTime(id: string): Promise<void> {
  await Promise.race([tellNow(id), new Promise((over) => window.setTimeout(over, inTimeMs))]);
}

function forget(id: string): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  wanted.delete(id);
  tellings.setState((now) => ({ of: new Map([...now.of].filter(([one]) => one !== id)) }));
}

/** Of the conversations in hand; runs beside the desk. */
export const callResultKeeper: Keeper = {
  /** Takes up what was on its way before a reload. */
  opened(id) {
    put(id, { told: recall<CallResult>("call-result-told", id) });
    const word = recall<{ came: CallResult; at?: string }>("call-result-word", id);
    if (word) (word.came === "later" ? hold : tellSoon)(id, word.came, word.at);
  },
  /** What is being sent this moment may still be taken: its answer tells. */
  closed(id) {
    const word = wanted.get(id);
    if (word && word !== sent.get(id)) tellLostResult(word.came, nameOf(id));
    forget(id);
  },
  stopped() {
    era += 1;
    running.clear();
    sent.clear();
    for (const id of [...tellings.getState().of.keys()]) forget(id);
  },
};
