import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { asked, type Failure } from "@/api/result";
import { feed } from "@/feed/page-feed";
import { newId } from "@/shared/new-id";
import type { Pending } from "../model/transcript";
import { desk } from "./desk";
import { keep, recall } from "./kept";

/** Words on their way. They carry an id of their own, so that sending them twice says them once. */
export type Outgoing = Pending & { failure?: Failure };

const outbox = createStore<{ of: ReadonlyMap<string, readonly Outgoing[]> }>(() => ({ of: new Map() }));
const none: readonly Outgoing[] = [];
export const useOutbox = (interaction: string): readonly Outgoing[] => useStore(outbox, ({ of }) => of.get(interaction) ?? none);

const retryMs = 3_000;
const running = new Set<string>();

function put(interaction: string, list: readonly Outgoing[]): void {
  keep("outbox", interaction, list);
  outbox.setState(({ of }) => ({ of: new Map(of).set(interaction, list) }));
}

function update(interaction: string, id: string, more: Partial<Outgoing>): void {
  const list = outbox.getState().of.get(interaction) ?? none;
  put(interaction, list.map((one) => (one.id === id ? { ...one, ...more } : one)));
}

function drop(interaction: string, id: string): void {
  put(interaction, (outbox.getState().of.get(interaction) ?? none).filter((one) => one.id !== id));
}

/** Takes up what was on its way before a reload. */
export function recallOutbox(interaction: string): void {
  if (outbox.getState().of.has(interaction)) return;
  const kept = recall<Outgoing[]>("outbox", interaction) ?? [];
  put(interaction, kept.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)));
  void sendAll(interaction);
}

export function say(interaction: string, kind: "message" | "note", text: string): void {
  const one: Outgoing = { id: newId("desk"), kind, text, at: feed.serverNow(), state: "sending" };
  put(interaction, [...(outbox.getState().of.get(interaction) ?? none), one]);
  void sendAll(interaction);
}

/** Sends a refused one again, or takes it back into the hands of who wrote it. */
export function sayAgain(interaction: string, id: string): void {
  update(interaction, id, { state: "waiting" });
  void sendAll(interaction);
}
export function takeBack(interaction: string, id: string): string {
  const text = outbox.getState().of.get(interaction)?.find((one) => one.id === id)?.text ?? "";
  drop(interaction, id);
  return text;
}

/** One after the other, in the order of writing; stops at the first that cannot leave. */
async function sendAll(interaction: string): Promise<void> {
  if (running.has(interaction)) return;
  running.add(interaction);
  try {
    for (;;) {
      const next = outbox.getState().of.get(interaction)?.find((one) => one.state !== "refused");
      if (!next) return;
      update(interaction, next.id, { state: next.state === "waiting" ? "waiting" : "sending" });
      if (!(await sendOne(interaction, next))) return;
    }
  } finally {
    running.delete(interaction);
  }
}

/** False: the network is away. */
async function sendOne(interaction: string, one: Outgoing): Promise<boolean> {
  const { kind, text, id } = one;
  const done = await asked(api.POST("/api/v1/interactions/{id}/events", { params: { path: { id: interaction } }, body: { kind, text, id } }));
  if (done.ok) {
    // From here on the timeline shows it; what is shown twice has the same id and shows once.
    await untilShown(interaction, id);
    drop(interaction, id);
    return true;
  }
  const later = ["unreachable", "busy", "unavailable", "store_unavailable", "handler_timeout", "workers_busy", "unauthenticated", "too_fast"];
  if (!later.includes(done.failure.code)) {
    update(interaction, id, { state: "refused", failure: done.failure });
    return true;
  }
  update(interaction, id, { state: "waiting" });
  window.setTimeout(() => void sendAll(interaction), retryMs);
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
