import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { notify } from "@/shared/ui/notices";
import { Secret } from "@/shared/ui/Secret";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "./Extras.module.css";

interface Link {
  address: string;
  until: number;
}

/** How somebody gets in: a link to set a password, and the end of a second factor that was lost. */
export function UserAccess({ id }: { id: string }) {
  const { t, i18n } = useTranslation("admin");
  const me = useMe();
  const words = useFailureText();
  const [link, setLink] = useState<Link | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<"link" | "factor" | null>(null);
  const [sure, setSure] = useState(false);
  const path = { params: { path: { id } } };
  if (!may(me, "users.write")) return null;
  const invite = async () => {
    setBusy("link");
    const made = await asked(api.POST("/api/v1/users/{id}/invitation", path));
    setBusy(null);
    setFailure(made.ok ? null : words(made.failure));
    if (made.ok) setLink({ address: `${window.location.origin}/password#${made.value.secret}`, until: Date.parse(made.value.expires_at) });
  };
  const removeFactor = async () => {
    if (!sure) return setSure(true);
    setSure(false);
    setBusy("factor");
    const done = await asked(api.POST("/api/v1/users/{id}/second-factor/remove", path));
    setBusy(null);
    setFailure(done.ok ? null : words(done.failure));
    if (done.ok) notify(t("access.factorRemoved"));
  };
  return (
    <section className={styles.box} aria-label={t("access.title")}>
      <div className={styles.part}>
        <h3 className={styles.title}>{t("access.title")}</h3>
        <p className={styles.words}>{t("access.words")}</p>
        {link && <Secret label={t("access.link")} words={t("access.linkWords", { until: exactText(link.until, i18n.language) })} text={link.address} />}
        {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
        <div className={styles.buttons}>
          <Button busy={busy === "link"} onClick={() => void invite()}>{t("access.invite")}</Button>
          {id !== me.user && (
            <Button busy={busy === "factor"} onClick={() => void removeFactor()} onBlur={() => setSure(false)}>
              {t(sure ? "access.factorSure" : "access.factor")}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
