import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { forgetConversation } from "@/api/kept";
import type { AgentState, LiveInteraction, TimelineEvent } from "@/api/types";
import { feed, followTopic } from "@/feed/page-feed";
import { emptyConversation, messagesOf, onChecklist, onCue, onEvent, onReset, onTyping, type ChecklistItem, type Conversation } from "../model/conversation";
import { cueKey } from "../model/cue";
import type { LineReading } from "../model/line";
import { onNews, slotsOf, type News, type Slots } from "../model/hands";
import { tellSeen } from "./commands";

/** The agent's desk as the feed tells it. */
export interface Desk {
  /** Presence and work state; `null` until told. */
  agent: AgentState | null;
  slots: Slots;
  conversations: ReadonlyMap<string, Conversation>;
  /** False until the first snapshot: then an empty desk is really empty. */
  ready: boolean;
}

const nothing: Desk = { agent: null, slots: new Map(), conversations: new Map(), ready: false };
export const desk = createStore<Desk>(() => nothing);

export function useDesk<Part>(select: (now: Desk) => Part): Part {
  return useStore(desk, select);
}
export const useConversation = (id: string): Conversation | undefined => useDesk((now) => now.conversations.get(id));

/** Who wants to know of something the moment it comes: sounds, notices. */
type Hears = (news: News | { kind: "said"; interaction: string }) => void;
const hearers = new Set<Hears>();
export function hear(hearer: Hears): () => void {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

/** Who keeps more of the conversations than the feed tells. */
export interface Keeper {
  /** It has come into the hands. */
  opened?(interaction: string): void;
  /** How this agent stands has changed. */
  agent?(before: AgentState | null, after: AgentState): void;
  /** It has left them. */
  closed(interaction: string): void;
  /** Nobody works at this desk any more: what is in memory goes, for somebody else may sit here next. */
  stopped(): void;
}
let keepers: readonly Keeper[] = [];

function change(id: string, next: (conversation: Conversation) => Conversation): void {
  desk.setState(({ conversations }) => {
    const before = conversations.get(id);
    if (!before) return {};
    const after = next(before);
    return after === before ? {} : { conversations: new Map(conversations).set(id, after) };
  });
}

/** What the customer wrote is on the screen, and somebody looks at it; the customer is told so by whoever has the conversation. */
export function markSeen(id: string): void {
  const { slots, conversations } = desk.getState();
  const slot = slots.get(id);
  const conversation = conversations.get(id);
  if (!conversation) return;
  const mine = slot?.state === "connected" && !slot.consult;
  const { toldSeen: told } = conversation;
  const last = mine ? (conversation.events.findLast((one) => one.kind === "message" && one.by === "customer")?.id ?? told) : told;
  change(id, (now) => {
    const seen = messagesOf(now.events, "customer").length;
    return seen === now.seen && last === now.toldSeen ? now : { ...now, seen, toldSeen: last };
  });
  if (last === told) return;
  void tellSeen(id, last).then((done) => !done.ok && change(id, (now) => (now.toldSeen === last ? { ...now, toldSeen: told } : now)));
}

/** Waves the cue away, and with it all that are waiting behind it. */
export function dismissCues(id: string): void {
  change(id, (now) => ({ ...now, dismissed: new Set([...now.dismissed, ...now.cues.map(cueKey)]) }));
}

/** Subscriptions of the conversations in hand. */
const open = new Map<string, () => void>();

function openConversation(id: string, live: LiveInteraction | null): void {
  if (open.has(id)) {
    if (live) change(id, (now) => ({ ...now, live }));
    return;
  }
  desk.setState(({ conversations }) => ({ conversations: new Map(conversations).set(id, emptyConversation(id, live)) }));
  const leave = [
    feed.stream(`interaction/${id}`, {
      reset: (snapshot) => change(id, (now) => onReset(now, snapshot as { events: TimelineEvent[]; live?: LiveInteraction })),
      event: (event) => {
        change(id, (now) => onEvent(now, event as TimelineEvent));
        const { kind, by } = event as TimelineEvent;
        if (kind === "message" && by === "customer") hearers.forEach((hears) => hears({ kind: "said", interaction: id }));
      },
      ended: () => undefined,
    }),
    followTopic<LiveInteraction>(`live/${id}`, (live) => live !== undefined && change(id, (now) => ({ ...now, live }))),
    followTopic<{ items: ChecklistItem[] }>(`interaction/${id}/checklist`, (value) => value !== undefined && change(id, (now) => onChecklist(now, value.items, feed.serverNow()))),
    followTopic<{ customer?: string }>(`interaction/${id}/seen`, (value) => change(id, (now) => ({ ...now, seenByCustomer: value?.customer ?? "" }))),
    followTopic<{ legs?: LineReading[] }>(`interaction/${id}/line`, (value) => change(id, (now) => ({ ...now, lines: value?.legs ?? [] }))),
    followTopic<{ by?: string }>(`interaction/${id}/typing`, (value) => change(id, (now) => onTyping(now, value, feed.serverNow()))),
  ];
  open.set(id, () => leave.forEach((one) => one()));
  keepers.forEach((keeper) => keeper.opened?.(id));
}

function closeConversation(id: string): void {
  open.get(id)?.();
  open.delete(id);
  keepers.forEach((keeper) => keeper.closed(id));
  forgetConversation(id);
  desk.setState(({ conversations }) => {
    const next = new Map(conversations);
    next.delete(id);
    return { conversations: next };
  });
}

/** Brings the open conversations in line with what is in hand. */
function follow(slots: Slots): void {
  desk.setState({ slots });
  for (const id of slots.keys()) openConversation(id, null);
  for (const id of [...open.keys()]) if (!slots.has(id)) closeConversation(id);
}

function takeNews(news: News): void {
  if (news.kind === "cue") {
    change(news.interaction, (now) => onCue(now, news));
  } else {
    follow(onNews(desk.getState().slots, news));
    if ("live" in news && news.live) openConversation(news.interaction, news.live);
  }
  hearers.forEach((hears) => hears(news));
}

function takeAgent(state: AgentState): void {
  const before = desk.getState().agent;
  desk.setState({ agent: state });
  keepers.forEach((keeper) => keeper.agent?.(before, state));
}

/** Keeps the desk of an agent as long as the answer is not called. */
export function runDesk(user: string, keeping: readonly Keeper[]): () => void {
  keepers = keeping;
  const leave = [
    feed.stream(`agent/${user}`, {
      reset: (snapshot) => {
        follow(slotsOf(snapshot as AgentState));
        desk.setState(({ agent }) => ({ ready: true, agent: agent ?? (snapshot as AgentState) }));
      },
      event: (event) => takeNews(event as News),
      ended: () => undefined,
    }),
    followTopic<AgentState>(`agent/${user}`, (state) => state !== undefined && takeAgent(state)),
  ];
  return () => {
    leave.forEach((one) => one());
    for (const close of open.values()) close();
    open.clear();
    keepers.forEach((keeper) => keeper.stopped());
    keepers = [];
    desk.setState(nothing, true);
  };
}
