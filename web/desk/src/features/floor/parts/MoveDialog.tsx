import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { LiveInteraction } from "@/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Choice, SelectField } from "@/shared/ui/Field";
import { notify } from "@/shared/ui/notices";
import { useFailureText } from "@/shared/ui/use-tell";
import { moveTo, setPriority } from "../model/commands";
import { useQueueRows } from "./use-rows";
import { useQueues } from "../model/reads";
import styles from "./Dialogs.module.css";

type Props = { live: LiveInteraction; onClose: () => void };

/** Another queue for somebody who waits. */
export function MoveDialog({ live, onClose }: Props) {
  const { t } = useTranslation("floor");
  const words = useFailureText();
  const queues = useQueues();
  const rows = useQueueRows().filter((row) => row.id !== live.queue && (queues.get(row.id)?.brand ?? live.brand) === live.brand);
  const [queue, setQueue] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const chosen = queue || rows[0]?.id || "";
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await moveTo(live.id, chosen);
    setBusy(false);
    if (!done.ok) return setError(words(done.failure));
    notify(t("move.done", { queue: rows.find((row) => row.id === chosen)?.label ?? chosen }));
    onClose();
  };
  return (
    <Dialog title={t("move.title", { name: live.customer_name || t("customer") })} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <SelectField label={t("move.to")} error={error} value={chosen} onChange={(event) => setQueue(event.target.value)}>
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {t("move.option", { queue: row.label, count: row.waiting })}
            </option>
          ))}
        </SelectField>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={chosen === ""}>
            {t("move.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const boosts = ["0", "3", "6", "10"] as const;

/** How far in front of others somebody who waits stands. */
export function PriorityDialog({ live, onClose }: Props) {
  const { t } = useTranslation("floor");
  const words = useFailureText();
  const [boost, setBoost] = useState<(typeof boosts)[number]>("6");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await setPriority(live.id, Number(boost));
    setBusy(false);
    if (!done.ok) return setError(words(done.failure));
    notify(t("priority.done", { boost: t(`boost.${boost}`) }));
    onClose();
  };
  return (
    <Dialog title={t("priority.title", { name: live.customer_name || t("customer") })} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <Choice label={t("priority.label")} value={boost} options={boosts.map((value) => ({ value, label: t(`boost.${value}`) }))} onChange={setBoost} />
        {error !== undefined && <p role="alert">{error}</p>}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("priority.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
