import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { logOut } from "@/api/login";
import { asked, fetched } from "@/api/result";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import styles from "../AccountPage.module.css";

const key = ["account", "sessions"];

/** Where one is signed in; each can be ended, this browser's as well. */
export function Sessions() {
  const { t, i18n } = useTranslation("account");
  const now = useNow();
  const tell = useTell();
  const queries = useQueryClient();
  const read = useQuery({ queryKey: key, staleTime: 0, queryFn: async () => (await fetched(api.GET("/api/v1/me/sessions"))).items });
  const end = async (id: string, current: boolean) => {
    const done = await (current ? logOut() : asked(api.DELETE("/api/v1/me/sessions/{id}", { params: { path: { id } } })));
    if (!done.ok) tell(done.failure);
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <section className={styles.section} aria-label={t("sessions.title")}>
      <h2>{t("sessions.title")}</h2>
      {read.isPending && <Skeleton lines={3} />}
      {read.isError && <Failed code="other" retry={() => void read.refetch()} />}
      <ul className={styles.sessions}>
        {read.data?.map((one) => (
          <li key={one.id} className={styles.session}>
            <span>
              {one.label || one.address || t("sessions.unnamed")} {one.current && <strong className={styles.here}>{t("sessions.here")}</strong>}
            </span>
            <p title={exactText(Date.parse(one.created_at), i18n.language)}>
              {t("sessions.used", { ago: agoText(Date.parse(one.last_used), now, i18n.language) })}
              {one.label !== "" && one.address !== "" && ` · ${one.address}`}
            </p>
            <Button onClick={() => void end(one.id, one.current === true)}>{t("sessions.end")}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
