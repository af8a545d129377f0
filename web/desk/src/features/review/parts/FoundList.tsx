import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUserNames } from "@/api/names";
import type { Failure } from "@/api/result";
import type { Interaction } from "@/api/types";
import { momentText } from "@/shared/time/format";
import { Icon } from "@/shared/ui/Icon";
import { Failed } from "@/shared/ui/States";
import { namesOf } from "@/shared/practice/names";
import { useQueueNames } from "../model/reads";
import { Score } from "./Score";
import styles from "./FoundList.module.css";

const rowPixels = 52;
const fetchBefore = 20;

/** `failure`: why the next ones could not be read; they are asked for again only by hand. */
type Props = { items: readonly Interaction[]; more: boolean; busy: boolean; failure: Failure | null; onMore: () => void };

/** What was found, newest first; only what is in sight is drawn, and more comes as one scrolls. */
export function FoundList({ items, more, busy, failure, onMore }: Props) {
  const { t } = useTranslation("review");
  const box = useRef<HTMLDivElement>(null);
  // Its functions stay in this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: () => rowPixels, overscan: 12 });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !busy && failure === null && last >= items.length - fetchBefore) onMore();
  }, [more, busy, failure, last, items.length, onMore]);
  return (
    <section className={styles.found} aria-label={t("find.results")}>
      <p className={styles.count} role="status">
        {more ? t("find.countMore", { count: items.length }) : t("find.count", { count: items.length })}
      </p>
      <div ref={box} className={styles.box}>
        <ul className={styles.list} ref={(shown) => shown?.style.setProperty("--height", `${list.getTotalSize()}px`)}>
          {rows.map((row) => {
            const item = items[row.index];
            return (
              item && (
                <li key={item.id} className={styles.item} ref={(shown) => shown?.style.setProperty("--at", `${row.start}px`)}>
                  <Row item={item} />
                </li>
              )
            );
          })}
        </ul>
      </div>
      {failure !== null && <Failed code={failure.code} detail={failure.detail} retry={onMore} />}
    </section>
  );
}

function Row({ item }: { item: Interaction }) {
  const { t, i18n } = useTranslation("review");
  const users = useUserNames();
  const queues = useQueueNames();
  const agents = item.agents.map((id) => users.get(id) ?? id.slice(0, 8)).join(", ");
  const [first] = item.missed;
  return (
    <Link to={`/review/${item.id}`} className={styles.row}>
      <span className={styles.when}>{momentText(Date.parse(item.started_at), i18n.language, { dateStyle: "medium", timeStyle: "short" })}</span>
      <span className={styles.where}>
        <Icon name={item.channel} size={14} />
        {queues.get(item.queue) ?? item.queue}
      </span>
      <span className={styles.agents}>{agents || t("find.nobody")}</span>
      <span className={styles.outcome}>
        {item.closed_at === null ? t("find.live") : item.outcome === "" ? t("find.noOutcome") : t(`outcome.${item.outcome}`)}
        {item.disposition !== "" && <span className={styles.reason}> {item.disposition}</span>}
      </span>
      <span className={styles.missed}>{first === undefined ? "" : item.missed.length === 1 ? t("find.missedOne", { name: namesOf(first).name }) : t("find.missedMore", { name: namesOf(first).name, count: item.missed.length - 1 })}</span>
      <Score value={item.score} />
    </Link>
  );
}
