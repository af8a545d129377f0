import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Outlet, Route, Routes } from "react-router";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { AgreementPage } from "./AgreementPage";
import { FindPage } from "./FindPage";
import { InteractionPage } from "./InteractionPage";
import "./actions";
import styles from "./ReviewPage.module.css";

export default function ReviewPage() {
  const calibrates = may(useMe(), "verdicts.calibrate");
  return (
    <Routes>
      <Route element={<Frame tabs={calibrates} />}>
        <Route index element={<FindPage />} />
        {calibrates && <Route path="agreement" element={<AgreementPage />} />}
      </Route>
      <Route path=":id" element={<InteractionPage />} />
      <Route path="*" element={<Navigate to="/review" replace />} />
    </Routes>
  );
}

/** The parts of reviewing, for whoever has more than one. */
function Frame({ tabs }: { tabs: boolean }) {
  const { t } = useTranslation("review");
  if (!tabs) return <Outlet />;
  return (
    <div className={styles.frame}>
      <nav className={styles.tabs} aria-label={t("area")}>
        <NavLink to="/review" end className={styles.tab ?? ""}>{t("find.title")}</NavLink>
        <NavLink to="/review/agreement" className={styles.tab ?? ""}>{t("agreement.tab")}</NavLink>
      </nav>
      <Outlet />
    </div>
  );
}
