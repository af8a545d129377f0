import { useEffect, useRef, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useUserNames } from "@/api/names";
import { useAction } from "@/shared/actions/actions";
import { Button } from "@/shared/ui/Button";
import { SelectField, TextField } from "@/shared/ui/Field";
import { filterNames, type Filters } from "../model/filters";
import { useQueueNames } from "../model/reads";
import styles from "./FilterForm.module.css";

const channels = ["voice", "chat", "email", "message"] as const;
const outcomes = ["resolved", "unresolved", "follow_up"] as const;

/** Every filter of the API. What is chosen counts at once, what is typed with Enter. */
export function FilterForm({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation("review");
  const form = useRef<HTMLFormElement>(null);
  const queues = useQueueNames();
  const users = useUserNames();
  useAction("review.search", () => form.current?.querySelector<HTMLInputElement>("input[name=words]")?.focus());
  // The address may change by other ways: back, or everything cleared.
  useEffect(() => {
    for (const name of filterNames) {
      const control = form.current?.elements.namedItem(name);
      const value = filters[name] ?? "";
      if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.value !== value) control.value = value;
    }
  }, [filters]);
  const read = () => {
    const data = new FormData(form.current ?? undefined);
    onChange(Object.fromEntries(filterNames.map((name) => [name, String(data.get(name) ?? "").trim()]).filter(([, value]) => value !== "")) as Filters);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read();
  };
  const any = t("filter.any");
  return (
    <form ref={form} className={styles.form} role="search" aria-label={t("find.title")} onSubmit={submit}>
      <TextField label={t("filter.words")} name="words" type="search" defaultValue={filters.words} placeholder={t("filter.wordsHint")} />
      <TextField label={t("filter.from")} name="from" type="date" defaultValue={filters.from} onChange={read} />
      <TextField label={t("filter.to")} name="to" type="date" defaultValue={filters.to} onChange={read} />
      <SelectField label={t("filter.channel")} name="channel" defaultValue={filters.channel ?? ""} onChange={read}>
        <option value="">{any}</option>
        {channels.map((one) => (
          <option key={one} value={one}>{t(`channel.${one}`)}</option>
        ))}
      </SelectField>
      <Named label={t("filter.queue")} name="queue" value={filters.queue} names={queues} any={any} onPick={read} />
      <Named label={t("filter.agent")} name="agent" value={filters.agent} names={users} any={any} onPick={read} />
      <SelectField label={t("filter.outcome")} name="outcome" defaultValue={filters.outcome ?? ""} onChange={read}>
        <option value="">{any}</option>
        {outcomes.map((one) => (
          <option key={one} value={one}>{t(`outcome.${one}`)}</option>
        ))}
      </SelectField>
      <div className={styles.two}>
        <TextField label={t("filter.score_below")} name="score_below" type="number" min={0} max={100} defaultValue={filters.score_below} />
        <SelectField label={t("filter.live")} name="live" defaultValue={filters.live ?? ""} onChange={read}>
          <option value="">{any}</option>
          <option value="true">{t("filter.liveYes")}</option>
          <option value="false">{t("filter.liveNo")}</option>
        </SelectField>
      </div>
      <TextField label={t("filter.missed")} name="missed" defaultValue={filters.missed} placeholder={t("filter.missedHint")} />
      <TextField label={t("filter.disposition")} name="disposition" defaultValue={filters.disposition} />
      <TextField label={t("filter.customer")} name="customer" defaultValue={filters.customer} />
      <TextField label={t("filter.case")} name="case" defaultValue={filters.case} />
      <TextField label={t("filter.brand")} name="brand" defaultValue={filters.brand} />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit">{t("find.go")}</Button>
        {Object.keys(filters).length > 0 && <Button onClick={() => onChange({})}>{t("find.clear")}</Button>}
      </div>
    </form>
  );
}

/** A choice of names where they are known, else the id itself. */
function Named({ label, name, value, names, any, onPick }: { label: string; name: string; value: string | undefined; names: ReadonlyMap<string, string>; any: string; onPick: () => void }) {
  if (names.size === 0) return <TextField label={label} name={name} defaultValue={value} />;
  const sorted = [...names].toSorted((one, other) => one[1].localeCompare(other[1]));
  return (
    <SelectField key={names.size} label={label} name={name} defaultValue={value ?? ""} onChange={onPick}>
      <option value="">{any}</option>
      {sorted.map(([id, text]) => (
        <option key={id} value={id}>{text}</option>
      ))}
    </SelectField>
  );
}
