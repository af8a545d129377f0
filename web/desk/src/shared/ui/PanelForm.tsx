import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./PanelForm.module.css";

type Props = {
  title: string;
  words?: string;
  /** `raised`: above the composer and not over the conversation; `band`: below the head of a page. */
  look?: "raised" | "band";
  submit: string;
  busy: boolean;
  failure: string | null;
  ready?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children?: ReactNode;
};

/** Something to fill in beside what it is about. The first field has the focus, which goes back afterwards; Escape gives up. */
export function PanelForm({ title, words, look = "raised", submit, busy, failure, ready = true, onSubmit, onCancel, children }: Props) {
  const { t } = useTranslation();
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
    <form ref={form} className={styles[look]} aria-label={title} onSubmit={sent} onKeyDown={pressed} noValidate>
      <h3 className={styles.title}>{title}</h3>
      {words !== undefined && <p className={styles.words}>{words}</p>}
      {children}
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button onClick={onCancel} hint="Esc">
          {t("cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!ready} data-first={children === undefined ? "" : undefined}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** Fields beside each other, as many as there is room for. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}
