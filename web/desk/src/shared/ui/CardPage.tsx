import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./CardPage.module.css";

/** A page before the desk: one card under the product's name. */
export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <p className={styles.product}>{t("product")}</p>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}

type FormProps = { submit: string; busy: boolean; failure: string | null; ready?: boolean; onSubmit: () => void; children: ReactNode };

/** What is filled in on the card, why it was refused, and its one button. */
export function CardForm({ submit, busy, failure, ready = true, onSubmit, children }: FormProps) {
  const sent = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={sent} noValidate>
      {children}
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <Button type="submit" kind="primary" busy={busy} disabled={!ready}>
        {submit}
      </Button>
    </form>
  );
}
