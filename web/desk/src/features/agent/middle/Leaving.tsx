import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import styles from "@/shared/ui/PanelForm.module.css";
import type { Conversation } from "../model/conversation";
import { outsideNow } from "../model/leg";
import { cancelTransfer, failureText } from "../store/commands";

/** The call is on its way to a number outside: how far that is; or keep it. */
export function Leaving({ conversation, number }: { conversation: Conversation; number: string }) {
  const { t } = useTranslation("agent");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const keep = async () => {
    setBusy(true);
    const done = await cancelTransfer(conversation.id);
    setBusy(false);
    // What is over meanwhile is told where it ends.
    if (!done.ok && done.failure.code !== "no_transfer") setFailure(failureText(done.failure));
  };
  return (
    <section className={styles.raised} aria-label={t("outside.title", { number })}>
      <p role="status">{t(`outside.now.${outsideNow(conversation.events)}`, { number })}</p>
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button busy={busy} onClick={() => void keep()}>
          {t("transfer.cancel")}
        </Button>
      </div>
    </section>
  );
}
