import { memo, useMemo, useRef, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { isWords, type SeenEvent } from "@/shared/timeline/lines";
import type { Moment } from "../model/ledger";
import { outlineOf, type Peaks, type Silence } from "../model/recording";
import styles from "./Player.module.css";

type Props = {
  peaks: Peaks;
  /** Milliseconds of the recording. */
  at: number;
  /** When the recording began, after the interaction. */
  offset: number;
  silences: readonly Silence[];
  events: readonly SeenEvent[];
  moments: readonly Moment[];
  onSeek: (ms: number) => void;
};

const width = 1_000;
const reach = 17;
const customer = 22;
const agents = 62;
const height = 84;

/** Both sides' loudness, where words of the transcript begin, and evidence. The slider below does the same by keyboard. */
export function Waveform({ peaks, at, offset, silences, events, moments, onSeek }: Props) {
  const { t } = useTranslation("review");
  const box = useRef<SVGSVGElement>(null);
  const scale = width / Math.max(1, peaks.duration_ms);
  const pick = (event: MouseEvent) => {
    const frame = box.current?.getBoundingClientRect();
    if (frame && frame.width > 0) onSeek(((event.clientX - frame.left) / frame.width) * peaks.duration_ms);
  };
  return (
    <div className={styles.wave}>
      <p className={styles.sides} aria-hidden="true">
        <span>{t("lanes.customer")}</span>
        <span>{t("lanes.agent")}</span>
      </p>
      <svg ref={box} className={styles.picture} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={t("recording.wave")} onClick={pick}>
        {silences.map((one) => <rect key={one.from} className={styles.silence} x={one.from * scale} y={0} width={(one.to - one.from) * scale} height={height} />)}
        <Sides peaks={peaks} />
        <Marks scale={scale} offset={offset} events={events} moments={moments} />
        <line className={styles.cursor} x1={at * scale} x2={at * scale} y1={0} y2={height} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}

const Sides = memo(function Sides({ peaks }: { peaks: Peaks }) {
  const [one, other] = useMemo(() => [outlineOf(peaks.customer, width, customer, reach), outlineOf(peaks.agents, width, agents, reach)], [peaks]);
  return (
    <>
      <path className={styles.customer} d={one} />
      <path className={styles.agents} d={other} />
    </>
  );
});

const Marks = memo(function Marks({ scale, offset, events, moments }: { scale: number; offset: number; events: readonly SeenEvent[]; moments: readonly Moment[] }) {
  const x = (ms: number) => (ms - offset) * scale;
  return (
    <>
      {events.filter(isWords).map((event, index) => <line key={index} className={styles.words} x1={x(event.at_ms)} x2={x(event.at_ms)} y1={39} y2={45} vectorEffect="non-scaling-stroke" />)}
      {moments.map((moment) => <line key={moment.key} className={moment.verdict === "met" ? styles.met : styles.missed} x1={x(moment.at)} x2={x(moment.at)} y1={0} y2={height} vectorEffect="non-scaling-stroke" />)}
    </>
  );
});
