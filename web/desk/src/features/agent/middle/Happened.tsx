import { useTranslation } from "react-i18next";
import { clockText, dueText, exactText, timeText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { legOf, outsideOf } from "../model/leg";
import type { Row } from "../model/transcript";
import { useQueues } from "../store/reads";
import styles from "./Happened.module.css";

const icons: Record<string, IconName> = { conference: "person", listening: "voice", hold: "pause", transfer: "transfer", transfer_outside: "transfer", promise: "promise", followup_scheduled: "clock", help_requested: "help", answered: "person", recording_paused: "pause", line_bad: "voice", line_good: "voice", voicemail_left: "voice" };

/** A line about what happened, between what was said. */
export function Happened({ row }: { row: Extract<Row, { kind: "happened" }> }) {
  const { i18n } = useTranslation();
  const words = useWords(row);
  const icon = icons[row.event.kind];
  return (
    <p id={`event-${row.id}`} className={styles.line}>
      {icon && <Icon name={icon} size={14} />}
      <span>{words}</span>
      <time title={exactText(row.at, i18n.language)} dateTime={new Date(row.at).toISOString()}>
        {timeText(row.at, i18n.language)}
      </time>
    </p>
  );
}

function useWords({ event, speaker, at }: Extract<Row, { kind: "happened" }>): string {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const queues = useQueues();
  const who = speaker ?? t(event.by === "customer" ? "customer.unnamed" : "happened.somebody");
  const field = (name: string) => (typeof event[name] === "string" ? event[name] : "");
  const due = field("due") === "" ? null : dueText(Date.parse(field("due")), now, i18n.language);
  const leg = legOf(event);
  if (leg !== null) return leg.state === "over" ? t([`leg.over.${leg.reason}`, "leg.over.other"]) : t(`leg.${leg.state}`);
  const outside = outsideOf(event);
  if (outside?.state === "over") return t([`outside.over.${outside.reason}`, "outside.over.other"]);
  switch (event.kind) {
    case "transfer_outside":
      return t("happened.transfer_outside", { who, to: field("to") });
    case "hold":
      return t("happened.hold", { time: clockText((event.end_ms ?? event.at_ms) - event.at_ms) });
    case "recording_paused":
      return t("happened.recording_paused", { time: clockText((event.end_ms ?? event.at_ms) - event.at_ms) });
    case "line_bad":
    case "line_good":
      return t(`happened.${event.kind}`, { leg: t(event.leg === "agent" ? "call.leg.agent" : "call.leg.customer") });
    case "voicemail_left":
      return t("happened.voicemail_left");
    case "transfer": {
      const queue = queues.data?.find((one) => one.id === event["to"])?.label;
      const read = event["context_acknowledged"] === true ? "Read" : "";
      return queue === undefined ? t(`happened.transfer${read}`, { who }) : t("happened.transferTo", { who, queue });
    }
    case "listening":
      return t(`happened.listening.${field("how")}`, { who: speaker ?? t("listeners.somebody") });
    case "promise":
      return due === null ? t("happened.promise", { who, text: event.text }) : t("happened.promiseDue", { who, text: event.text, due });
    case "followup_scheduled":
      return t("happened.followUp", { who, text: field("what"), due: due ?? timeText(at, i18n.language) });
    case "disposition":
      return t("happened.disposition", { who });
    case "help_requested":
      return t("happened.help", { who, text: event.text ?? "" });
    case "ended":
      return t(event.by === "customer" ? "happened.endedByCustomer" : "happened.ended", { who });
    default:
      return t(`happened.${event.kind}`, { who });
  }
}
