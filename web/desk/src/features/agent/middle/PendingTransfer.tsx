import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "@/api/result";
import { Button } from "@/shared/ui/Button";
import styles from "@/shared/ui/PanelForm.module.css";
import type { Asked } from "../model/asked";
import { callOff } from "../store/asked";
import { cancelTransfer, completeTransfer, failureText } from "../store/commands";

type Props = { id: string; asked: Asked & { declined: string | null } };

/** A colleague was asked: how far that is; hand over once they have read it, or keep it. */
export function PendingTransfer({ id, asked }: Props) {
  const { t } = useTranslation("agent");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const words = useWords(asked);
  const act = async (command: (id: string) => Promise<Result<unknown>>) => {
    setBusy(true);
    const done = await command(id);
    setBusy(false);
    // What is over meanwhile is told where it ends.
    if (done.ok || done.failure.code === "no_transfer") return;
    callOff(id, false);
    setFailure(failureText(done.failure));
  };
  const keepIt = () => {
    callOff(id);
    void act(cancelTransfer);
  };
  const hands = asked.name === "" ? t("transfer.completeNobody") : t("transfer.complete", { name: asked.name });
  return (
    <section className={styles.raised} aria-label={asked.name === "" ? t("transfer.title") : t("transfer.pending", { name: asked.name })}>
      <p role="status">{words}</p>
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button disabled={busy} onClick={keepIt}>
          {t("transfer.cancel")}
        </Button>
        <Button kind="primary" busy={busy} disabled={asked.state !== "read"} onClick={() => void act(completeTransfer)}>
          {hands}
        </Button>
      </div>
    </section>
  );
}

function useWords({ state, name, declined }: Props["asked"]): string {
  const { t } = useTranslation("agent");
  const now = state === "waiting" ? t(name === "" ? "transfer.state.nobody" : "transfer.state.waiting", { name }) : t(`transfer.state.${state}`, { name });
  return declined === null || state === "read" ? now : t("transfer.declined", { name: declined, now });
}
