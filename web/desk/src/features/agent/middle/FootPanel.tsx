import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import styles from "./FootPanel.module.css";

type Props = { title: string; submit: string; busy: boolean; failure: string | null; onSubmit: () => void; onCancel: () => void; children?: ReactNode; ready?: boolean };

/** Something to fill in, above the composer and not over the conversation. The first field has the focus; Escape gives up. */
export function FootPanel({ title, submit, busy, failure, onSubmit, onCancel, children, ready = true }: Props) {
  const { t } = useTranslation("agent");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>("[data-first], input:not([type=radio]), select, textarea")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
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
    <form ref={form} className={styles.panel} aria-label={title} onSubmit={sent} onKeyDown={pressed} noValidate>
      <h3 className={styles.title}>{title}</h3>
      {children}
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button onClick={onCancel} hint="Esc">
          {t("panel.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!ready} data-first={children === undefined ? "" : undefined}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
