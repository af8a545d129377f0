/** An event of the interaction format, as far as it is shown. */
export interface SeenEvent {
  at_ms: number;
  kind: string;
  by?: string;
  participant?: string;
  id?: string;
  end_ms?: number;
  text?: string;
  revises?: string;
  [field: string]: unknown;
}

export type Line =
  | { kind: "words"; key: string; side: "customer" | "agent"; speaker: string | null; opens: boolean; event: SeenEvent }
  | { kind: "note"; key: string; whisper: boolean; speaker: string | null; event: SeenEvent }
  | { kind: "happened"; key: string; speaker: string | null; event: SeenEvent };

/** What has a line of its own; everything else goes without saying. */
const told = new Set([
  "answered", "hold", "mute", "conference", "listening", "transfer", "transfer_outside", "ended", "promise", "followup_scheduled", "help_requested", "flagged", "disposition",
  "remedy", "verified", "escalation_requested", "consent", "approval_requested", "survey", "field_captured", "article_opened",
  "recording_paused", "voicemail_left", "line_bad", "line_good", "leg_ended",
]);

const turnGapMs = 120_000;

export const isWords = (event: SeenEvent): boolean => event.kind === "message" || event.kind === "utterance";

/** A revision takes the place of what it corrects; of something unknown it stands for itself. */
export function withEvent(events: readonly SeenEvent[], event: SeenEvent): SeenEvent[] {
  const at = event.revises === undefined ? -1 : events.findIndex((one) => one.id === event.revises);
  return at < 0 ? [...events, event] : events.with(at, event);
}

/** The conversation as it is read, a line an event; a speaker is named where their turn begins. */
export function linesOf(events: readonly SeenEvent[], nameOf: (event: SeenEvent) => string | null): Line[] {
  const lines: Line[] = [];
  events.forEach((event, index) => {
    const key = event.id ?? `n${index}`;
    const speaker = nameOf(event);
    if (isWords(event)) {
      const side = event.by === "customer" ? "customer" : "agent";
      const before = lines.at(-1);
      const goesOn = before?.kind === "words" && before.side === side && before.speaker === speaker && event.at_ms - before.event.at_ms < turnGapMs;
      lines.push({ kind: "words", key, side, speaker, opens: !goesOn, event });
    } else if (event.kind === "note") lines.push({ kind: "note", key, whisper: event.by === "supervisor", speaker, event });
    else if (told.has(event.kind)) lines.push({ kind: "happened", key, speaker, event });
  });
  return lines;
}

/** Whether two lines look alike. What an event says never changes: a revision is another event. */
export function sameLine(one: Line, other: Line): boolean {
  if (one.kind !== other.kind || one.key !== other.key || one.speaker !== other.speaker || one.event !== other.event) return false;
  if (one.kind === "words" && other.kind === "words") return one.side === other.side && one.opens === other.opens;
  return one.kind !== "note" || other.kind !== "note" || one.whisper === other.whisper;
}

export interface Mark {
  /** Characters of the event's text, from the first to behind the last. */
  from: number;
  to: number;
  tone: "met" | "missed";
  selected: boolean;
}

export interface Piece {
  text: string;
  mark: Mark | null;
}

/** The text cut where marks begin and end; of marks that overlap the selected one shows, then the first. Characters are code points. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  if (marks.length === 0) return [{ text, mark: null }];
  const letters = Array.from(text);
  const over = letters.map((_, at) => {
    const here = marks.filter((one) => one.from <= at && at < one.to);
    return here.find((one) => one.selected) ?? here[0] ?? null;
  });
  const cut: Piece[] = [];
  letters.forEach((letter, at) => {
    const last = cut.at(-1);
    const mark = over[at] ?? null;
    if (last && last.mark === mark) last.text += letter;
    else cut.push({ text: letter, mark });
  });
  return cut;
}
