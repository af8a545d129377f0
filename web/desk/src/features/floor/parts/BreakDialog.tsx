import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AgentState } from "@/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextField } from "@/shared/ui/Field";
import { useFailureText } from "@/shared/ui/use-tell";
import { setPresence } from "../model/commands";
import styles from "./Dialogs.module.css";

const reasonMax = 100;

/** A break needs a reason, which the agent sees. */
export function BreakDialog({ agent, onClose }: { agent: AgentState; onClose: () => void }) {
  const { t } = useTranslation("floor");
  const words = useFailureText();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setError(t("break.missing"));
    setBusy(true);
    const done = await setPresence(agent.agent, "break", reason.trim());
    setBusy(false);
    if (done.ok) onClose();
    else setError(words(done.failure));
  };
  return (
    <Dialog title={t("break.title", { name: agent.name })} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <TextField label={t("break.reason")} hint={t("break.hint")} error={error} value={reason} maxLength={reasonMax} autoFocus onChange={(event) => setReason(event.target.value)} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("break.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
