import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { keep, recall } from "@/api/kept";
import { asked } from "@/api/result";
import { session } from "@/api/session";
import { feed } from "@/feed/page-feed";
import { kept as keptOf, met, type Draft, type Elsewhere } from "../model/draft";
import type { Keeper } from "./desk";

/**
 * What an agent writes to a customer and has not sent. It lies in this tab and, a moment later, at the server
 * too, so that it follows its agent to another browser. Of two versions the newer is the agent's to choose:
 * nothing that stands in the composer is ever replaced unasked.
 */
interface Kept {
  draft: Draft;
  /** What was written later in another browser. */
  elsewhere: Elsewhere | null;
}

const nothing: Kept = { draft: { text: "", at: 0, server: null }, elsewhere: null };
const drafts = createStore<{ of: ReadonlyMap<string, Kept> }>(() => ({ of: new Map() }));
const of = (interaction: string): Kept => drafts.getState().of.get(interaction) ?? nothing;

const pauseMs = 800;
const retryMs = 10_000;
const timers = new Map<string, number>();
/** Conversations whose draft did not arrive: meanwhile there may be a later one, so it is asked first. */
const unsure = new Set<string>();
/** Conversations whose draft is on its way to the server. */
const running = new Set<string>();
/** Whether the server is being asked, and whether somebody wants to know what came later. */
let reading = false;
let wanted = false;
/** Counts who was here: what comes back for somebody who has left concerns nobody. */
let era = 0;

function put(interaction: string, next: Kept): void {
  keep("message", interaction, next.draft.text);
  keep("message-state", interaction, { at: next.draft.at, server: next.draft.server });
  drafts.setState((now) => ({ of: new Map(now.of).set(interaction, next) }));
}

const holds = (interaction: string): boolean => drafts.getState().of.has(interaction);

function later(interaction: string, ms: number): void {
  window.clearTimeout(timers.get(interaction));
  timers.set(interaction, window.setTimeout(() => void mirror(interaction), ms));
}

const path = (id: string) => ({ params: { path: { id } } });

/** What the server has then; `null`: it could not be said. */
async function send(interaction: string, text: string, keepalive: boolean): Promise<Elsewhere | null> {
  const done = await asked(api.PUT("/api/v1/me/drafts/{id}", { ...path(interaction), body: { text }, keepalive }));
  return done.ok ? { text, changedAt: done.value.changed_at } : null;
}
async function remove(interaction: string, keepalive: boolean): Promise<Elsewhere | null> {
  const done = await asked(api.DELETE("/api/v1/me/drafts/{id}", { ...path(interaction), keepalive }));
  return done.ok || done.failure.code === "not_found" ? { text: "", changedAt: "" } : null;
}

/** Brings the server's copy in line with this one; after a failure again in a while. `leaving`: the page goes away meanwhile. */
async function mirror(interaction: string, leaving = false): Promise<void> {
  timers.delete(interaction);
  const { draft, elsewhere } = of(interaction);
  if (!holds(interaction) || keptOf(draft) || elsewhere || session.getState().state !== "in") return;
  if (unsure.has(interaction)) return leaving ? undefined : read();
  if (running.has(interaction) && !leaving) return later(interaction, pauseMs);
  running.add(interaction);
  const begun = era;
  const { text } = draft;
  const server = await (text.trim() === "" ? remove(interaction, leaving) : send(interaction, text, leaving));
  running.delete(interaction);
  if (begun !== era || !holds(interaction)) return;
  if (server === null) {
    unsure.add(interaction);
    return later(interaction, retryMs);
  }
  const now = of(interaction);
  put(interaction, { ...now, draft: { ...now.draft, server } });
  if (!keptOf(of(interaction).draft)) later(interaction, pauseMs);
}

/** Reads what the server has and brings each together with what is here. */
async function read(): Promise<void> {
  wanted = true;
  if (reading) return;
  const asking = new Map(drafts.getState().of);
  if (asking.size === 0) return;
  [reading, wanted] = [true, false];
  const begun = era;
  const done = await asked(api.GET("/api/v1/me/drafts"));
  reading = false;
  if (wanted) void read();
  if (begun !== era) return;
  if (!done.ok) return unsure.forEach((interaction) => later(interaction, retryMs));
  for (const [interaction, { draft }] of drafts.getState().of) {
    // What was put there meanwhile is newer than this answer.
    if (running.has(interaction) || asking.get(interaction)?.draft.server !== draft.server) continue;
    const found = done.value.items.find((one) => one.interaction === interaction);
    const next = met(draft, found ? { text: found.text, changedAt: found.changed_at } : null);
    put(interaction, next);
    unsure.delete(interaction);
    if (!keptOf(next.draft)) later(interaction, pauseMs);
  }
}

/** Before the page goes away there is no time for a pause. */
function leave(): void {
  if (!document.hidden) return void read();
  for (const interaction of [...timers.keys()]) {
    window.clearTimeout(timers.get(interaction));
    void mirror(interaction, true);
  }
}
document.addEventListener("visibilitychange", leave);

/** Of the conversations in hand; runs beside the desk. */
export const draftKeeper: Keeper = {
  opened(interaction) {
    const text = recall<string>("message", interaction) ?? "";
    const state = recall<Omit<Draft, "text">>("message-state", interaction);
    put(interaction, { draft: { text, at: state?.at ?? 0, server: state?.server ?? null }, elsewhere: null });
    void read();
  },
  closed(interaction) {
    window.clearTimeout(timers.get(interaction));
    timers.delete(interaction);
    unsure.delete(interaction);
    drafts.setState((now) => ({ of: new Map([...now.of].filter(([id]) => id !== interaction)) }));
  },
  stopped() {
    era += 1;
    for (const timer of timers.values()) window.clearTimeout(timer);
    timers.clear();
    unsure.clear();
    drafts.setState({ of: new Map() });
  },
};

function write(interaction: string, text: string): void {
  const now = of(interaction);
  put(interaction, { ...now, draft: { ...now.draft, text, at: feed.serverNow() } });
  later(interaction, pauseMs);
}

/** What is being written to the customer, and how to write it. */
export function useMessageDraft(interaction: string): [string, (text: string) => void] {
  const text = useStore(drafts, (now) => (now.of.get(interaction) ?? nothing).draft.text);
  return [text, (next) => write(interaction, next)];
}

/** What was written later in another browser, and is not what stands here; `null`: nothing. */
export const useElsewhere = (interaction: string): Elsewhere | null => useStore(drafts, (now) => (now.of.get(interaction) ?? nothing).elsewhere);

/** Puts it into the composer, in the place of what stands there. */
export function takeElsewhere(interaction: string): void {
  const { elsewhere } = of(interaction);
  if (elsewhere) put(interaction, { draft: { text: elsewhere.text, at: Date.parse(elsewhere.changedAt), server: elsewhere }, elsewhere: null });
}

/** Keeps what stands in the composer, there as well. */
export function keepHere(interaction: string): void {
  const now = of(interaction);
  put(interaction, { draft: { ...now.draft, at: feed.serverNow(), server: now.elsewhere }, elsewhere: null });
  later(interaction, 0);
}
