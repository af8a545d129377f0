import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { CallFailed } from "@/api/result";
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
  if (list.isPending) return <div className={styles.state}><Skeleton lines={6} /></div>;
  if (list.isError) return <Failed code={list.error instanceof CallFailed ? list.error.failure.code : "other"} retry={() => void list.refetch()} />;
  const title = (item: Item) => users.get(item.id) ?? nameOf(item);
  const found = list.data.filter((item) => `${title(item)} ${JSON.stringify(item)}`.toLocaleLowerCase(i18n.language).includes(words.toLocaleLowerCase(i18n.language))).toSorted((one, other) => title(one).localeCompare(title(other)));
  if (list.data.length === 0) return <Empty title={t("empty.title")}>{t("empty.words")}</Empty>;
  if (found.length === 0) return <Empty title={t("empty.nothing")} />;
  const [, ...columns] = resource.columns;
  return (
    <div className={styles.rows} tabIndex={0} role="region" aria-label={t(`kind.${resource.id}`)}>
      <table className={styles.table}>
        <thead>
          <tr>
            {resource.columns.map((name) => (
              <th key={name} scope="col">{t(`field.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.map((item) => (
            <tr key={item.id} className={item.id === current ? styles.current : undefined}>
              <th scope="row">
                <Link to={`/admin/${resource.id}/${encodeURIComponent(item.id)}`} aria-current={item.id === current ? "true" : undefined}>
                  {title(item)}
                </Link>
              </th>
              {columns.map((name) => (
                <td key={name}>{shown(item[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function shown(value: unknown): string {
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (Array.isArray(value)) return value.map((one) => (one === "*" ? t("all") : String(one))).join(", ");
    if (typeof value === "object" && value !== null) return Object.entries(value).map(([name, level]) => `${name} ${String(level)}`).join(", ");
    return value === undefined || value === null ? "" : String(value);
  }
}
