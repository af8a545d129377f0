import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import styles from "./CallBar.module.css";

const waitMs = 3_000;
const triesMost = 40;

/** What a caller said in place of waiting; for whoever has it in hand. */
export function LeftMessage({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  const [tries, setTries] = useState(1);
  const [state, setState] = useState<"there" | "waits" | "failed">("there");
  const next = () => {
    setState("there");
    setTries((before) => before + 1);
  };
  useEffect(() => {
    if (state !== "waits") return;
    const later = setTimeout(next, waitMs);
    return () => clearTimeout(later);
  }, [state]);
  return (
    <section className={styles.message} aria-label={t("call.message.title")}>
      <p>{t("call.message.words")}</p>
      {/* It is heard soon after the caller hung up: until it is encoded it is asked for again, a while. */}
      <audio key={tries} controls preload="metadata" src={`/api/v1/interactions/${encodeURIComponent(id)}/recording?try=${tries}`} onError={() => setState(tries % triesMost === 0 ? "failed" : "waits")} />
      <p role="status">{state === "waits" && t("call.message.soon")}</p>
      {state === "failed" && (
        <p role="alert">
          {t("call.message.failed")} <Button onClick={next}>{t("common:retry")}</Button>
        </p>
      )}
    </section>
  );
}
