import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import { signedOut } from "@/api/session";
import { isTooShort } from "@/shared/password";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "../AccountPage.module.css";

/** Another password; it ends every session of the account, this one too, and says so before. */
export function PasswordForm() {
  const { t } = useTranslation("account");
  const words = useFailureText();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const short = isTooShort(next);
  const differs = next !== again;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (current === "" || short || differs) return;
    setBusy(true);
    const done = await asked(api.POST("/api/v1/me/password", { body: { current, next } }));
    setBusy(false);
    if (done.ok) return signedOut();
    setFailure(done.failure.code === "wrong_credentials" ? t("password.wrong") : words(done.failure));
  };
  return (
    <section className={styles.section} aria-label={t("password.title")}>
      <h2>{t("password.title")}</h2>
      <p className={styles.words}>{t("password.words")}</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField label={t("password.current")} type="password" autoComplete="current-password" value={current} error={tried && current === "" ? t("needed") : undefined} onChange={(event) => setCurrent(event.target.value)} />
        <TextField label={t("password.next")} type="password" autoComplete="new-password" value={next} error={tried && short ? t("password.short") : undefined} onChange={(event) => setNext(event.target.value)} />
        <TextField label={t("password.again")} type="password" autoComplete="new-password" value={again} error={tried && !short && differs ? t("password.differs") : undefined} onChange={(event) => setAgain(event.target.value)} />
        {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
        <div className={styles.buttons}>
          <Button type="submit" busy={busy}>{t("password.change")}</Button>
        </div>
      </form>
    </section>
  );
}
