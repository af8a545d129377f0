import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./CallBar.module.css";

const waitMs = 3_000;

/** What a caller said in place of waiting; for whoever has it in hand. */
export function LeftMessage({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  const [tries, setTries] = useState(0);
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (!waits) return;
    const later = setTimeout(() => {
      setWaits(false);
      setTries((before) => before + 1);
    }, waitMs);
    return () => clearTimeout(later);
  }, [waits]);
  return (
    <section className={styles.message} aria-label={t("call.message.title")}>
      <p>{t("call.message.words")}</p>
      {/* It is heard soon after the caller hung up: until it is encoded it is asked for again. */}
      <audio key={tries} controls preload="metadata" src={`/api/v1/interactions/${encodeURIComponent(id)}/recording?try=${tries}`} onError={() => setWaits(true)} />
      <p role="status">{waits && t("call.message.soon")}</p>
    </section>
  );
}
