import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { filled, placeholders, templateProblem, type Placeholder, type Values } from "@/shared/screen-pop";
import { TextField } from "@/shared/ui/Field";
import styles from "./ScreenPopField.module.css";

type Props = { label: string; error: string | undefined; disabled: boolean; value: string; onChange: (value: string) => void };

/** An example of somebody, so that one sees where the template leads. */
const example: Values = {
  "customer.id": "0198c0de-0000-7000-8000-000000000001",
  "customer.own_id": "c-118",
  "customer.account": "88123",
  "customer.phone": "+442079460958",
  "customer.email": "pat@example.org",
  "customer.name": "Pat Brown & Sons",
  "case.id": "0198c0de-0000-7000-8000-000000000002",
  "interaction.id": "0198c0de-0000-7000-8000-000000000003",
  "brand.id": "northwind",
  "queue.id": "billing",
  "agent.id": "0198c0de-0000-7000-8000-000000000004",
  channel: "chat",
};

/** The template of another system's address: what may stand in it, and what becomes of it. */
export function ScreenPopField({ label, error, disabled, value, onChange }: Props) {
  const { t } = useTranslation("admin");
  const field = useRef<HTMLInputElement>(null);
  const put = (name: Placeholder) => {
    const at = field.current?.selectionEnd ?? value.length;
    const text = `{${name}}`;
    onChange(value.slice(0, at) + text + value.slice(at));
    field.current?.focus();
    window.setTimeout(() => field.current?.setSelectionRange(at + text.length, at + text.length));
  };
  const shown = value === "" || templateProblem(value) !== null ? null : filled(value, example);
  return (
    <div className={styles.box}>
      <TextField ref={field} label={label} hint={t("screenPop.hint")} error={error} disabled={disabled} placeholder={t("screenPop.example")} inputMode="url" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
      {!disabled && (
        <div role="group" aria-label={t("screenPop.placeholders")} className={styles.placeholders}>
          {placeholders.map((name) => (
            <button key={name} type="button" className={styles.placeholder} aria-label={t("screenPop.put", { name })} title={t(`screenPop.of.${name}`)} onClick={() => put(name)}>
              {`{${name}}`}
            </button>
          ))}
        </div>
      )}
      {shown !== null && (
        <p className={styles.preview} role="status">
          {t("screenPop.preview")} <span>{shown}</span>
        </p>
      )}
    </div>
  );
}
