import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useAction } from "@/shared/actions/actions";
import { clockText, timeText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { useFeedState } from "@/feed/page-feed";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Failed, Skeleton } from "@/shared/ui/States";
import { counted } from "../model/agent-cell";
import { readFloorAgain, useFloor } from "../model/floor";
import type { QueueRow } from "../model/queue-row";
import { Sparkline } from "./Sparkline";
import { useQueueRows } from "./use-rows";
import styles from "./Wallboard.module.css";

/** With more queues than this, the tiles are smaller. */
const roomyTiles = 6;

/** The floor for a big screen: few numbers, large, from across the room. */
export function Wallboard() {
  const { t, i18n } = useTranslation("floor");
  const navigate = useNavigate();
  const now = useNow();
  const rows = useQueueRows();
  const feedState = useFeedState();
  const agents = useFloor((state) => state.agents);
  const loaded = useFloor((state) => state.loaded);
  const failure = useFloor((state) => state.failure);
  useAction("floor.wallboard", () => void navigate("/floor"));
  // What is not known is not none.
  if (!loaded) return <main className={styles.alone}>{failure ? <Failed code={failure.code} detail={failure.detail} retry={readFloorAgain} /> : <Skeleton lines={8} />}</main>;
  const count = counted([...agents.values()]);
  return (
    <main className={styles.board}>
      <header className={styles.head}>
        <h1>{t("wallboard.title")}</h1>
        {feedState.state === "lost" && <p className={styles.stale}>{t("wallboard.stale")}</p>}
        <p className={styles.clock}>{timeText(now, i18n.language)}</p>
        <ActionButton action="floor.wallboard" kind="quiet" />
      </header>
      <ul className={[styles.tiles, rows.length > roomyTiles && styles.dense].filter(Boolean).join(" ")} tabIndex={0} aria-label={t("queues.title")}>
        {rows.map((row) => (
          <Tile key={row.id} row={row} now={now} twice={rows.filter((one) => one.label === row.label).length > 1} />
        ))}
      </ul>
      <dl className={styles.agents}>
        <Count label={t("wallboard.talking")} value={count.talking} />
        <Count label={t("wallboard.free")} value={count.free} />
        <Count label={t("wallboard.wrapUp")} value={count.wrapUp} />
        <Count label={t("wallboard.away")} value={count.away} />
      </dl>
    </main>
  );
}

function Tile({ row, now, twice }: { row: QueueRow; now: number; twice: boolean }) {
  const { t, i18n } = useTranslation("floor");
  const level = row.level === null ? t("none") : new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(row.level);
  return (
    <li className={[styles.tile, row.late && styles.late].filter(Boolean).join(" ")}>
      <h2 className={styles.name}>{twice ? `${row.label} · ${row.brand}` : row.label}</h2>
      <p className={styles.waiting}>
        <span className={styles.big}>{row.waiting}</span> {row.open ? t("wallboard.waiting", { count: row.waiting }) : t("queues.closed")}
      </p>
      <dl className={styles.facts}>
        <Fact label={t("wallboard.oldest")} value={row.oldestMs === null ? t("none") : clockText(row.oldestMs)} warm={row.late} />
        <Fact label={t("wallboard.level")} value={level} warm={row.low} />
        <Fact label={t("wallboard.estimate")} value={row.estimateMs === null ? t("none") : clockText(row.estimateMs)} warm={false} />
      </dl>
      <Sparkline samples={row.samples} now={now} label={t("queues.spark", { queue: row.label, most: Math.max(row.waiting, ...row.samples.map((one) => one.waiting)), now: row.waiting })} />
    </li>
  );
}

function Fact({ label, value, warm }: { label: string; value: string; warm: boolean }) {
  return (
    <div>
      <dt className={styles.label}>{label}</dt>
      <dd className={[styles.value, warm && styles.warm].filter(Boolean).join(" ")}>{value}</dd>
    </div>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <div className={styles.count}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.big}>{value}</dd>
    </div>
  );
}
