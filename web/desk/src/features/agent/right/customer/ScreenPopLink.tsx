import { useTranslation } from "react-i18next";
import { hostOf } from "@/shared/screen-pop";
import { Icon } from "@/shared/ui/Icon";
import type { Conversation } from "@/features/agent/model/conversation";
import { useScreenPop } from "@/features/agent/store/screen-pop";
import styles from "./ScreenPopLink.module.css";

/** Leads to the customer in the brand's other system, where it has one. */
export function ScreenPopLink({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const url = useScreenPop(conversation);
  if (url === null) return null;
  return (
    <a className={styles.link} href={url} target="_blank" rel="noopener noreferrer" aria-keyshortcuts="Control+o">
      <Icon name="away" size={14} />
      <span>{t("screenPop.open", { host: hostOf(url) })}</span>
      <span className="visually-hidden">{t("screenPop.newTab")}</span>
    </a>
  );
}
