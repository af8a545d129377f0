import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { causeOf } from "@/api/result";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { useAudit, useNames, type AuditEntry, type AuditFilters } from "../model/reads";
import styles from "./Audit.module.css";

const rowPixels = 44;
const fetchBefore = 20;

/** Who did what, newest first. It cannot be changed. */
export function Audit() {
  const { t } = useTranslation("admin");
  const [filters, setFilters] = useState<AuditFilters>({});
  const audit = useAudit(filters);
  const items = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const read = (form: HTMLFormElement) => {
    const data = new FormData(form);
    setFilters(Object.fromEntries(["who", "action", "subject"].map((name) => [name, String(data.get(name) ?? "").trim()]).filter(([, value]) => value !== "")));
  };
  return (
    <section className={styles.box} aria-label={t("kind.audit")}>
      <form
        className={styles.head}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          read(event.currentTarget);
        }}
      >
        <h1 className={styles.title}>{t("kind.audit")}</h1>
        <TextField label={t("audit.who")} hideLabel name="who" placeholder={t("audit.who")} />
        <TextField label={t("audit.action")} hideLabel name="action" placeholder={t("audit.action")} />
        <TextField label={t("audit.subject")} hideLabel name="subject" placeholder={t("audit.subject")} />
        <Button type="submit">{t("find")}</Button>
      </form>
      {audit.isPending && <div className={styles.state}><Skeleton lines={8} /></div>}
      {audit.isError && !audit.data && <Failed code={causeOf(audit.error).code} retry={() => void audit.refetch()} />}
      {audit.data && items.length === 0 && <Empty title={t("empty.nothing")} />}
      {items.length > 0 && <Entries items={items} more={audit.hasNextPage && !audit.isFetchingNextPage && !audit.isFetchNextPageError} onMore={() => void audit.fetchNextPage()} />}
      {audit.isFetchNextPageError && <Failed code={causeOf(audit.error).code} retry={() => void audit.fetchNextPage()} />}
    </section>
  );
}

function Entries({ items, more, onMore }: { items: readonly AuditEntry[]; more: boolean; onMore: () => void }) {
  const { t, i18n } = useTranslation("admin");
  const box = useRef<HTMLDivElement>(null);
  const users = useNames("users");
  // Its functions stay in this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: () => rowPixels, overscan: 12 });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= items.length - fetchBefore) onMore();
  }, [more, last, items.length, onMore]);
  const named = (name: string) => users.get(name.replace(/^(user|agent):/, "")) ?? name;
  return (
    <div ref={box} className={styles.rows} tabIndex={0} role="region" aria-label={t("audit.entries")}>
      <ul className={styles.list} ref={(shown) => shown?.style.setProperty("--height", `${list.getTotalSize()}px`)}>
        {rows.map((row) => {
          const entry = items[row.index];
          return (
            entry && (
              <li key={entry.number} className={styles.row} ref={(shown) => shown?.style.setProperty("--at", `${row.start}px`)}>
                <span className={styles.when}>{exactText(Date.parse(entry.at), i18n.language)}</span>
                <span>{named(entry.who)}</span>
                <span className={styles.action}>{entry.action}</span>
                <span>{named(entry.subject)}</span>
                <span className={styles.when} title={entry.detail}>{entry.detail}</span>
                <span className={styles.when}>{entry.address}</span>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
