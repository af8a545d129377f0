import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField, TextField } from "@/shared/ui/Field";
import { failureText, placeCall } from "../store/commands";
import { useQueues, useQueueText } from "../store/reads";
import styles from "./DialDialog.module.css";

/** What is known already of the call to be placed. */
export interface Wish {
  to?: string;
  queue?: string;
  brand?: string;
  case?: string;
}

const numberMax = 64;
const purposeMax = 200;

/** Whom to call, in whose name, and what for. What is refused is said in plain words, and nothing is lost. */
export function DialDialog({ wish = {}, onClose }: { wish?: Wish; onClose: () => void }) {
  const { t } = useTranslation("agent");
  const navigate = useNavigate();
  const queues = useQueues();
  const [to, setTo] = useState(wish.to ?? "");
  const [chosen, setChosen] = useState("");
  const [purpose, setPurpose] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const all = queues.data ?? [];
  const queueText = useQueueText();
  const keyOf = (one: { brand: string; id: string }) => `${one.brand}/${one.id}`;
  const oneBrand = new Set(all.map((one) => one.brand)).size === 1;
  // In whose name one calls is never guessed across brands.
  const queue = all.find((one) => keyOf(one) === chosen || (wish.queue !== undefined && chosen === "" && one.id === wish.queue && (oneBrand || one.brand === wish.brand))) ?? (oneBrand ? all[0] : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || to.trim() === "" || queue === undefined) return;
    setBusy(true);
    const done = await placeCall({ to: to.trim(), brand: queue.brand, queue: queue.id, purpose: purpose.trim(), ...(wish.case && { case: wish.case }) });
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    onClose();
    void navigate(`/desk/${done.value.interaction}`);
  };
  return (
    <Dialog title={t("dial.title")} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField label={t("dial.number")} type="tel" maxLength={numberMax} autoFocus value={to} onChange={(event) => setTo(event.target.value)} hint={t("dial.numberHint")} error={failure ?? undefined} />
        <SelectField label={t("dial.queue")} value={queue ? keyOf(queue) : ""} onChange={(event) => setChosen(event.target.value)}>
          {queue === undefined && <option value="">{t("dial.chooseQueue")}</option>}
          {all.map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {queueText(one.id, one.brand)}
            </option>
          ))}
        </SelectField>
        <TextField label={t("dial.purpose")} maxLength={purposeMax} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
        <div className={styles.buttons}>
          <Button kind="quiet" onClick={onClose} hint="Esc">
            {t("common:cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={busy} disabled={to.trim() === "" || queue === undefined}>
            {t("dial.call")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
