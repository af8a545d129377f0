import { useTranslation } from "react-i18next";
import { Inbox } from "./parts/Inbox";
import { useWatchedInbox } from "./parts/use-inbox";
import styles from "./InboxPage.module.css";

/** The inbox by itself, for whoever sees to flags and has no floor. */
export default function InboxPage() {
  const { t } = useTranslation("floor");
  useWatchedInbox();
  return (
    <main className={styles.page}>
      <h1 className="visually-hidden">{t("tab.inbox")}</h1>
      <div className={styles.list}>
        <Inbox />
      </div>
    </main>
  );
}
