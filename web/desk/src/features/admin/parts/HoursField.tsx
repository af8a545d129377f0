import { useId } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { days, hoursTroubles, standing, usualHours, type Day, type Holiday, type HoursForm, type HoursTrouble, type Span } from "../model/hours";
import frame from "./EditorBox.module.css";
import styles from "./HoursField.module.css";

type Props = { label: string; value: HoursForm | null; tried: boolean; disabled: boolean; onChange: (value: HoursForm | null) => void };
type Told = (place: string) => string | undefined;

/** A Monday, to name the days of a week by. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;
const dayName = (at: number, language: string, more: Intl.DateTimeFormatOptions = {}) => new Intl.DateTimeFormat(localeOf(language), { weekday: "long", timeZone: "UTC", ...more }).format(at);

/** A week's hours by rows, holidays, the time zone, and what follows from it now. */
export function HoursField({ label, value, tried, disabled, onChange }: Props) {
  const { t, i18n } = useTranslation("admin");
  const zones = useId();
  const troubles = hoursTroubles(value);
  const told: Told = (place) => {
    const trouble = troubles.get(place);
    // What is not filled in yet is no mistake before one has tried to keep it.
    const early: readonly (HoursTrouble | undefined)[] = [undefined, "missing", "date", "never"];
    return trouble !== undefined && (tried || !early.includes(trouble)) ? t(`hours.wrong.${trouble}`) : undefined;
  };
  const set = (more: Partial<HoursForm>) => value && onChange({ ...value, ...more });
  return (
    <fieldset className={frame.box} disabled={disabled}>
      <legend>{label}</legend>
      <label className={styles.flag}>
        <input type="checkbox" checked={value !== null} onChange={(event) => onChange(event.target.checked ? usualHours(Intl.DateTimeFormat().resolvedOptions().timeZone) : null)} />
        {t("hours.limited")}
      </label>
      {value === null && <p className={frame.words}>{t("hours.always")}</p>}
      {value !== null && (
        <>
          {days.map((day, at) => (
            <Day key={day} day={day} name={dayName(monday + at * dayMs, i18n.language)} spans={value.week[day]} told={told} onChange={(spans) => set({ week: { ...value.week, [day]: spans } })} />
          ))}
          {told("week") !== undefined && <p role="alert" className={styles.error}>{told("week")}</p>}
          <Holidays list={value.holidays} told={told} onChange={(holidays) => set({ holidays })} />
          <TextField label={t("hours.zone")} hint={t("hours.zoneHint")} error={told("zone")} list={zones} spellCheck={false} value={value.zone} onChange={(event) => set({ zone: event.target.value })} />
          <datalist id={zones}>
            {Intl.supportedValuesOf("timeZone").map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          {troubles.size === 0 && <Preview form={value} />}
        </>
      )}
    </fieldset>
  );
}

function Day({ day, name, spans, told, onChange }: { day: Day; name: string; spans: readonly Span[]; told: Told; onChange: (spans: readonly Span[]) => void }) {
  return (
    <div className={styles.day} role="group" aria-label={name}>
      <span className={styles.name}>{name}</span>
      <Spans place={day} of={name} spans={spans} told={told} onChange={onChange} />
    </div>
  );
}

function Spans({ place, of, spans, told, onChange }: { place: string; of: string; spans: readonly Span[]; told: Told; onChange: (spans: readonly Span[]) => void }) {
  const { t } = useTranslation("admin");
  const id = useId();
  const put = (at: number, more: Partial<Span>) => onChange(spans.map((one, other) => (other === at ? { ...one, ...more } : one)));
  return (
    <div className={styles.spans}>
      {spans.length === 0 && <span className={styles.closed}>{t("hours.closed")}</span>}
      {spans.map((span, at) => {
        const error = told(`${place}.${at}`);
        const about = { "aria-invalid": error === undefined ? undefined : true, "aria-describedby": error === undefined ? undefined : `${id}-${at}`, className: styles.time };
        return (
          <div key={at} className={styles.span}>
            <input type="time" {...about} aria-label={t("hours.from", { day: of, number: at + 1 })} value={span.from} onChange={(event) => put(at, { from: event.target.value })} />
            <span aria-hidden="true">–</span>
            <input type="time" {...about} aria-label={t("hours.to", { day: of, number: at + 1 })} value={span.to} onChange={(event) => put(at, { to: event.target.value })} />
            <Button kind="quiet" aria-label={t("hours.removeSpan", { day: of, number: at + 1 })} icon={<Icon name="cross" size={14} />} onClick={() => onChange(spans.filter((_, other) => other !== at))} />
            {error !== undefined && <p id={`${id}-${at}`} className={styles.error}>{error}</p>}
          </div>
        );
      })}
      <Button kind="quiet" className={frame.add} aria-label={t("hours.addSpanTo", { day: of })} onClick={() => onChange([...spans, spans.length === 0 ? { from: "09:00", to: "17:00" } : { from: "", to: "" }])}>
        {t("hours.addSpan")}
      </Button>
    </div>
  );
}

function Holidays({ list, told, onChange }: { list: readonly Holiday[]; told: Told; onChange: (list: readonly Holiday[]) => void }) {
  const { t } = useTranslation("admin");
  const put = (at: number, more: Partial<Holiday>) => onChange(list.map((one, other) => (other === at ? { ...one, ...more } : one)));
  return (
    <div className={styles.holidays} role="group" aria-label={t("hours.holidays")}>
      <span className={styles.name}>{t("hours.holidays")}</span>
      {list.map(({ date, open }, at) => (
        <div key={at} className={styles.holiday}>
          <TextField label={t("hours.date", { number: at + 1 })} hideLabel type="date" error={told(`holiday.${at}`)} value={date} onChange={(event) => put(at, { date: event.target.value })} />
          <Spans place={`holiday.${at}`} of={date || t("hours.date", { number: at + 1 })} spans={open} told={told} onChange={(next) => put(at, { open: next })} />
          <Button kind="quiet" onClick={() => onChange(list.filter((_, other) => other !== at))} aria-label={t("hours.removeHoliday", { date: date || String(at + 1) })}>{t("remove")}</Button>
        </div>
      ))}
      <Button className={frame.add} onClick={() => onChange([...list, { date: "", open: [] }])}>{t("hours.addHoliday")}</Button>
    </div>
  );
}

/** "Open now, until 17:00", in the queue's time. */
function Preview({ form }: { form: HoursForm }) {
  const { t, i18n } = useTranslation("admin");
  const { open, change } = standing(form, useNow());
  if (change === null) return <p role="status" className={styles.preview}>{t(open ? "hours.openFor" : "hours.closedFor")}</p>;
  const near = change.days < 7;
  const day = change.days === 0 ? "" : dayName(change.on, i18n.language, near ? {} : { day: "numeric", month: "long", year: "numeric" });
  return <p className={styles.preview}>{t(open ? "hours.openNow" : "hours.closedNow", { when: [day, change.time].filter(Boolean).join(" ") })}</p>;
}
