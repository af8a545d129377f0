import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked, type Failure } from "@/api/result";
import { isTooShort } from "@/shared/password";
import { CardForm, CardPage } from "@/shared/ui/CardPage";
import { TextField } from "@/shared/ui/Field";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "./PasswordPage.module.css";

/** Where an invitation and a reset link lead: `/password#SECRET`. With no secret one asks for a link. */
export function PasswordPage() {
  const { t } = useTranslation("password");
  const [secret] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [done, setDone] = useState(false);
  const title = t(done ? "done" : secret === "" ? "forgotten" : "choose");
  return (
    <CardPage title={title}>
      {!done && (secret === "" ? <Ask /> : <ChooseForm secret={secret} onDone={() => setDone(true)} />)}
      {done && <p>{t("doneWords")}</p>}
      <a href="/" className={styles.back}>
        {t("toSignIn")}
      </a>
    </CardPage>
  );
}

function ChooseForm({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation("password");
  const words = useFailureText();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const short = isTooShort(password);
  const differs = password !== again;
  const submit = async () => {
    setTried(true);
    if (short || differs) return;
    setBusy(true);
    const set = await asked(api.POST("/api/v1/password-resets/complete", { body: { secret, password } }));
    setBusy(false);
    if (!set.ok) return setFailure(set.failure);
    window.history.replaceState(null, "", "/password");
    onDone();
  };
  const over = failure?.code === "link_expired";
  return (
    <CardForm submit={t("set")} busy={busy} failure={failure && (over ? t("over") : words(failure))} onSubmit={() => void submit()}>
      <p className={styles.words}>{t("rules")}</p>
      <TextField label={t("password")} type="password" autoComplete="new-password" autoFocus value={password} error={tried && short ? t("short") : undefined} onChange={(event) => setPassword(event.target.value)} />
      <TextField label={t("again")} type="password" autoComplete="new-password" value={again} error={tried && !short && differs ? t("differs") : undefined} onChange={(event) => setAgain(event.target.value)} />
    </CardForm>
  );
}

function Ask() {
  const { t } = useTranslation("password");
  const words = useFailureText();
  const [login, setLogin] = useState("");
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async () => {
    if (login.trim() === "") return;
    setBusy(true);
    const asking = await asked(api.POST("/api/v1/password-resets", { body: { login: login.trim() } }));
    setBusy(false);
    setFailure(asking.ok ? null : asking.failure);
    setSent(asking.ok);
  };
  if (sent) return <p role="status">{t("sent")}</p>;
  return (
    <CardForm submit={t("ask")} busy={busy} failure={failure && words(failure)} ready={login.trim() !== ""} onSubmit={() => void submit()}>
      <p className={styles.words}>{t("askWords")}</p>
      <TextField label={t("login")} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus value={login} onChange={(event) => setLogin(event.target.value)} />
    </CardForm>
  );
}
