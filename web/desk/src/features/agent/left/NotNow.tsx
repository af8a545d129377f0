import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Choice, TextField } from "@/shared/ui/Field";
import { fromLocal, inLocal, nextMorning } from "../model/due";
import { failureText } from "../store/commands";
import { settlePreview, useDone, type Settled } from "../store/preview";
import styles from "./PreviewCard.module.css";

const ways = ["skipped", "later", "do_not_call"] as const;
const reasonMax = 100;

/** Why somebody is not called now: passed over, at another time, or never. */
export function NotNow({ entry, onClose }: { entry: string; onClose: () => void }) {
  const { t } = useTranslation("agent");
  const done = useDone();
  const [came, setCame] = useState<Settled["came"]>("skipped");
  const [reason, setReason] = useState("");
  const [at, setAt] = useState(() => inLocal(nextMorning(Date.now())));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const moment = fromLocal(at);
  const complete = came === "skipped" ? reason.trim() !== "" : came !== "later" || moment !== null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !complete) return;
    setBusy(true);
    const settled = await settlePreview(entry, { came, reason: reason.trim(), ...(came === "later" && moment !== null && { at: moment }) });
    setBusy(false);
    if (settled.ok) done();
    else setFailure(failureText(settled.failure));
  };
  return (
    <form className={styles.form} aria-label={t("preview.notNow")} onSubmit={(event) => void submit(event)} noValidate>
      <Choice label={t("preview.how")} hideLabel value={came} options={ways.map((value) => ({ value, label: t(`preview.way.${value}`) }))} onChange={setCame} />
      {came === "later" && <TextField label={t("preview.at")} type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />}
      <TextField label={t("preview.reason")} maxLength={reasonMax} autoFocus required={came === "skipped"} value={reason} onChange={(event) => setReason(event.target.value)} />
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <div className={styles.buttons}>
        <Button kind="quiet" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!complete}>
          {t("preview.settle")}
        </Button>
      </div>
    </form>
  );
}
