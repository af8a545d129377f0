import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "@/api/use-draft";
import { Button } from "@/shared/ui/Button";
import { Choice, TextField } from "@/shared/ui/Field";
import { verdictOf, type Practice, type Verdict } from "../model/ledger";
import styles from "./OverrideForm.module.css";

const verdicts: readonly Verdict[] = ["met", "missed", "not_applicable", "not_assessed"];
const reasonMax = 500;

type Props = {
  id: string;
  practice: Practice;
  busy: boolean;
  /** True: it was taken. */
  onSay: (verdict: Verdict, reason: string) => Promise<boolean>;
  onCancel: () => void;
};

/** Another verdict, with the reason in one line, which outlives a look at other evidence. The likeliest other one is chosen already. */
export function OverrideForm({ id, practice, busy, onSay, onCancel }: Props) {
  const { t } = useTranslation("review");
  const now = verdictOf(practice);
  const [verdict, setVerdict] = useState<Verdict>(now === "met" ? "missed" : "met");
  const [reason, setReason] = useDraft("override", `${practice.id}.${id}`, "");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setMissing(true);
    void onSay(verdict, reason.trim()).then((taken) => taken && setReason(""));
  };
  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onCancel()}>
      <Choice label={t("override.verdict")} value={verdict} options={verdicts.filter((one) => one !== practice.verdict).map((value) => ({ value, label: t(`verdict.${value}`) }))} onChange={setVerdict} />
      <TextField label={t("override.reason")} value={reason} maxLength={reasonMax} autoFocus error={missing && reason.trim() === "" ? t("override.missing") : undefined} onChange={(event) => setReason(event.target.value)} />
      <div className={styles.buttons}>
        <Button
          onClick={() => {
            setReason("");
            onCancel();
          }}
        >
          {t("override.cancel")}
        </Button>
        <Button kind="primary" type="submit" busy={busy}>{t("override.send")}</Button>
      </div>
    </form>
  );
}
