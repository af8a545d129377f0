import { useTranslation } from "react-i18next";
import { useDraft } from "@/api/use-draft";
import { Button } from "@/shared/ui/Button";
import { useMessageDraft } from "../store/drafts";
import { say } from "../store/outbox";
import { WrittenWords } from "./WrittenWords";
import styles from "./LeftOver.module.css";

/** What was being written when the conversation ended: it can no longer be sent, and is the agent's to keep or to let go. */
export function LeftOver({ id }: { id: string }) {
  const { t } = useTranslation("agent");
  const [message, setMessage] = useMessageDraft(id);
  const [note, setNote] = useDraft("note", id, "");
  const left = [
    { kind: "message" as const, text: message.trim(), clear: () => setMessage("") },
    { kind: "note" as const, text: note.trim(), clear: () => setNote("") },
  ].filter((one) => one.text !== "");
  if (left.length === 0) return null;
  return (
    <section className={styles.left} aria-label={t("leftOver.title")}>
      {left.map(({ kind, text, clear }) => (
        <div key={kind} className={styles.line}>
          <p className={styles.words}>
            {t(`leftOver.${kind}`)} <WrittenWords text={text} />
          </p>
          <Button
            onClick={() => {
              say(id, "note", text);
              clear();
            }}
          >
            {t("leftOver.keep")}
          </Button>
          <Button kind="quiet" onClick={clear}>{t("leftOver.discard")}</Button>
        </div>
      ))}
      <p>{t("leftOver.gone")}</p>
    </section>
  );
}
