import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked, fetched } from "@/api/result";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { Secret } from "@/shared/ui/Secret";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "./Extras.module.css";

/** 256 bits of chance, as letters and digits. */
function newSecret(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The secret by which the brand's web site says who its visitor is: made here, shown once, never read back. */
export function IdentityKey({ brand }: { brand: string }) {
  const { t, i18n } = useTranslation("admin");
  const me = useMe();
  const words = useFailureText();
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const key = ["admin", "identity-key", brand];
  const path = { params: { path: { id: brand } } };
  const read = useQuery({ queryKey: key, enabled: may(me, "brands.write"), queryFn: () => fetched(api.GET("/api/v1/brands/{id}/identity-key", path)) });
  if (!may(me, "brands.write")) return null;
  const set = async () => {
    const made = newSecret();
    const done = await asked(api.PUT("/api/v1/brands/{id}/identity-key", { ...path, body: { secret: made } }));
    setFailure(done.ok ? null : words(done.failure));
    if (done.ok) setSecret(made);
    await queries.invalidateQueries({ queryKey: key });
  };
  const remove = async () => {
    if (!sure) return setSure(true);
    setSure(false);
    const done = await asked(api.DELETE("/api/v1/brands/{id}/identity-key", path));
    setFailure(done.ok ? null : words(done.failure));
    setSecret(null);
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <section className={styles.box} aria-label={t("identity.title")}>
      <div className={styles.part}>
        <h3 className={styles.title}>{t("identity.title")}</h3>
        <p className={styles.words}>{t("identity.words")}</p>
        {read.isPending && <Skeleton lines={1} />}
        {read.isError && <Failed code="other" retry={() => void read.refetch()} />}
        {read.data && <p>{read.data.set && read.data.changed_at !== null ? t("identity.since", { at: exactText(Date.parse(read.data.changed_at), i18n.language) }) : t("identity.none")}</p>}
        {secret !== null && <Secret label={t("identity.secret")} words={t("identity.secretWords")} text={secret} />}
        {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
        <div className={styles.buttons}>
          <Button onClick={() => void set()}>{t(read.data?.set ? "identity.replace" : "identity.make")}</Button>
          {read.data?.set && <Button onClick={() => void remove()} onBlur={() => setSure(false)}>{t(sure ? "identity.removeSure" : "identity.remove")}</Button>}
        </div>
      </div>
    </section>
  );
}
