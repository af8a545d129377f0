import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { end } from "../store/commands";
import styles from "@/shared/ui/PanelForm.module.css";

/** Somebody's question about their conversation: read, and hand back. */
export function ConsultPanel({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  return (
    <section className={styles.raised} aria-label={t("state.consult")}>
      <p>{t("consult.words")}</p>
      <div className={styles.buttons}>
        <Button onClick={() => void end(id)}>{t("consult.leave")}</Button>
      </div>
    </section>
  );
}
