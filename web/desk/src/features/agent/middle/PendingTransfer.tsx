import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "@/api/result";
import { Button } from "@/shared/ui/Button";
import { notify } from "@/shared/ui/notices";
import { cancelTransfer, completeTransfer, failureText } from "../store/commands";
import { setPendingTransfer, type Pending } from "../store/pending-transfer";
import styles from "@/shared/ui/PanelForm.module.css";

/** A colleague was asked: hand over once they have read it, or take it back. */
export function PendingTransfer({ id, pending }: { id: string; pending: Pending }) {
  const { t } = useTranslation("agent");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const act = async (command: (id: string) => Promise<Result<unknown>>) => {
    setBusy(true);
    const done = await command(id);
    setBusy(false);
    if (!done.ok && done.failure.code === "no_transfer") notify(t("transfer.gone", { name: pending.name }), "bad");
    else if (!done.ok) return setFailure(failureText(done.failure));
    setPendingTransfer(id, null);
  };
  return (
    <section className={styles.raised} aria-label={t("transfer.pending", { name: pending.name })}>
      <p>{t("transfer.pendingWords", { name: pending.name })}</p>
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button disabled={busy} onClick={() => void act(cancelTransfer)}>
          {t("transfer.cancel")}
        </Button>
        <Button kind="primary" busy={busy} onClick={() => void act(completeTransfer)}>
          {t("transfer.complete", { name: pending.name })}
        </Button>
      </div>
    </section>
  );
}
