import { useTranslation } from "react-i18next";
import type { CannedReply } from "@/api/types";
import styles from "./CannedList.module.css";

type Props = { id: string; replies: readonly CannedReply[]; at: number; onTake: (reply: CannedReply) => void };

export function CannedList({ id, replies, at, onTake }: Props) {
  const { t } = useTranslation("agent");
  return (
    <ul id={id} role="listbox" aria-label={t("canned.title")} className={styles.list}>
      {replies.map((reply, index) => (
        <li
          key={reply.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={styles.reply}
          // The text keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(reply);
          }}
        >
          <span className={styles.shortcut}>/{reply.shortcut}</span>
          <span className={styles.title}>{reply.title}</span>
          <span className={styles.text}>{reply.text}</span>
        </li>
      ))}
    </ul>
  );
}
