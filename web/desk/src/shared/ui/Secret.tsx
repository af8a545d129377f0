import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./Secret.module.css";

/** Something that is shown this once: to be copied, with what to do with it. */
export function Secret({ label, words, text }: { label: string; words: string; text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without TLS there is no clipboard: it can be marked and copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className={styles.box} role="status">
      <p className={styles.label}>{label}</p>
      <p className={styles.words}>{words}</p>
      <div className={styles.line}>
        <input className={styles.text} aria-label={label} readOnly value={text} onFocus={(event) => event.target.select()} />
        {"clipboard" in navigator && <Button onClick={() => void copy()}>{t(copied ? "secret.copied" : "secret.copy")}</Button>}
      </div>
    </div>
  );
}
