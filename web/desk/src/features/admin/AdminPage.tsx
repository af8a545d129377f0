import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Route, Routes, useParams } from "react-router";
import { may } from "@/api/session";
import type { Principal } from "@/api/types";
import { useMe } from "@/api/use-session";
import { Audit } from "./parts/Audit";
import { ItemForm } from "./parts/ItemForm";
import { ItemList } from "./parts/ItemList";
import { resourceOf, resources } from "./model/resources";
import "./actions";
import styles from "./AdminPage.module.css";

/** The kinds that somebody may read, and the audit log. */
const sectionsOf = (me: Principal): string[] => [...resources.filter((one) => may(me, ...one.reads)).map((one) => one.id), ...(may(me, "audit.read") ? ["audit"] : [])];

export default function AdminPage() {
  const { t } = useTranslation("admin");
  const sections = sectionsOf(useMe());
  return (
    <div className={styles.page}>
      <nav aria-label={t("area")} className={styles.nav}>
        {sections.map((id) => (
          <NavLink key={id} to={`/admin/${id}`} className={styles.link ?? ""}>
            {t(`kind.${id}`)}
          </NavLink>
        ))}
      </nav>
      <main className={styles.main}>
        <Routes>
          {sections.includes("audit") && <Route path="audit" element={<Audit />} />}
          <Route path=":kind" element={<Section />} />
          <Route path=":kind/:id" element={<Section />} />
          <Route path="*" element={<Navigate to={`/admin/${sections[0] ?? ""}`} replace />} />
        </Routes>
      </main>
    </div>
  );
}

/** A list, and beside it the item that is open. */
function Section() {
  const { kind, id } = useParams();
  const me = useMe();
  const resource = resourceOf(kind);
  if (!resource || !may(me, ...resource.reads)) return <Navigate to="/admin" replace />;
  return (
    <div className={[styles.section, id !== undefined && styles.open].filter(Boolean).join(" ")}>
      <ItemList key={resource.id} resource={resource} current={id} />
      {id !== undefined && <ItemForm key={`${resource.id}/${id}`} resource={resource} id={id === "+" ? null : id} />}
    </div>
  );
}
