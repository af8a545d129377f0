import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import styles from "./PanelForm.module.css";

type Props = { title: string; words?: string; submit: string; busy: boolean; failure: string | null; ready?: boolean; onSubmit: () => void; onCancel: () => void; children: ReactNode };

/** A few fields below the head of the page, and what they lead to; Escape gives up. */
export function PanelForm({ title, words, submit, busy, failure, ready = true, onSubmit, onCancel, children }: Props) {
  const { t } = useTranslation("playbooks");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const sent = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form ref={form} className={styles.form} aria-label={title} onSubmit={sent} onKeyDown={pressed} noValidate>
      <h3>{title}</h3>
      {words !== undefined && <p className={styles.words}>{words}</p>}
      <div className={styles.fields}>{children}</div>
      <div className={styles.buttons}>
        {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!ready}>{submit}</Button>
      </div>
    </form>
  );
}
