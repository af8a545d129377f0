import type { AgentState, Held, LiveInteraction } from "@/api/types";
import type { Cue } from "./conversation";

/** What this agent has in hand. */
export interface Slot {
  interaction: string;
  state: Held["state"];
  /** A colleague asks about it; it is not ours. */
  consult: boolean;
  /** When an offer, a hand-over or a wrap-up ends by itself, where it is known. */
  until: string | null;
}

/** The stream `agent/ID`. */
type Came = { kind: keyof typeof stateOf; interaction: string; consult?: boolean; until?: string; live?: LiveInteraction };
type Gone = { kind: "offer_gone" | "gone"; interaction: string; why?: string };
export type News =
  | Came
  | Gone
  | { kind: "presence" }
  /** What came of a call for help. */
  | { kind: "help"; interaction: string; state: "open" | "taken" | "done"; note: string }
  | ({ kind: "cue"; interaction: string } & Cue);

export type Slots = ReadonlyMap<string, Slot>;

const stateOf = { offer: "offered", receiving: "receiving", connected: "connected", acknowledged: "connected", wrap_up: "wrap_up" } as const;

/** A snapshot replaces what was known. */
export function slotsOf(state: AgentState): Slots {
  return new Map(state.in_hand.map(({ interaction, state: now, consult, until }) => [interaction, { interaction, state: now, consult, until: until ?? null }]));
}

export function onNews(slots: Slots, news: News): Slots {
  // Much is told that changes nothing in hand, and a newer server may tell more.
  if (!isCame(news) && !isGone(news)) return slots;
  const next = new Map(slots);
  const { interaction } = news;
  if (isGone(news)) next.delete(interaction);
  else next.set(interaction, { interaction, state: stateOf[news.kind], consult: news.consult ?? false, until: news.until ?? null });
  return next;
}

const isCame = (news: News): news is Came => news.kind in stateOf;
const isGone = (news: News): news is Gone => news.kind === "offer_gone" || news.kind === "gone";

export const offersOf = (slots: Slots): Slot[] => [...slots.values()].filter((one) => one.state === "offered");
export const heldOf = (slots: Slots): Slot[] => [...slots.values()].filter((one) => one.state !== "offered");

/** Room that is taken, by channel. */
export function loadOf(slots: Slots, channelOf: (interaction: string) => string | undefined): Map<string, number> {
  const load = new Map<string, number>();
  for (const slot of slots.values()) {
    const channel = channelOf(slot.interaction);
    if (channel !== undefined) load.set(channel, (load.get(channel) ?? 0) + 1);
  }
  return load;
}
