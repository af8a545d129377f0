import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { Empty } from "@/shared/ui/States";
import { useFloor } from "../model/floor";
import { useQueues } from "../model/reads";
import type { Ranked } from "../model/risk";
import { Reasons } from "./Reasons";
import { Since } from "./Since";
import styles from "./LiveList.module.css";

const rowPixels = 72;

type Props = { rows: readonly Ranked[]; open: string | null; onOpen: (id: string) => void; onStill: (still: boolean) => void };

/** What goes on now, by risk. It keeps still while a pointer moves on it and while somebody walks it by keyboard. */
export function LiveList({ rows, open, onOpen, onStill }: Props) {
  const { t } = useTranslation("floor");
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  // Its functions stay in this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => rowPixels, overscan: 8, rangeExtractor: (range) => withFocused(defaultRangeExtractor(range), rows.findIndex((row) => row.live.id === focused)), getItemKey: (at) => rows[at]?.live.id ?? at });
  const at = rows.findIndex((row) => row.live.id === open);
  const still = useStill(onStill);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at, { align: "auto" });
    // Only when another one is opened: a row that moves does not drag the list along.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
  if (rows.length === 0) return <Empty title={t("live.none")}>{t("live.noneWords")}</Empty>;
  return (
    <div ref={box} className={styles.box} onPointerMove={still.hold} onPointerLeave={still.end} onKeyDown={still.hold} onFocus={(event) => event.target.matches(":focus-visible") && still.hold()} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && still.end()}>
      <ul className={styles.list} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li key={item.key} className={styles.item} onFocus={() => setFocused(row.live.id)} onBlur={() => setFocused(null)} style={{ transform: `translateY(${item.start}px)` }}>
                <LiveRow row={row} current={row.live.id === open} onOpen={onOpen} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** So long without a movement or a key nobody is about to press anything. */
const stillMs = 5_000;

/** Tells when the list should keep still; never longer than somebody is at it. */
function useStill(tell: (still: boolean) => void): { hold: () => void; end: () => void } {
  const timer = useRef<number | undefined>(undefined);
  const end = useCallback(() => {
    window.clearTimeout(timer.current);
    tell(false);
  }, [tell]);
  const hold = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(end, stillMs);
    tell(true);
  }, [tell, end]);
  useEffect(() => end, [end]);
  return { hold, end };
}

/** The row that has the focus is drawn wherever it went: with it the focus would be gone. */
function withFocused(shown: number[], focused: number): number[] {
  return focused < 0 || shown.includes(focused) ? shown : [...shown, focused].toSorted((one, other) => one - other);
}

const LiveRow = memo(function LiveRow({ row: { live, risk }, current, onOpen }: { row: Ranked; current: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation("floor");
  const queue = useQueues().get(live.queue)?.label || live.queue;
  const agent = useFloor((state) => state.agents.get(live.agent)?.name);
  const stage = live.on_hold ? "held" : live.stage;
  return (
    <button type="button" className={[styles.row, styles[risk.level], current && styles.current].filter(Boolean).join(" ")} aria-current={current ? "true" : undefined} onClick={() => onOpen(live.id)}>
      <span className={styles.line}>
        <Icon name={live.channel} size={14} />
        <span className={styles.name}>{live.customer_name || t("customer")}</span>
        {risk.level !== "calm" && <span className={styles.level}>{t(`level.${risk.level}`)}</span>}
        <span className={styles.time}>
          <Since at={live.since} />
        </span>
      </span>
      <span className={styles.what}>{agent === undefined ? t("live.stageQueue", { stage: t(`stage.${stage}`), queue }) : t("live.stageAgent", { stage: t(`stage.${stage}`), agent, queue })}</span>
      <Reasons risk={risk} most={3} />
    </button>
  );
});
