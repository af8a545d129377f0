import { useTranslation } from "react-i18next";
import { dueText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { TextField } from "@/shared/ui/Field";
import type { Conversation } from "../model/conversation";
import { fromLocal, inLocal } from "../model/due";
import { promisesOf, type HeardPromise, type WrapUp } from "../model/wrap-up";
import styles from "./WrapUpForm.module.css";

type Props = { conversation: Conversation; filled: WrapUp; onChange: (more: Partial<WrapUp>) => void };

/** What was promised: as it was written down, and what was heard and is written down with the wrap-up unless it is taken out. */
export function WrapUpPromises({ conversation, filled, onChange }: Props) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const written = promisesOf(conversation.events);
  const change = (at: number, more: Partial<HeardPromise>) => onChange({ heard: filled.heard.map((one, index) => (index === at ? { ...one, ...more } : one)) });
  if (written.length + filled.heard.length === 0) return <p className={styles.words}>{t("wrapUp.noPromises")}</p>;
  return (
    <div className={styles.promised}>
      {written.length > 0 && (
        <div>
          <p className={styles.words}>{t("wrapUp.promises")}</p>
          <ul className={styles.promises}>
            {written.map((one) => (
              <li key={one.id}>
                {one.text ?? String(one["what"] ?? "")}
                {typeof one["due"] === "string" && <strong> {dueText(Date.parse(one["due"]), now, i18n.language)}</strong>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {filled.heard.length > 0 && (
        <fieldset className={styles.heard}>
          <legend className={styles.words}>{t("wrapUp.heard")}</legend>
          <ul>
            {filled.heard.map((one, at) => (
              <HeardLine key={`${one.event} ${at}`} one={one} onChange={(more) => change(at, more)} />
            ))}
          </ul>
        </fieldset>
      )}
    </div>
  );
}

function HeardLine({ one, onChange }: { one: HeardPromise; onChange: (more: Partial<HeardPromise>) => void }) {
  const { t } = useTranslation("agent");
  const due = (text: string) => {
    const moment = fromLocal(text);
    if (moment !== null) onChange({ due: Date.parse(moment) });
  };
  return (
    <li className={styles.heardLine} data-off={!one.keep || undefined}>
      <input type="checkbox" aria-label={t("wrapUp.heardKeep", { text: one.text })} checked={one.keep} onChange={(event) => onChange({ keep: event.target.checked })} />
      <TextField label={t("wrapUp.heardText")} hideLabel maxLength={500} value={one.text} disabled={!one.keep} onChange={(event) => onChange({ text: event.target.value })} />
      <TextField label={t("wrapUp.heardDue")} hideLabel type="datetime-local" value={inLocal(one.due)} disabled={!one.keep} onChange={(event) => due(event.target.value)} />
    </li>
  );
}

/** What is left to do, for the outcome that says that something is. */
export function FollowUp({ filled, onChange }: Omit<Props, "conversation">) {
  const { t } = useTranslation("agent");
  const { what, due } = filled.followUp;
  const change = (text: string) => {
    const moment = fromLocal(text);
    if (moment !== null) onChange({ followUp: { what, due: Date.parse(moment) } });
  };
  return (
    <div className={styles.followUp}>
      <TextField label={t("wrapUp.followUp")} placeholder={t("wrapUp.followUpHint")} maxLength={500} value={what} onChange={(event) => onChange({ followUp: { what: event.target.value, due } })} />
      <TextField label={t("wrapUp.followUpDue")} type="datetime-local" value={inLocal(due)} disabled={what.trim() === ""} onChange={(event) => change(event.target.value)} />
    </div>
  );
}
