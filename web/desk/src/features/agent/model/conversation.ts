import type { LiveInteraction, TimelineEvent } from "@/api/types";
import type { LineReading } from "./line";

/** One interaction as this desk knows it: what the feed told, nothing else. */
export interface Conversation {
  id: string;
  /** In order of arrival; what was revised stands in its place. */
  events: readonly TimelineEvent[];
  live: LiveInteraction | null;
  checklist: readonly ChecklistItem[];
  /** When each practice was seen to be met, in the server's time, for those met before our eyes. */
  metAt: ReadonlyMap<string, number>;
  cues: readonly Cue[];
  /** Cues that were waved away, by `cueKey`: they do not come back. */
  dismissed: ReadonlySet<string>;
  /** Until when the customer counts as typing. */
  typingUntil: number;
  /** How many of the customer's messages were on the screen. */
  seen: number;
  /** The customer's message that the server was told last to have been read; empty: none. */
  toldSeen: string;
  /** The last message that the customer has read, as their chat says; empty: unknown. */
  seenByCustomer: string;
  /** How the lines of a call's legs are. */
  lines: readonly LineReading[];
  /** False until the feed has told everything that happened before. */
  loaded: boolean;
}

export interface ChecklistItem {
  practice: string;
  say: string;
  state: "open" | "met" | "missed" | "void" | "not_assessed";
  opened_at: string;
  due_at: string | null;
  critical: boolean;
  event?: string;
  tip?: string;
}

export interface Cue {
  practice: string;
  text: string;
  why: string;
  at: string;
}

const typingMs = 5_000;
const cuesKept = 20;

export function emptyConversation(id: string, live: LiveInteraction | null = null): Conversation {
  return { id, events: [], live, checklist: [], metAt: new Map(), cues: [], dismissed: new Set(), typingUntil: 0, seen: 0, toldSeen: "", seenByCustomer: "", lines: [], loaded: false };
}

/** A revision takes the place of what it corrects; of something unknown it stands for itself. */
export function withEvent(events: readonly TimelineEvent[], event: TimelineEvent): TimelineEvent[] {
  const at = event.revises === undefined ? -1 : events.findIndex((one) => one.id === event.revises);
  return at < 0 ? [...events, event] : events.with(at, event);
}

export function onReset(conversation: Conversation, snapshot: { events: TimelineEvent[]; live?: LiveInteraction }): Conversation {
  const events = snapshot.events.reduce<TimelineEvent[]>(withEvent, []);
  const seen = conversation.loaded ? conversation.seen : messagesOf(events, "customer").length;
  return { ...conversation, events, live: snapshot.live ?? conversation.live, seen, loaded: true };
}

export function onEvent(conversation: Conversation, event: TimelineEvent): Conversation {
  const typingUntil = event.kind === "message" && event.by === "customer" ? 0 : conversation.typingUntil;
  return { ...conversation, events: withEvent(conversation.events, event), typingUntil };
}

export function onTyping(conversation: Conversation, value: { by?: string } | undefined, now: number): Conversation {
  return value?.by === "customer" ? { ...conversation, typingUntil: now + typingMs } : conversation;
}

/** Remembers what was met just now, so that it can be shown before it folds away. */
export function onChecklist(conversation: Conversation, items: readonly ChecklistItem[], now: number): Conversation {
  const open = new Set(conversation.checklist.filter((one) => one.state === "open").map((one) => one.practice));
  const metAt = new Map(conversation.metAt);
  for (const item of items) if (item.state === "met" && open.has(item.practice)) metAt.set(item.practice, now);
  return { ...conversation, checklist: items, metAt };
}

export function onCue(conversation: Conversation, cue: Cue): Conversation {
  return { ...conversation, cues: [...conversation.cues, cue].slice(-cuesKept) };
}

export function messagesOf(events: readonly TimelineEvent[], by: TimelineEvent["by"]): TimelineEvent[] {
  return events.filter((one) => (one.kind === "message" || one.kind === "utterance") && one.by === by);
}

export const unseen = (conversation: Conversation): number => Math.max(0, messagesOf(conversation.events, "customer").length - conversation.seen);

/** The agent's last message that the customer has read, as long as they have not answered it; `null`: there is no mark to show. */
export function readByCustomer({ events, seenByCustomer }: Conversation): string | null {
  const read = events.findIndex((one) => one.id === seenByCustomer);
  if (seenByCustomer === "" || read < 0) return null;
  const at = events.findLastIndex((one, index) => index <= read && one.kind === "message" && one.by === "agent");
  const answered = events.slice(at + 1).some((one) => one.kind === "message" && one.by === "customer");
  return at < 0 || answered ? null : (events[at]?.id ?? null);
}

/** The moment of an event, in the server's time. */
export function momentOf(conversation: Conversation, event: TimelineEvent): number {
  const start = conversation.live ? Date.parse(conversation.live.started_at) : 0;
  return start + event.at_ms;
}

/** What was said or written last, by either side. */
export const lastWords = ({ events }: Conversation): TimelineEvent | undefined => events.findLast((one) => one.kind === "message" || one.kind === "utterance");

/** Since when the customer waits for an answer; `null`: they do not. */
export function waitsSince(conversation: Conversation): number | null {
  const { events } = conversation;
  const answered = events.findLastIndex((one) => (one.kind === "message" || one.kind === "utterance") && one.by === "agent");
  const first = events.slice(answered + 1).find((one) => (one.kind === "message" || one.kind === "utterance") && one.by === "customer");
  return first ? momentOf(conversation, first) : null;
}

/** Since when the customer is on hold; `null`: they are not. */
export function heldSince(conversation: Conversation): number | null {
  if (!conversation.live?.on_hold) return null;
  const begun = conversation.events.findLast((one) => one.kind === "hold_started");
  return begun ? momentOf(conversation, begun) : Date.parse(conversation.live.since);
}
