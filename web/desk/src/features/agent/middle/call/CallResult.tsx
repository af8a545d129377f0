import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallResult as Came } from "@/api/types";
import { useDraft } from "@/api/use-draft";
import { Button } from "@/shared/ui/Button";
import { Choice, TextField } from "@/shared/ui/Field";
import type { Conversation } from "@/features/agent/model/conversation";
import { fromLocal, inLocal, nextMorning } from "@/features/agent/model/due";
import { consentOf, isOfList, purposeOf, type Consent as ConsentState } from "@/features/agent/model/purpose";
import { failureText, record } from "@/features/agent/store/commands";
import { tellAgain, tellNothing, tellSoon, useTelling } from "@/features/agent/store/call-result";
import styles from "./CallResult.module.css";

const all: readonly Came[] = ["reached", "voicemail", "later", "wrong_number", "do_not_call"];

/** Why we call; of a call of a list also what came of it, which decides whether they are called again. */
export function CallResult({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const purpose = purposeOf(conversation.events);
  const listed = isOfList(conversation.events);
  const consent = consentOf(conversation.events);
  if (purpose === null && !listed && consent === null) return null;
  return (
    <section className={styles.bar} aria-label={t("result.title")}>
      {purpose !== null && (
        <p className={styles.purpose}>
          <strong>{t("result.purpose")}</strong> {purpose}
        </p>
      )}
      {consent !== null && <Consent id={conversation.id} said={consent} />}
      {listed && <Chosen id={conversation.id} />}
    </section>
  );
}

/** Whether they may be recorded, as they said it to the agent or by a key. */
function Consent({ id, said }: { id: string; said: ConsentState }) {
  const { t } = useTranslation("agent");
  const [failure, setFailure] = useState<string | null>(null);
  const tell = async (given: boolean) => {
    const done = await record(id, { kind: "consent", given });
    setFailure(done.ok ? null : failureText(done.failure));
  };
  return (
    <div className={styles.result}>
      <p role="status">{t(`result.${({ asked: "consent", prompted: "prompted", given: "consented", refused: "declined" } as const)[said]}`)}</p>
      {said !== "given" && said !== "prompted" && <Button kind="primary" onClick={() => void tell(true)}>{t("result.agreed")}</Button>}
      {said !== "refused" && said !== "prompted" && <Button onClick={() => void tell(false)}>{t("result.refused")}</Button>}
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </div>
  );
}

/** Told as soon as it is chosen; the last word before the conversation is closed counts. */
function Chosen({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  const { told, failure, sends } = useTelling(id);
  const [chosen, setChosen] = useDraft<Came | null>("call-result", id, told);
  const [at, setAt] = useState(() => inLocal(nextMorning(Date.now())));
  const moment = fromLocal(at);
  const choose = (came: Came) => {
    setChosen(came);
    // With the arrow keys one passes those between: only where one stays is told.
    if (came === "later") tellNothing(id);
    else tellSoon(id, came);
  };
  return (
    <div className={styles.result}>
      <Choice label={t("result.of")} hideLabel value={chosen} options={all.map((value) => ({ value, label: t(`result.came.${value}`) }))} onChange={choose} />
      {chosen === "later" && (
        <div className={styles.later}>
          <TextField label={t("preview.at")} type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
          <Button disabled={moment === null} onClick={() => moment !== null && tellSoon(id, "later", moment)}>
            {t("result.tell")}
          </Button>
        </div>
      )}
      <p role="status" className={styles.told}>
        {sends ? t("result.sends") : told !== null && told === chosen && failure === null ? t("result.told", { what: t(`result.came.${told}`) }) : chosen === null ? t("result.untold") : ""}
      </p>
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failureText(failure)} <Button onClick={() => tellAgain(id)}>{t("common:retry")}</Button>
        </p>
      )}
    </div>
  );
}
