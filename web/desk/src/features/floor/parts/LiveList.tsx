import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
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

/** What goes on now, by risk. It keeps still under the pointer and while it has the focus. */
export function LiveList({ rows, open, onOpen, onStill }: Props) {
  const { t } = useTranslation("floor");
  const box = useRef<HTMLDivElement>(null);
  // Its functions stay in this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => rowPixels, overscan: 8, getItemKey: (at) => rows[at]?.live.id ?? at });
  const at = rows.findIndex((row) => row.live.id === open);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at, { align: "auto" });
    // Only when another one is opened: a row that moves does not drag the list along.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
  if (rows.length === 0) return <Empty title={t("live.none")}>{t("live.noneWords")}</Empty>;
  return (
    <div ref={box} className={styles.box} onPointerEnter={() => onStill(true)} onPointerLeave={() => onStill(false)}>
      <ul className={styles.list} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li key={item.key} className={styles.item} style={{ transform: `translateY(${item.start}px)` }}>
                <LiveRow row={row} current={row.live.id === open} onOpen={onOpen} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
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
