import { useEffect, useMemo, useRef, useState, type MouseEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import type { SeenEvent } from "@/shared/timeline/lines";
import { lanesOf, type Lanes } from "../model/lanes";
import { namesOf } from "@/shared/practice/names";
import type { Moment } from "../model/ledger";
import styles from "./LanesView.module.css";

type Props = {
  events: readonly SeenEvent[];
  moments: readonly Moment[];
  selected: Moment | undefined;
  /** What the transcript shows now, in milliseconds. */
  seen: { from: number; to: number } | null;
  onSelect: (moment: Moment | undefined) => void;
};

const nearPixels = 24;
const leastWidth = 480;
const paddings = 32;

/** Who spoke when, holds, and a mark for every moment of evidence. A picture: all of it is also in the other panes. */
export function LanesView({ events, moments, selected, seen, onSelect }: Props) {
  const { t } = useTranslation("review");
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const lanes = useMemo(() => lanesOf(events, moments, width), [events, moments, width]);
  const at = selected === undefined ? null : lanes.x(selected.at);
  useEffect(() => {
    const shown = box.current;
    if (!shown || at === null) return;
    if (at < shown.scrollLeft + nearPixels || at > shown.scrollLeft + shown.clientWidth - nearPixels) shown.scrollLeft = at - shown.clientWidth / 2;
  }, [at]);
  const pick = (event: MouseEvent<SVGSVGElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    onSelect(nearest(lanes, event.clientX - frame.left, event.clientY - frame.top));
  };
  return (
    <section className={styles.lanes} aria-label={t("lanes.title")}>
      <div ref={box} className={styles.box}>
        <svg width={lanes.width} height={lanes.height} viewBox={`0 0 ${lanes.width} ${lanes.height}`} role="img" aria-label={t("lanes.label", { count: moments.length })} onClick={pick} className={styles.picture}>
          <Ground lanes={lanes} seen={seen} />
          <Speech lanes={lanes} />
          <Marks lanes={lanes} selected={selected} />
        </svg>
      </div>
    </section>
  );
}

function useWidth(box: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(leastWidth, shown.clientWidth - paddings)));
    watch.observe(shown);
    return () => watch.disconnect();
  }, [box]);
  return width;
}

/** The mark that was meant: the nearest; in the lanes, the nearest in time. */
function nearest(lanes: Lanes, x: number, y: number): Moment | undefined {
  const inMarks = y > lanes.agent + lanes.laneHeight;
  const far = (mark: Lanes["marks"][number]) => Math.abs(mark.x - x) + (inMarks ? Math.abs(mark.y - y) : 0);
  return lanes.marks.toSorted((one, other) => far(one) - far(other))[0]?.moment;
}

function Ground({ lanes, seen }: { lanes: Lanes; seen: Props["seen"] }) {
  const { t } = useTranslation("review");
  const bottom = lanes.height - 16;
  const caption = lanes.gutter - 8;
  return (
    <>
      {seen && <rect className={styles.seen} x={lanes.x(seen.from) - 2} y={0} width={Math.max(8, lanes.x(seen.to) - lanes.x(seen.from) + 4)} height={bottom} rx={4} />}
      {lanes.ticks.map((tick) => (
        <g key={tick.ms}>
          <line className={styles.axis} x1={tick.x} x2={tick.x} y1={0} y2={bottom} />
          {tick.x < lanes.width - 40 && (
            <text className={styles.tick} x={tick.x} y={lanes.height - 3}>
              {clockText(tick.ms)}
            </text>
          )}
        </g>
      ))}
      {[lanes.customer, lanes.agent].map((y) => (
        <rect key={y} className={styles.lane} x={lanes.gutter} y={y} width={lanes.width - lanes.gutter - 16} height={lanes.laneHeight} rx={4} />
      ))}
      <text className={styles.caption} x={caption} y={lanes.customer + 12}>{t("lanes.customer")}</text>
      <text className={styles.caption} x={caption} y={lanes.agent + 12}>{t("lanes.agent")}</text>
      {lanes.marks.length > 0 && <text className={styles.caption} x={caption} y={lanes.metY + 4}>{t("verdict.met")}</text>}
      {lanes.missedY !== null && <text className={styles.caption} x={caption} y={lanes.missedY + 4}>{t("verdict.missed")}</text>}
    </>
  );
}

function Speech({ lanes }: { lanes: Lanes }) {
  const { t } = useTranslation("review");
  return (
    <>
      {lanes.holds.map((hold) => (
        <rect key={hold.key} className={styles.hold} x={hold.x} y={lanes.customer} width={hold.width} height={lanes.agent + lanes.laneHeight - lanes.customer} rx={4}>
          <title>{t("lanes.hold")}</title>
        </rect>
      ))}
      {lanes.spans.map((span) => (
        <rect key={span.key} className={styles[span.side]} x={span.x} y={lanes[span.side]} width={span.width} height={lanes.laneHeight} rx={2}>
          <title>{span.text}</title>
        </rect>
      ))}
    </>
  );
}

const diamond = 5;

function Marks({ lanes, selected }: { lanes: Lanes; selected: Moment | undefined }) {
  const { t } = useTranslation("review");
  const at = lanes.marks.find((mark) => mark.moment.key === selected?.key);
  return (
    <>
      {at && <line className={styles.cursor} x1={at.x} x2={at.x} y1={0} y2={lanes.height - 16} />}
      {lanes.marks.map(({ moment, x, y }) => {
        const title = <title>{t("lanes.mark", { verdict: t(`verdict.${moment.verdict}`), name: namesOf(moment.practice).name, time: clockText(moment.at) })}</title>;
        return moment.verdict === "met" ? (
          <circle key={moment.key} className={styles.met} cx={x} cy={y} r={4}>
            {title}
          </circle>
        ) : (
          <path key={moment.key} className={styles.missed} d={`M${x} ${y - diamond}l${diamond} ${diamond}l-${diamond} ${diamond}l-${diamond} -${diamond}z`}>
            {title}
          </path>
        );
      })}
      {at && <circle className={styles.ring} cx={at.x} cy={at.y} r={7.5} />}
    </>
  );
}
