import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { dismiss, notices } from "./notices";
import styles from "./Notices.module.css";

export function Notices() {
  const { t } = useTranslation();
  const list = useStore(notices).list;
  return (
    <div className={styles.notices} role="status">
      <ul className={styles.list}>
        {list.map((one) => (
          <li key={one.id} className={[styles.notice, one.tone === "bad" && styles.bad].filter(Boolean).join(" ")}>
            <span>{one.text}</span>
            <Button kind="quiet" aria-label={t("dismiss")} icon={<Icon name="cross" />} onClick={() => dismiss(one.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
