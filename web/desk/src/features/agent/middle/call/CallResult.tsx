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
import { hold, takeBack, tellNow, tellSoon, useTelling } from "@/features/agent/store/call-result";
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

/** Told as soon as it is chosen, a later time with its button or the wrap-up; the last word before the conversation is closed counts. */
function Chosen({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  const { told, failure, sends, held } = useTelling(id);
  const [chosen, setChosen] = useDraft<Came | null>("call-result", id, told);
  const [tomorrow] = useState(() => inLocal(nextMorning(Date.now())));
  const [at, setAt] = useDraft("call-result-at", id, tomorrow);
  const moment = fromLocal(at);
  const holdLater = (time: string) => hold(id, "later", fromLocal(time) ?? undefined);
  const choose = (came: Came) => {
    setChosen(came);
    // With the arrow keys one passes those between: only where one stays is told.
    if (came === "later") holdLater(at);
    else tellSoon(id, came);
  };
  const changeTime = (time: string) => {
    setAt(time);
    holdLater(time);
  };
  const letGo = () => {
    takeBack(id);
    setChosen(told);
  };
  const state = sends ? t("result.sends") : held ? t("result.held") : told !== null && told === chosen && failure === null ? t("result.told", { what: t(`result.came.${told}`) }) : chosen === null ? t("result.untold") : "";
  return (
    <div className={styles.result}>
      <Choice label={t("result.of")} hideLabel value={chosen} options={all.map((value) => ({ value, label: t(`result.came.${value}`) }))} onChange={choose} />
      {chosen === "later" && (
        <div className={styles.later}>
          <TextField label={t("preview.at")} type="datetime-local" value={at} onChange={(event) => changeTime(event.target.value)} />
          <Button disabled={moment === null} onClick={() => void tellNow(id)}>
            {t("result.tell")}
          </Button>
        </div>
      )}
      <p role="status" className={styles.told}>
        {state}
      </p>
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failureText(failure)} <Button onClick={() => void tellNow(id)}>{t("common:retry")}</Button> <Button kind="quiet" onClick={letGo}>{t("result.takeBack")}</Button>
        </p>
      )}
    </div>
  );
}
