import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { keepHere, takeElsewhere, useElsewhere } from "../store/drafts";
import { WrittenWords } from "./WrittenWords";
import styles from "./ElsewhereLine.module.css";

/** Something else was written later in another browser: which of the two counts is the agent's to say. */
export function ElsewhereLine({ interaction }: { interaction: string }) {
  const { t } = useTranslation("agent");
  const elsewhere = useElsewhere(interaction);
  if (elsewhere === null) return null;
  return (
    <div className={styles.line} role="status">
      <p>
        {t("elsewhere.words")} <WrittenWords text={elsewhere.text} />
      </p>
      <Button onClick={() => takeElsewhere(interaction)}>{t("elsewhere.take")}</Button>
      <Button kind="quiet" onClick={() => keepHere(interaction)}>{t("elsewhere.keep")}</Button>
    </div>
  );
}
