import { useTranslation } from "react-i18next";
import type { LiveInteraction } from "@/api/types";
import { Icon } from "@/shared/ui/Icon";
import styles from "./Listeners.module.css";

/** Which supervisors are on the call, and who hears them. Whoever is listened to knows it. */
export function Listeners({ live }: { live: LiveInteraction }) {
  const { t } = useTranslation("agent");
  const listeners = live.parties.filter(({ kind }) => kind !== "consulted" && kind !== "joined");
  return (
    <div role="status" aria-label={t("listeners.title")}>
      {listeners.map(({ user, name, kind }) => (
        <p key={user} className={styles.line}>
          <Icon name="person" size={14} />
          {t(`listeners.${kind}`, { name: name || t("listeners.somebody") })}
        </p>
      ))}
    </div>
  );
}
