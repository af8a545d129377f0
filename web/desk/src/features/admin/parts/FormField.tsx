import { useTranslation } from "react-i18next";
import { SelectField, TextAreaField, TextField } from "@/shared/ui/Field";
import { choicesOf, hoursOf, reasonsOf, textOf, type FormValue, type Wrong } from "../model/form";
import { useNames } from "../model/reads";
import type { FieldSpec } from "../model/resources";
import styles from "./FormField.module.css";
import { HoursField } from "./HoursField";
import { LevelsField } from "./LevelsField";
import { ReasonsField } from "./ReasonsField";
import { ScreenPopField } from "./ScreenPopField";

type Props = { field: FieldSpec; value: FormValue; wrong: Wrong | null; tried: boolean; disabled: boolean; onChange: (value: FormValue) => void };

const areaRows = 5;

/** One field of an item, by its kind. */
export function FormField({ field, value, wrong, tried, disabled, onChange }: Props) {
  const { t, i18n } = useTranslation("admin");
  const label = t(field.of === "users" ? "field.user" : `field.${field.name}`);
  const hint = i18n.exists(`admin:hint.${field.name}`) ? t(`hint.${field.name}`) : undefined;
  const error = wrong === null ? undefined : t(`wrong.${wrong.kind}`, { min: field.min, max: field.max, ...wrong });
  const common = { label, hint, error, disabled, required: field.required };
  const text = textOf(value);
  if (field.kind === "flag") {
    return (
      <label className={styles.flag}>
        <input type="checkbox" checked={value === true} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
    );
  }
  if (field.kind === "choices") return <Several field={field} label={label} error={error} value={choicesOf(value)} disabled={disabled} onChange={onChange} />;
  if (field.kind === "week" || field.kind === "reasons") {
    const own = { label, tried, disabled, onChange };
    return (
      <div className={styles.own}>
        {field.kind === "week" ? <HoursField {...own} value={hoursOf(value)} /> : <ReasonsField {...own} value={reasonsOf(value)} />}
        {error !== undefined && <p className={styles.error}>{error}</p>}
      </div>
    );
  }
  if (field.kind === "levels") return <LevelsField field={field} label={label} hint={hint} value={text} tried={tried} disabled={disabled} onChange={onChange} />;
  if (field.kind === "template") return <ScreenPopField label={label} error={error} disabled={disabled} value={text} onChange={onChange} />;
  if (field.kind === "one" || field.kind === "choice") return <One {...common} field={field} value={text} onChange={onChange} />;
  if (field.kind === "area") return <TextAreaField {...common} rows={areaRows} value={text} onChange={(event) => onChange(event.target.value)} />;
  if (field.kind === "moment") return <TextField {...common} type="datetime-local" value={text} onChange={(event) => onChange(event.target.value)} />;
  return <TextField {...common} inputMode={field.kind === "number" ? "decimal" : undefined} value={text} onChange={(event) => onChange(event.target.value)} />;
}

function One({ field, value, onChange, ...rest }: Omit<Props, "wrong" | "value" | "tried"> & { label: string; hint: string | undefined; error: string | undefined; value: string; required: boolean | undefined }) {
  const { t } = useTranslation("admin");
  const names = useNames(field.of);
  const options = field.options ? field.options.map((one) => [one, t(`option.${one}`)] as const) : [...names];
  const known = value === "" || options.some(([id]) => id === value);
  return (
    <SelectField {...rest} value={value} onChange={(event) => onChange(event.target.value)}>
      {/* What leaving it out means; of what is needed, that it is still to be chosen. */}
      <option value="">{rest.required ? t("choose") : t([`leftOut.${field.name}`, "leftOut.other"])}</option>
      {!known && <option value={value}>{value}</option>}
      {options.map(([id, name]) => (
        <option key={id} value={id}>{name}</option>
      ))}
    </SelectField>
  );
}

function Several({ field, label, error, value, disabled, onChange }: { field: FieldSpec; label: string; error: string | undefined; value: readonly string[]; disabled: boolean; onChange: (value: FormValue) => void }) {
  const { t } = useTranslation("admin");
  const names = useNames(field.of);
  const options: [string, string][] = field.options ? field.options.map((one) => [one, t(`option.${one}`)]) : [...names];
  if (field.all) options.unshift(["*", t("all")]);
  const toggle = (id: string, on: boolean) => {
    if (!on) return onChange(value.filter((one) => one !== id));
    // "All" and some of them exclude each other.
    onChange(id === "*" ? ["*"] : [...value.filter((one) => one !== "*"), id]);
  };
  return (
    <fieldset className={styles.several} disabled={disabled}>
      <legend>{label}</legend>
      {options.map(([id, name]) => (
        <label key={id} className={styles.flag}>
          <input type="checkbox" checked={value.includes(id)} onChange={(event) => toggle(id, event.target.checked)} />
          {name}
        </label>
      ))}
      {options.length === 0 && <p className={styles.none}>{t("none")}</p>}
      {error !== undefined && <p className={styles.error}>{error}</p>}
    </fieldset>
  );
}
