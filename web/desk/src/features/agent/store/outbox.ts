import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { keep, recall } from "@/api/kept";
import { asked, type Failure } from "@/api/result";
import { feed } from "@/feed/page-feed";
import { newId } from "@/shared/new-id";
import type { Pending } from "../model/transcript";
import { desk, type Keeper } from "./desk";
import { tellLost } from "./lost";

/** Words on their way. They carry an id of their own, so that sending them twice says them once. */
export type Outgoing = Pending & { failure?: Failure };

const outbox = createStore<{ of: ReadonlyMap<string, readonly Outgoing[]> }>(() => ({ of: new Map() }));
const none: readonly Outgoing[] = [];
const outgoing = (interaction: string): readonly Outgoing[] => outbox.getState().of.get(interaction) ?? none;
export const useOutbox = (interaction: string): readonly Outgoing[] => useStore(outbox, ({ of }) => of.get(interaction) ?? none);

const retryMs = 3_000;
/** What is being sent this moment, by conversation; `null`: between two. */
const running = new Map<string, string | null>();
/** The next attempt of each conversation that has one. */
const timers = new Map<string, number>();
/** Counts who was here: what comes back for somebody who has left concerns nobody. */
let era = 0;

function put(interaction: string, list: readonly Outgoing[]): void {
  keep("outbox", interaction, list);
  outbox.setState(({ of }) => ({ of: new Map(of).set(interaction, list) }));
}

const has = (interaction: string, id: string): boolean => outgoing(interaction).some((one) => one.id === id);

function update(interaction: string, id: string, more: Partial<Outgoing>): void {
  if (has(interaction, id)) put(interaction, outgoing(interaction).map((one) => (one.id === id ? { ...one, ...more } : one)));
}

function drop(interaction: string, id: string): void {
  if (has(interaction, id)) put(interaction, outgoing(interaction).filter((one) => one.id !== id));
}

function stopTimer(interaction: string): void {
  window.clearTimeout(timers.get(interaction));
  timers.delete(interaction);
}

/** Takes up what was on its way before a reload. */
function takeUp(interaction: string): void {
  const kept = recall<Outgoing[]>("outbox", interaction) ?? [];
  if (kept.length === 0) return;
  put(interaction, kept.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)));
  void sendAll(interaction);
}

/** What is being sent this moment may still arrive: its answer tells. */
function letGo(interaction: string): void {
  stopTimer(interaction);
  const left = outgoing(interaction).filter((one) => one.id !== running.get(interaction));
  if (left.length > 0) tellLost(left.map((one) => one.text));
  outbox.setState(({ of }) => ({ of: new Map([...of].filter(([id]) => id !== interaction)) }));
}

/** The storage of the tab keeps what is the owner's, where their session only ran out. */
function clear(): void {
  era += 1;
  for (const interaction of [...timers.keys()]) stopTimer(interaction);
  outbox.setState({ of: new Map() });
}

/** Of the conversations in hand; runs beside the desk. */
export const outboxKeeper: Keeper = { opened: takeUp, closed: letGo, stopped: clear };

export function say(interaction: string, kind: "message" | "note", text: string): void {
  const one: Outgoing = { id: newId("desk"), kind, text, at: feed.serverNow(), state: "sending" };
  put(interaction, [...outgoing(interaction), one]);
  void sendAll(interaction);
}

/** Sends a refused one again. */
export function sayAgain(interaction: string, id: string): void {
  update(interaction, id, { state: "waiting" });
  void sendAll(interaction);
}

/** Throws a refused one away. */
export const discard = (interaction: string, id: string): void => drop(interaction, id);

/** One after the other, in the order of writing; stops at the first that cannot leave. */
async function sendAll(interaction: string): Promise<void> {
  if (running.has(interaction)) return;
  running.set(interaction, null);
  stopTimer(interaction);
  try {
    for (;;) {
      const next = outgoing(interaction).find((one) => one.state !== "refused");
      if (!next || !(await sendOne(interaction, next))) return;
    }
  } finally {
    running.delete(interaction);
  }
}

const later = new Set(["unreachable", "busy", "unavailable", "store_unavailable", "handler_timeout", "workers_busy", "unauthenticated", "too_fast"]);

/** False: it cannot leave now, and neither can those behind it. */
async function sendOne(interaction: string, { kind, text, id }: Outgoing): Promise<boolean> {
  const begun = era;
  running.set(interaction, id);
  const done = await asked(api.POST("/api/v1/interactions/{id}/events", { params: { path: { id: interaction } }, body: { kind, text, id } }));
  if (begun !== era) return true;
  if (done.ok) {
    // From here on the timeline shows it; what is shown twice has the same id and shows once.
    await untilShown(interaction, id);
    drop(interaction, id);
    return true;
  }
  if (!has(interaction, id)) {
    tellLost([text]);
    return true;
  }
  if (!later.has(done.failure.code)) {
    update(interaction, id, { state: "refused", failure: done.failure });
    return true;
  }
  update(interaction, id, { state: "waiting" });
  timers.set(interaction, window.setTimeout(() => void sendAll(interaction), retryMs));
  return false;
}

const shownWithinMs = 5_000;

/** The event on the screen, or soon enough: a line must not vanish between its sending and its arrival. */
function untilShown(interaction: string, id: string): Promise<void> {
  const shown = () => {
    const conversation = desk.getState().conversations.get(interaction);
    return !conversation || conversation.events.some((event) => event.id === id);
  };
  if (shown()) return Promise.resolve();
  return new Promise((done) => {
    const finish = () => {
      stop();
      window.clearTimeout(timer);
      done();
    };
    const stop = desk.subscribe(() => shown() && finish());
    const timer = window.setTimeout(finish, shownWithinMs);
  });
}

// The feed heals first; then everything that waited leaves.
feed.status.subscribe(({ state }) => {
  if (state === "live") for (const interaction of outbox.getState().of.keys()) void sendAll(interaction);
});
