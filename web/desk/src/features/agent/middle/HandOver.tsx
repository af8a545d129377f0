import { useTranslation } from "react-i18next";
import { useAction } from "@/shared/actions/actions";
import { clockText, dueText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import type { Conversation } from "../model/conversation";
import type { Slot } from "../model/hands";
import { promisesOf } from "../model/wrap-up";
import { acknowledge } from "../store/commands";
import styles from "./HandOver.module.css";

/** What a colleague hands over, to be read before the customer is spoken to. */
export function HandOver({ slot, conversation }: { slot: Slot; conversation: Conversation }) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  useAction("agent.acknowledge", () => void acknowledge(slot.interaction));
  const notes = conversation.events.filter((one) => one.kind === "note");
  const promises = promisesOf(conversation.events);
  const open = conversation.checklist.filter((one) => one.state === "met").length;
  const left = slot.until === null ? null : clockText(Date.parse(slot.until) - now);
  return (
    <section className={styles.panel} aria-label={t("handOver.title")}>
      <h3 className={styles.title}>{t("handOver.title")}</h3>
      <p className={styles.words}>{t("handOver.words", { name: conversation.live?.customer_name || t("customer.unnamed") })}</p>
      {notes.length + promises.length > 0 && (
        <ul className={styles.list}>
          {notes.map((one) => (
            <li key={one.id}>{t("handOver.note", { text: one.text })}</li>
          ))}
          {promises.map((one) => (
            <li key={one.id}>
              {t("handOver.promise", { text: one.text ?? one["what"] ?? "" })}
              {typeof one["due"] === "string" && ` · ${dueText(Date.parse(one["due"]), now, i18n.language)}`}
            </li>
          ))}
        </ul>
      )}
      {notes.length + promises.length === 0 && <p className={styles.words}>{t("handOver.noNotes")}</p>}
      <div className={styles.buttons}>
        <span className={styles.words}>
          {t("handOver.done", { count: open })}
          {left !== null && ` · ${t("handOver.left", { time: left })}`}
        </span>
        <ActionButton action="agent.acknowledge" kind="primary" />
      </div>
    </section>
  );
}
