import { useTranslation } from "react-i18next";
import { Route, Routes, useParams } from "react-router";
import { Empty } from "@/shared/ui/States";
import "./actions";
import { hasChanges } from "./model/draft";
import { PlaybookView } from "./parts/PlaybookView";
import { TrialView } from "./parts/TrialView";
import { VersionList } from "./parts/VersionList";
import styles from "./PlaybooksPage.module.css";

// The browser asks before a page with changes that are not saved goes away, wherever on the desk one is by then.
window.addEventListener("beforeunload", (event) => hasChanges() && event.preventDefault());

/** What good service is here: playbooks to read, to change, to try on what has happened, and to make live. */
export default function PlaybooksPage() {
  return (
    <Routes>
      <Route index element={<Frame />} />
      <Route path="trials/:trial" element={<Frame />} />
      <Route path=":id" element={<Frame />} />
    </Routes>
  );
}

function Frame() {
  const { t } = useTranslation("playbooks");
  const { id, trial } = useParams();
  return (
    <div className={styles.page}>
      <VersionList playbook={id} trial={trial} />
      <main className={styles.main}>
        {id !== undefined && <PlaybookView key={id} id={id} />}
        {trial !== undefined && <TrialView key={trial} id={trial} />}
        {id === undefined && trial === undefined && <Empty title={t("choose.title")}>{t("choose.words")}</Empty>}
      </main>
    </div>
  );
}
