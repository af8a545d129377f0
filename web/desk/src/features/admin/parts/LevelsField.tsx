import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { SelectField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { isLevel, levelRows, rowsText, type LevelRow } from "../model/levels";
import { useNames } from "../model/reads";
import type { FieldSpec } from "../model/resources";
import frame from "./EditorBox.module.css";
import styles from "./LevelsField.module.css";

type Props = { field: FieldSpec; label: string; hint: string | undefined; value: string; tried: boolean; disabled: boolean; onChange: (value: string) => void };

/** Skills or channels, each with its number: a row each, and what is not in it yet to add. */
export function LevelsField({ field, label, hint, value, tried, disabled, onChange }: Props) {
  const { t } = useTranslation("admin");
  const named = useNames(field.of);
  const names = field.options ? new Map(field.options.map((one) => [one, t(`option.${one}`)])) : named;
  const rows = levelRows(value);
  const left = [...names].filter(([id]) => !rows.some((row) => row.name === id));
  const full = rows.length >= (field.most ?? Infinity);
  const put = (next: readonly LevelRow[]) => onChange(rowsText(next));
  return (
    <fieldset className={frame.box} disabled={disabled}>
      <legend>{label}</legend>
      {hint !== undefined && <p className={frame.words}>{hint}</p>}
      <ul className={styles.list}>
        {rows.map((row, at) => (
          <Row
            key={row.name}
            row={row}
            name={names.get(row.name) ?? row.name}
            field={field}
            tried={tried}
            onNumber={(number) => put(rows.map((one, other) => (other === at ? { ...one, number } : one)))}
            onRemove={() => put(rows.filter((_, other) => other !== at))}
          />
        ))}
      </ul>
      {!disabled && !full && left.length > 0 && (
        <SelectField label={t("levels.add", { what: label })} hideLabel value="" onChange={(event) => put([...rows, { name: event.target.value, number: String(field.usual ?? 1) }])}>
          <option value="">{t("levels.choose")}</option>
          {left.map(([id, name]) => (
            <option key={id} value={id}>{name}</option>
          ))}
        </SelectField>
      )}
    </fieldset>
  );
}

type RowProps = { row: LevelRow; name: string; field: FieldSpec; tried: boolean; onNumber: (number: string) => void; onRemove: () => void };

function Row({ row, name, field, tried, onNumber, onRemove }: RowProps) {
  const { t } = useTranslation("admin");
  const id = useId();
  const { min, max } = field;
  // What is being typed is no mistake yet; a number that is out of range is.
  const wrong = !isLevel(row.number, field) && (tried || row.number !== "");
  return (
    <li className={styles.row}>
      <span className={styles.name} title={name}>{name}</span>
      <input
        type="number"
        className={styles.number}
        min={min}
        max={max}
        aria-label={t("levels.of", { name })}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? id : undefined}
        value={row.number}
        onChange={(event) => onNumber(event.target.value)}
      />
      <Button kind="quiet" aria-label={t("levels.remove", { name })} icon={<Icon name="cross" size={14} />} onClick={onRemove} />
      {wrong && (
        <p id={id} className={[frame.error, styles.error].join(" ")}>
          {t("levels.wrong", { min, max })}
        </p>
      )}
    </li>
  );
}
