import { useTranslation } from "react-i18next";
import { Skeleton } from "@/shared/ui/States";
import type { Slot } from "../model/hands";
import { useConversation } from "../store/desk";
import { ChecklistCard } from "./ChecklistCard";
import { CueCard } from "./CueCard";
import { CustomerCard } from "./CustomerCard";
import { FrameworkCard } from "./FrameworkCard";
import styles from "./SidePanel.module.css";

/** What helps with this conversation, in the order of attention. */
export function SidePanel({ slot }: { slot: Slot }) {
  const { t } = useTranslation("agent");
  const conversation = useConversation(slot.interaction);
  if (!conversation?.loaded) {
    return (
      <div className={styles.section}>
        <Skeleton lines={5} />
      </div>
    );
  }
  const ended = slot.state === "wrap_up";
  return (
    <>
      <h2 className="visually-hidden">{t("right")}</h2>
      {!ended && <CueCard conversation={conversation} />}
      <ChecklistCard conversation={conversation} ended={ended} />
      <CustomerCard conversation={conversation} slot={slot} />
      <FrameworkCard conversation={conversation} />
    </>
  );
}
