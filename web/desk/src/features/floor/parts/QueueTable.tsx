import { memo } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Empty } from "@/shared/ui/States";
import { useFloor } from "../model/floor";
import type { QueueRow } from "../model/queue-row";
import { Sparkline } from "./Sparkline";
import { useQueueRows } from "./use-rows";
import styles from "./QueueTable.module.css";

/** The queues as rows: who waits, how long, how well it goes, and the last half hour. */
export function QueueTable() {
  const { t } = useTranslation("floor");
  const rows = useQueueRows();
  const lastWaitMs = useFloor((state) => state.lastWaitMs);
  if (rows.length === 0) return <Empty title={t("queues.none")}>{t("queues.noneWords")}</Empty>;
  // Brands may call their queues alike.
  const labels = rows.map((row) => row.label);
  const twice = new Set(labels.filter((label, at) => labels.indexOf(label) !== at));
  const waiting = rows.reduce((sum, row) => sum + row.waiting, 0);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("queues.queue")}</th>
            <th scope="col" className={styles.number}>{t("queues.waiting")}</th>
            <th scope="col" className={styles.number}>{t("queues.oldest")}</th>
            <th scope="col" className={styles.number} title={t("queues.levelWhat")}>{t("queues.level")}</th>
            <th scope="col" className={styles.number} title={t("queues.estimateWhat")}>{t("queues.estimate")}</th>
            <th scope="col" className={styles.spark}>{t("queues.halfHour")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} brand={twice.has(row.label)} />
          ))}
        </tbody>
      </table>
      {waiting === 0 && (
        <p className={styles.calm}>{lastWaitMs === null ? t("queues.nobody") : t("queues.nobodyLast", { wait: clockText(lastWaitMs) })}</p>
      )}
    </>
  );
}

const Row = memo(function Row({ row, brand }: { row: QueueRow; brand: boolean }) {
  const { t, i18n } = useTranslation("floor");
  const now = useNow();
  const percent = (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(share);
  const most = Math.max(row.waiting, ...row.samples.map((one) => one.waiting));
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <span className={styles.label} title={row.label}>
          {row.label}
          {brand && <span className={styles.brand}> {row.brand}</span>}
        </span>
        {!row.open && <span className={styles.closed}>{t("queues.closed")}</span>}
      </th>
      <td className={[styles.number, row.waiting > 0 && styles.some].filter(Boolean).join(" ")}>{row.waiting}</td>
      <td className={[styles.number, row.late && styles.late].filter(Boolean).join(" ")}>{row.oldestMs === null ? t("none") : clockText(row.oldestMs)}</td>
      <td className={[styles.number, row.low && styles.late].filter(Boolean).join(" ")}>{row.level === null ? t("none") : percent(row.level)}</td>
      <td className={styles.number}>{row.estimateMs === null ? t("none") : clockText(row.estimateMs)}</td>
      <td className={styles.spark}>
        <Sparkline samples={row.samples} now={now} label={t("queues.spark", { queue: row.label, most, now: row.waiting })} />
      </td>
    </tr>
  );
});
