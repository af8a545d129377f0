import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import type { SeenEvent } from "@/shared/timeline/lines";
import { Icon } from "@/shared/ui/Icon";
import styles from "./LineNotice.module.css";

/** Where the line was bad, silence and talking over may be nobody's doing: whoever reads the scorecard is told so. */
export function LineNotice({ events }: { events: readonly SeenEvent[] }) {
  const { t } = useTranslation("review");
  const spans = badSpans(events);
  if (spans.length === 0) return null;
  const list = spans.map((one) => (one.to === null ? t("line.from", { from: clockText(one.from) }) : t("line.span", { from: clockText(one.from), to: clockText(one.to) })));
  return (
    <p className={styles.notice}>
      <Icon name="voice" size={14} /> {t("line.bad", { spans: list.join(", ") })}
    </p>
  );
}

/** From when to when a leg's line was bad, in milliseconds of the interaction; `null`: until its end. */
function badSpans(events: readonly SeenEvent[]): { from: number; to: number | null }[] {
  const spans: { leg: unknown; from: number; to: number | null }[] = [];
  for (const event of events) {
    if (event.kind === "line_bad") spans.push({ leg: event["leg"], from: event.at_ms, to: null });
    const open = event.kind === "line_good" ? spans.findLast((one) => one.leg === event["leg"] && one.to === null) : undefined;
    if (open) open.to = event.at_ms;
  }
  return spans;
}
