import { memo } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Icon } from "@/shared/ui/Icon";
import { linesOf, type Line } from "../model/checklist";
import type { Conversation } from "../model/conversation";
import styles from "./ChecklistCard.module.css";
import panel from "./SidePanel.module.css";

/** What good handling asks for right now. It ticks itself from what is really said; a colleague, not a judge. */
export function ChecklistCard({ conversation, ended }: { conversation: Conversation; ended: boolean }) {
  const { t } = useTranslation("agent");
  const clock = useNow();
  const { now, later, missed, done } = linesOf(conversation.checklist, conversation.metAt, clock, ended);
  const all = now.length + later.length + missed.length + done.length;
  return (
    <section className={panel.section} aria-label={t("checklist.title")}>
      <h3 className={panel.title}>
        {t("checklist.title")}
        <span className={panel.aside}>{t("checklist.count", { count: done.length })}</span>
      </h3>
      {all === 0 && <p className={styles.words}>{t("checklist.empty")}</p>}
      <ul className={styles.list}>
        {now.map((line) => (
          <Item key={line.practice} {...shownOf(line, conversation, clock)} />
        ))}
      </ul>
      {all > 0 && now.length === 0 && missed.length === 0 && <p className={styles.words}>{t("checklist.allDone")}</p>}
      {missed.length > 0 && (
        <ul className={styles.missed} aria-label={t("checklist.missedTitle")}>
          {missed.map((line) => (
            <li key={line.practice}>
              <p>{t("checklist.missed", { say: line.say })}</p>
              {line.tip !== undefined && <p className={styles.words}>{line.tip}</p>}
            </li>
          ))}
        </ul>
      )}
      {later.length > 0 && <Folded title={t("checklist.later", { count: later.length })} lines={later} conversation={conversation} now={clock} />}
      {done.length > 0 && <Folded title={t("checklist.done", { count: done.length })} lines={done} conversation={conversation} now={clock} />}
    </section>
  );
}

function Folded({ title, lines, conversation, now }: { title: string; lines: readonly Line[]; conversation: Conversation; now: number }) {
  return (
    <details className={styles.folded}>
      <summary>{title}</summary>
      <ul className={styles.list}>
        {lines.map((line) => (
          <Item key={line.practice} {...shownOf(line, conversation, now)} />
        ))}
      </ul>
    </details>
  );
}

type ItemProps = { state: Line["state"]; say: string; tip: string | undefined; left: string | null; event: string | undefined; evidence: string | undefined };

function shownOf(line: Line, { events }: Conversation, now: number): ItemProps {
  const { state, say, tip, event } = line;
  const evidence = state === "met" && event !== undefined ? events.find((one) => one.id === event)?.text : undefined;
  return { state, say, tip, event, evidence, left: state === "due" && line.dueAt !== null ? clockText(line.dueAt - now) : null };
}

/** A line with its box; what shows it comes on hover and focus. */
const Item = memo(function Item({ state, say, tip, left, event, evidence }: ItemProps) {
  const { t } = useTranslation("agent");
  return (
    <li className={styles.item} data-state={state}>
      <span className={styles.box}>
        {state === "met" && <Icon name="check" size={12} />}
        <span className="visually-hidden">{t(`checklist.state.${state}`)}</span>
      </span>
      {evidence === undefined ? (
        <span className={styles.say} title={tip}>
          {say}
        </span>
      ) : (
        <a className={styles.say} href={`#event-${event ?? ""}`}>
          {say}
        </a>
      )}
      {left !== null && <span className={styles.due}>{left}</span>}
      {evidence !== undefined && <span className={styles.evidence}>{t("checklist.evidence", { text: evidence })}</span>}
    </li>
  );
});
