import type { TimelineEvent } from "@/api/types";
import { attachmentsOf, type Attachment } from "@/shared/timeline/attachments";
import { momentOf, type Conversation } from "./conversation";
import { legOf, outsideOf } from "./leg";

/** The conversation as it is read: turns of one speaker, notes, and lines about what happened. */
export type Row =
  | { kind: "turn"; key: string; side: "customer" | "agent"; speaker: string | null; at: number; parts: { id: string; text: string; files: Attachment[]; pending?: "sending" | "waiting" | "refused" }[] }
  | { kind: "note"; key: string; id: string; whisper: boolean; speaker: string | null; at: number; text: string; pending?: "sending" | "waiting" | "refused" }
  | { kind: "happened"; key: string; id: string; at: number; event: TimelineEvent; speaker: string | null };

/** What is told in a line of its own; everything else goes without saying. */
const told = new Set(["answered", "hold", "conference", "listening", "transfer", "transfer_outside", "ended", "promise", "followup_scheduled", "help_requested", "flagged", "disposition", "remedy", "verified", "escalation_requested", "recording_paused", "line_bad", "line_good", "voicemail_left"]);

const turnGapMs = 120_000;

export interface Pending {
  id: string;
  kind: "message" | "note";
  text: string;
  at: number;
  state: "sending" | "waiting" | "refused";
}

export function rowsOf(conversation: Conversation, pending: readonly Pending[], nameOf: (event: TimelineEvent) => string | null): Row[] {
  const rows: Row[] = [];
  conversation.events.forEach((event, index) => {
    const id = event.id ?? `n${index}`;
    const at = momentOf(conversation, event);
    const text = event.text ?? "";
    if (event.kind === "message" || event.kind === "utterance") addTurn(rows, event.by === "customer" ? "customer" : "agent", nameOf(event), at, { id, text, files: attachmentsOf(event) });
    else if (event.kind === "note") rows.push({ kind: "note", key: id, id, whisper: event.by === "supervisor", speaker: nameOf(event), at, text });
    else if (told.has(event.kind) || legOf(event) !== null || outsideOf(event)?.state === "over") rows.push({ kind: "happened", key: id, id, at, event, speaker: nameOf(event) });
  });
  const arrived = new Set(conversation.events.map((one) => one.id));
  for (const one of pending) {
    if (arrived.has(one.id)) continue;
    if (one.kind === "note") rows.push({ kind: "note", key: one.id, id: one.id, whisper: false, speaker: null, at: one.at, text: one.text, pending: one.state });
    else addTurn(rows, "agent", null, one.at, { id: one.id, text: one.text, files: [], pending: one.state });
  }
  return rows;
}

/** Whether two rows look alike. What an event says never changes: a revision is another event. */
export function sameRow(one: Row, other: Row): boolean {
  if (one.kind !== other.kind || one.key !== other.key || one.speaker !== other.speaker || one.at !== other.at) return false;
  if (one.kind === "turn" && other.kind === "turn") return one.side === other.side && one.parts.length === other.parts.length && one.parts.every((part, at) => samePart(part, other.parts[at]));
  if (one.kind === "note" && other.kind === "note") return one.text === other.text && one.whisper === other.whisper && one.pending === other.pending;
  return one.kind === "happened" && other.kind === "happened" && one.event === other.event;
}

const samePart = (one: Part, other: Part | undefined): boolean =>
  one.id === other?.id && one.text === other.text && one.pending === other.pending && one.files.length === other.files.length && one.files.every((file, at) => file.id === other.files[at]?.id);

type Part = Extract<Row, { kind: "turn" }>["parts"][number];

function addTurn(rows: Row[], side: "customer" | "agent", speaker: string | null, at: number, part: Part): void {
  const last = rows.at(-1);
  // What is on its way has no name yet: it is of the agent who is here.
  const same = last?.kind === "turn" && last.side === side && (last.speaker === speaker || part.pending !== undefined) && at - last.at < turnGapMs;
  if (same) last.parts.push(part);
  else rows.push({ kind: "turn", key: part.id, side, speaker, at, parts: [part] });
}
