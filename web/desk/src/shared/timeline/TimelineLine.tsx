import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { attachmentsOf, type FetchFile } from "./attachments";
import { Files } from "./Files";
import { pieces, sameLine, type Line, type Mark, type SeenEvent } from "./lines";
import styles from "./TimelineLine.module.css";

type Props = { line: Line; time: string; exact?: string; marks?: readonly Mark[]; fetchFile: FetchFile | null };

const noMarks: readonly Mark[] = [];

/** One line of a conversation that is read, not written: words of a side, a note, or something that happened. Drawn again only where it says something else. */
export const TimelineLine = memo(
  DrawnLine,
  (one: Props, other: Props) =>
    sameLine(one.line, other.line) && one.time === other.time && one.exact === other.exact && one.marks === other.marks && one.fetchFile === other.fetchFile,
);

function DrawnLine({ line, time, exact, marks = noMarks, fetchFile }: Props) {
  const stamp = (
    <span className={styles.time} title={exact}>
      {time}
    </span>
  );
  if (line.kind === "words") return <Words line={line} stamp={stamp} marks={marks} fetchFile={fetchFile} />;
  if (line.kind === "note") return <Note line={line} stamp={stamp} marks={marks} />;
  return <Happened event={line.event} speaker={line.speaker} stamp={stamp} />;
}

function Words({ line, stamp, marks, fetchFile }: { line: Extract<Line, { kind: "words" }>; stamp: ReactNode; marks: readonly Mark[]; fetchFile: FetchFile | null }) {
  const { t } = useTranslation("timeline");
  const text = line.event.text ?? "";
  return (
    <div className={[styles.words, styles[line.side], line.opens && styles.opens].filter(Boolean).join(" ")}>
      {line.opens && (
        <p className={styles.speaker}>
          {line.speaker ?? t(`side.${line.side}`)}
          {stamp}
        </p>
      )}
      {text !== "" && (
        <p className={styles.text}>
          <Marked text={text} marks={marks} />
        </p>
      )}
      <Files of={attachmentsOf(line.event)} fetchFile={fetchFile} />
    </div>
  );
}

function Note({ line, stamp, marks }: { line: Extract<Line, { kind: "note" }>; stamp: ReactNode; marks: readonly Mark[] }) {
  const { t } = useTranslation("timeline");
  return (
    <div className={line.whisper ? styles.whisper : styles.note}>
      <p className={styles.speaker}>
        <Icon name={line.whisper ? "help" : "note"} size={14} />
        {line.whisper ? t("whisper", { name: line.speaker ?? t("side.supervisor") }) : t("note", { name: line.speaker ?? t("side.agent") })}
        {stamp}
      </p>
      <p className={styles.text}>
        <Marked text={line.event.text ?? ""} marks={marks} />
      </p>
    </div>
  );
}

function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return pieces(text, marks).map((piece, at) =>
    piece.mark === null ? (
      piece.text
    ) : (
      <mark key={at} className={[styles.mark, styles[piece.mark.tone], piece.mark.selected && styles.selected].filter(Boolean).join(" ")}>
        {piece.text}
      </mark>
    ),
  );
}

const icons: Record<string, IconName> = {
  answered: "check", hold: "pause", mute: "microphoneOff", conference: "person", listening: "voice", transfer: "transfer", transfer_outside: "transfer", ended: "out", promise: "promise", followup_scheduled: "clock",
  help_requested: "help", flagged: "bell", remedy: "spark", escalation_requested: "help",
  recording_paused: "pause", voicemail_left: "voice", line_bad: "voice", line_good: "voice", leg_ended: "voice",
};

const field = (event: SeenEvent, name: string): string => {
  const value = event[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

function Happened({ event, speaker, stamp }: { event: SeenEvent; speaker: string | null; stamp: ReactNode }) {
  const { t } = useTranslation("timeline");
  const leg = field(event, "leg");
  const side = leg === "agent" || leg === "colleague" || leg === "supervisor" || leg === "outside" ? t(`side.${leg}`) : t("side.customer");
  const line = useLineWords(event);
  const detail = line ?? ["text", "what", "reason", "of", "comment", "title", "value"].map((name) => field(event, name)).find((one) => one !== "") ?? "";
  const happened = event.kind === "leg_ended" && typeof event["score"] !== "number" ? "legEnded" : event.kind;
  return (
    <p className={styles.happened}>
      <Icon name={icons[event.kind] ?? "spark"} size={14} />
      <span>
        {t(`happened.${happened}`, { name: speaker ?? t("side.agent"), to: field(event, "to"), how: t(`listening.${field(event, "how")}`), side })}
        {detail !== "" && <span className={styles.detail}> {detail}</span>}
      </span>
      {stamp}
    </p>
  );
}

/** What was measured of a call's line, in words; `null`: the event tells of no line. */
function useLineWords(event: SeenEvent): string | null {
  const { t, i18n } = useTranslation("timeline");
  const number = (name: string) => (typeof event[name] === "number" ? event[name].toLocaleString(i18n.language, { maximumFractionDigits: 2 }) : "?");
  if (event.kind === "recording_paused") return t("line.paused", { time: clockText((event.end_ms ?? event.at_ms) - event.at_ms) });
  if (event.kind === "line_bad" || event.kind === "line_good") return t("line.now", { score: number("score"), loss: number("loss_percent"), jitter: number("jitter_ms") });
  if (event.kind !== "leg_ended") return event.kind === "voicemail_left" ? "" : null;
  const why = t([`line.why.${field(event, "reason") || "over"}`, "line.why.other"]);
  const seconds = (name: string) => clockText(typeof event[name] === "number" ? event[name] : 0);
  const talk = typeof event["both_spoke_ms"] === "number" ? `. ${t("line.talk", { customer: seconds("customer_spoke_ms"), agent: seconds("agent_spoke_ms"), both: seconds("both_spoke_ms"), nobody: seconds("nobody_spoke_ms") })}` : "";
  return typeof event["score"] === "number" ? t("line.whole", { why, score: number("score"), worst: number("worst_score"), loss: number("loss_percent"), jitter: number("jitter_ms") }) + talk : why;
}
