import { useEffect, useMemo, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useFetchFile } from "@/api/attachments";
import { useUserNames } from "@/api/names";
import { speakers } from "@/api/speakers";
import type { WholeInteraction } from "@/api/types";
import { clockText, exactText } from "@/shared/time/format";
import { linesOf, type Line, type Mark, type SeenEvent } from "@/shared/timeline/lines";
import { TimelineLine } from "@/shared/timeline/TimelineLine";
import { Empty } from "@/shared/ui/States";
import { eventIndex, type Moment } from "../model/ledger";
import styles from "./Transcript.module.css";

type Props = {
  interaction: WholeInteraction;
  events: readonly SeenEvent[];
  moments: readonly Moment[];
  selected: Moment | undefined;
  onSelect: (moment: Moment | undefined) => void;
  onSeen: (seen: { from: number; to: number }) => void;
};

/** What was said, with the evidence marked in it. Tells which stretch of time is in sight. */
export function Transcript({ interaction, events, moments, selected, onSelect, onSeen }: Props) {
  const { t, i18n } = useTranslation("review");
  const box = useRef<HTMLDivElement>(null);
  const nameOf = useSpeakers(interaction);
  const fetchFile = useFetchFile(interaction.id);
  const lines = useMemo(() => linesOf(events, nameOf), [events, nameOf]);
  const marks = useMemo(() => marksOf(events, moments, selected), [events, moments, selected]);
  const startedAt = Date.parse(interaction.started_at);
  useSeen(box, lines, onSeen);
  useEffect(() => {
    const event = selected && events[eventIndex(selected, events)];
    const key = lines.find((line) => line.event === event)?.key;
    if (key === undefined) return;
    box.current?.querySelector(`[data-key="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "center" });
  }, [selected, events, lines]);
  return (
    <div ref={box} className={styles.box} tabIndex={0} role="region" aria-label={t("transcript.title")}>
      {lines.length === 0 && <Empty title={t("transcript.none")} />}
      {lines.map((line) => {
        const here = marks.get(line.event);
        return (
          <div key={line.key} data-key={line.key} data-at={line.event.at_ms} className={[styles.line, here?.some((one) => one.selected) && styles.selected].filter(Boolean).join(" ")} onClick={() => onSelect(moments.find((one) => events[eventIndex(one, events)] === line.event))}>
            <TimelineLine line={line} time={clockText(line.event.at_ms)} exact={exactText(startedAt + line.event.at_ms, i18n.language)} marks={here ?? none} fetchFile={fetchFile} />
          </div>
        );
      })}
    </div>
  );
}

const none: readonly Mark[] = [];

function useSpeakers(interaction: WholeInteraction): (event: SeenEvent) => string | null {
  const users = useUserNames();
  return useMemo(() => speakers(interaction.head.participants, (person) => users.get(person)), [interaction, users]);
}

/** The marks of each event that has some. Evidence without a range is the whole of its words. */
function marksOf(events: readonly SeenEvent[], moments: readonly Moment[], selected: Moment | undefined): ReadonlyMap<SeenEvent, Mark[]> {
  const found = new Map<SeenEvent, Mark[]>();
  for (const moment of moments) {
    const event = events[eventIndex(moment, events)];
    if (event?.text === undefined) continue;
    const [from, to] = moment.range ?? [0, event.text.length];
    const marks = found.get(event) ?? [];
    marks.push({ from, to, tone: moment.verdict, selected: moment === selected });
    found.set(event, marks);
  }
  return found;
}

/** Follows the scrolling, at most once a frame. */
function useSeen(box: RefObject<HTMLDivElement | null>, lines: readonly Line[], onSeen: Props["onSeen"]): void {
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const { top, bottom } = shown.getBoundingClientRect();
      const inSight = [...shown.querySelectorAll<HTMLElement>("[data-at]")].filter((line) => {
        const place = line.getBoundingClientRect();
        return place.bottom > top && place.top < bottom;
      });
      const [first, last] = [inSight[0], inSight.at(-1)];
      if (first && last) onSeen({ from: Number(first.dataset["at"]), to: Number(last.dataset["at"]) });
    };
    const soon = () => (frame = frame || requestAnimationFrame(look));
    soon();
    shown.addEventListener("scroll", soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      shown.removeEventListener("scroll", soon);
    };
  }, [box, lines, onSeen]);
}
