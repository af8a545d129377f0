import { useTranslation } from "react-i18next";
import { dueText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Icon } from "@/shared/ui/Icon";
import { useFloor } from "../model/floor";
import type { ChecklistItem } from "../model/state";
import styles from "./Checklist.module.css";

const none: readonly ChecklistItem[] = [];
const rank = (one: ChecklistItem) => (one.state === "missed" ? 0 : 2) + (one.critical ? 0 : 1);

/** What is missed and what is open now, as the agent's checklist has it; what is done folds into a count. */
export function Checklist({ id }: { id: string }) {
  const { t, i18n } = useTranslation("floor");
  const now = useNow();
  const items = useFloor((state) => state.checklists.get(id)) ?? none;
  const shown = items.filter((one) => one.state === "open" || one.state === "missed").toSorted((one, other) => rank(one) - rank(other));
  const met = items.filter((one) => one.state === "met").length;
  if (items.length === 0) return <p className={styles.none}>{t("checklist.none")}</p>;
  return (
    <details className={styles.box} open>
      <summary className={styles.summary}>{t("checklist.summary", { open: shown.length, met })}</summary>
      <ul className={styles.list} tabIndex={0}>
        {shown.map((one, at) => (
          <li key={`${one.practice}${at}`} className={[styles.item, one.state === "missed" && styles.missed].filter(Boolean).join(" ")} title={one.tip}>
            <Icon name={one.state === "missed" ? "cross" : "clock"} size={14} />
            <span className={styles.say}>{one.say}</span>
            {one.critical && <span className={styles.tag}>{t("checklist.critical")}</span>}
            <span className={styles.state}>{one.state === "missed" ? t("checklist.missed") : one.due_at === null ? t("checklist.open") : t("checklist.due", { time: dueText(Date.parse(one.due_at), now, i18n.language) })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
