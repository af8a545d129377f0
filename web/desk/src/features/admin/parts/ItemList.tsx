import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { causeOf } from "@/api/result";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { TextField } from "@/shared/ui/Field";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import type { Item } from "../model/form";
import { nameOf, useList, useNames } from "../model/reads";
import type { Resource } from "../model/resources";
import styles from "./ItemList.module.css";

const rowPixels = 40;
/** From so many on not all rows are drawn. */
const longFrom = 25;

/** Everything of a kind, found by a few letters. */
export function ItemList({ resource, current }: { resource: Resource; current: string | undefined }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const writes = may(me, resource.writes);
  useAction("admin.new", writes && resource.creates ? () => void navigate(`/admin/${resource.id}/+`) : null);
  return (
    <section className={styles.box} aria-label={t(`kind.${resource.id}`)}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t(`kind.${resource.id}`)}</h1>
        <TextField label={t("find")} hideLabel placeholder={t("find")} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
        {writes && resource.creates && <ActionButton action="admin.new" />}
      </header>
      <Rows resource={resource} current={current} words={words} />
    </section>
  );
}

function Rows({ resource, current, words }: { resource: Resource; current: string | undefined; words: string }) {
  const { t, i18n } = useTranslation("admin");
  const list = useList(resource);
  const users = useNames(resource.id === "agents" ? "users" : undefined);
  const entries = useMemo(() => entriesOf(list.data ?? [], users, i18n.language), [list.data, users, i18n.language]);
  const wanted = words.toLocaleLowerCase(i18n.language);
  const found = useMemo(() => entries.filter((one) => one.letters.includes(wanted)), [entries, wanted]);
  if (list.isPending) return <div className={styles.state}><Skeleton lines={6} /></div>;
  if (list.isError) return <Failed code={causeOf(list.error).code} retry={() => void list.refetch()} />;
  if (entries.length === 0) return <Empty title={t("empty.title")}>{t("empty.words")}</Empty>;
  if (found.length === 0) return <Empty title={t("empty.nothing")} />;
  return <Table resource={resource} current={current} entries={found} />;
}

/** An item with what it is called, and with the letters by which it is found. */
interface Entry {
  item: Item;
  title: string;
  letters: string;
}

function entriesOf(items: readonly Item[], users: ReadonlyMap<string, string>, language: string): Entry[] {
  const order = new Intl.Collator(language);
  return items
    .map((item) => {
      const title = users.get(item.id) ?? nameOf(item);
      return { item, title, letters: `${title} ${JSON.stringify(item)}`.toLocaleLowerCase(language) };
    })
    .sort((one, other) => order.compare(one.title, other.title));
}

/** Only the rows in sight are drawn: there may be thousands of users. */
function Table({ resource, current, entries }: { resource: Resource; current: string | undefined; entries: readonly Entry[] }) {
  const { t } = useTranslation("admin");
  const box = useRef<HTMLDivElement>(null);
  // Its functions stay in this component.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: entries.length, getScrollElement: () => box.current, estimateSize: () => rowPixels, overscan: 12, getItemKey: (at) => entries[at]?.item.id ?? at });
  const rows = list.getVirtualItems();
  return (
    <div ref={box} className={styles.rows} tabIndex={0} role="region" aria-label={t(`kind.${resource.id}`)}>
      <table className={styles.table} data-long={entries.length > longFrom || undefined} aria-rowcount={entries.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {resource.columns.map((name) => (
              <th key={name} scope="col">{t([`columnOf.${resource.id}.${name}`, `field.${name}`])}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap pixels={rows[0]?.start ?? 0} columns={resource.columns.length} />
          {rows.map((row) => {
            const entry = entries[row.index];
            return entry && <Row key={row.key} resource={resource} entry={entry} at={row.index} current={entry.item.id === current} measure={list.measureElement} />;
          })}
          <Gap pixels={list.getTotalSize() - (rows.at(-1)?.end ?? 0)} columns={resource.columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are not drawn. */
function Gap({ pixels, columns }: { pixels: number; columns: number }) {
  if (pixels <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} className={styles.gap} ref={(shown) => shown?.style.setProperty("--height", `${pixels}px`)} />
    </tr>
  );
}

function Row({ resource, entry: { item, title }, at, current, measure }: { resource: Resource; entry: Entry; at: number; current: boolean; measure: (row: HTMLElement | null) => void }) {
  const { t } = useTranslation("admin");
  const [, ...columns] = resource.columns;
  return (
    <tr ref={measure} data-index={at} aria-rowindex={at + 2} className={current ? styles.current : undefined}>
      <th scope="row">
        <Link to={`/admin/${resource.id}/${encodeURIComponent(item.id)}`} aria-current={current ? "true" : undefined}>
          {title}
        </Link>
      </th>
      {columns.map((name) => (
        <td key={name}>{shown(item[name])}</td>
      ))}
    </tr>
  );

  function shown(value: unknown): string {
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (Array.isArray(value)) return value.map((one) => (one === "*" ? t("all") : String(one))).join(", ");
    if (typeof value === "object" && value !== null) return Object.entries(value).map(([name, level]) => `${name} ${String(level)}`).join(", ");
    return value === undefined || value === null ? "" : String(value);
  }
}
