import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes } from "react-router";
import { useMe } from "@/api/use-session";
import { defineActions, useAction } from "@/shared/actions/actions";
import { useActionKeys } from "@/shared/actions/keys";
import { nextTheme } from "@/shared/theme/theme";
import { Notices } from "@/shared/ui/Notices";
import { Empty, Skeleton } from "@/shared/ui/States";
import { areasOf, home, type Area } from "./areas";
import { ConnectionBand } from "./ConnectionBand";
import { Header } from "./Header";
import { KeysDialog } from "./KeysDialog";
import { Palette } from "./Palette";
import { PageBoundary } from "./PageBoundary";
import styles from "./Shell.module.css";

defineActions([
  { id: "app.palette", key: "Ctrl+k", label: "common:action.palette", group: "common:group.everywhere" },
  { id: "app.keys", key: "?", label: "common:action.keys", group: "common:group.everywhere" },
  { id: "app.theme", label: "common:action.theme", group: "common:group.everywhere" },
]);

/** Everybody's, and not a part of the desk: from the account's menu. */
const AccountPage = lazy(() => import("@/features/account/AccountPage"));

/** What is around every page: header, connection, palette, keys, notices. */
export function Shell() {
  const { t } = useTranslation();
  const areas = areasOf(useMe());
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useActionKeys();
  useAction("app.palette", () => setOpen(open === "palette" ? null : "palette"));
  useAction("app.keys", () => setOpen("keys"));
  useAction("app.theme", nextTheme);
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("skip")}
      </a>
      <Header areas={areas} />
      <ConnectionBand />
      <div id="content" className={styles.content} tabIndex={-1}>
        <PageBoundary>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Pages areas={areas} />
          </Suspense>
        </PageBoundary>
      </div>
      <Suspense>
        {areas.map(({ path, watch: Watch }) => Watch && <Watch key={path} />)}
      </Suspense>
      {open === "palette" && <Palette areas={areas} onClose={() => setOpen(null)} />}
      {open === "keys" && <KeysDialog onClose={() => setOpen(null)} />}
      <Notices />
    </div>
  );
}

function Pages({ areas }: { areas: readonly Area[] }) {
  const begin = home(areas);
  return (
    <Routes>
      <Route path="/account" element={<AccountPage />} />
      {areas.map(({ path, page: Page }) => (
        <Route key={path} path={`${path}/*`} element={<Page />} />
      ))}
      <Route path="*" element={begin ? <Navigate to={begin.path} replace /> : <Nowhere />} />
    </Routes>
  );
}

function Nowhere() {
  const { t } = useTranslation();
  return (
    <main>
      <Empty title={t("noArea.title")}>{t("noArea.words")}</Empty>
    </main>
  );
}
