import type { LiveInteraction, TimelineEvent } from "@/api/types";
import { emptyConversation, onReset, type Conversation } from "@/features/agent/model/conversation";

export const start = Date.parse("2026-03-02T09:00:00Z");

export function live(more: Partial<LiveInteraction> = {}): LiveInteraction {
  return {
    id: "i1",
    brand: "northwind",
    channel: "chat",
    direction: "inbound",
    queue: "billing",
    agents: ["ana"],
    customer: "c1",
    stranger: false,
    case: "",
    started_at: "2026-03-02T09:00:00Z",
    closed_at: null,
    disposition: "",
    outcome: "",
    score: null,
    missed: [],
    stage: "connected",
    since: "2026-03-02T09:00:00Z",
    agent: "ana",
    on_hold: false,
    muted: false,
    parties: [],
    recording_paused: null,
    voicemail: false,
    outside: null,
    customer_name: "Pat Brown",
    ...more,
  };
}

let last = 0;
/** An event at a second of the conversation. */
export function event(seconds: number, kind: string, more: Partial<TimelineEvent> = {}): TimelineEvent {
  return { id: `e${++last}`, kind, at_ms: seconds * 1_000, ...more };
}
export const says = (seconds: number, by: "customer" | "agent", text: string): TimelineEvent => event(seconds, "message", { by, text });

export function conversation(events: TimelineEvent[], more: Partial<LiveInteraction> = {}): Conversation {
  return onReset(emptyConversation("i1"), { events, live: live(more) });
}
