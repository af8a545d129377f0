import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Route, Routes, useParams } from "react-router";
import { may } from "@/api/session";
import type { Principal } from "@/api/types";
import { useMe } from "@/api/use-session";
import { Audit } from "./parts/Audit";
import { Import } from "./parts/Import";
import { ItemExtras } from "./parts/ItemExtras";
import { ItemForm } from "./parts/ItemForm";
import { ItemList } from "./parts/ItemList";
import { NewWebhook } from "./parts/NewWebhook";
import { resourceOf, resources, type Resource } from "./model/resources";
import "./actions";
import styles from "./AdminPage.module.css";

/** The kinds that somebody may read, the import of users, and the audit log. */
const sectionsOf = (me: Principal): string[] => [...resources.filter((one) => may(me, ...one.reads)).map((one) => one.id), ...(may(me, "users.write") ? ["import"] : []), ...(may(me, "audit.read") ? ["audit"] : [])];

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
          {sections.includes("import") && <Route path="import" element={<Import />} />}
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
      {id !== undefined && <Item key={`${resource.id}/${id}`} resource={resource} id={id === "+" ? null : id} />}
    </div>
  );
}

/** The form of an item, and below it what else can be done with it. `null`: a new one. */
function Item({ resource, id }: { resource: Resource; id: string | null }) {
  if (resource.id === "webhooks" && id === null) return <NewWebhook resource={resource} />;
  return (
    <div className={styles.item}>
      <ItemForm resource={resource} id={id} />
      {id !== null && <ItemExtras resource={resource} id={id} />}
    </div>
  );
}
