import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./States.module.css";

/** Nothing is there, said in words, with what one can do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.words}>{children}</div>}
    </div>
  );
}

/** It could not be had: what failed, and once more. */
export function Failed({ code, detail, retry }: { code: string; detail?: string | undefined; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{t([`failure.${code}`, "failure.other"])}</p>
      {detail !== undefined && <p className={styles.words}>{detail}</p>}
      {retry && <Button onClick={retry}>{t("retry")}</Button>}
    </div>
  );
}

/** The shape of what comes, while it is on its way. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.bar} />
      ))}
    </div>
  );
}
