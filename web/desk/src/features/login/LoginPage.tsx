import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { logIn } from "@/api/login";
import type { Failure } from "@/api/result";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import styles from "./LoginPage.module.css";

/** Login, and the second factor where the account has one. `ended`: a session ran out under somebody's hands. */
export function LoginPage({ ended }: { ended: boolean }) {
  const { t } = useTranslation("login");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const asksForCode = code !== null;

  useEffect(() => {
    if (asksForCode) codeField.current?.focus();
  }, [asksForCode]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lacking = name.trim() === "" || password === "";
    setMissing(lacking);
    if (lacking) return;
    setBusy(true);
    const done = await logIn(name.trim(), password, code ?? "");
    setBusy(false);
    if (done.ok) return;
    const needsCode = done.failure.code === "second_factor_needed";
    if (needsCode) setCode("");
    setFailure(needsCode ? null : done.failure);
  };

  const needed = (value: string) => (missing && value.trim() === "" ? t("missing") : undefined);
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={(event) => void submit(event)} noValidate>
        <p className={styles.product}>{t("common:product")}</p>
        <h1 className={styles.title}>{t("title")}</h1>
        {ended && <p className={styles.ended}>{t("ended")}</p>}
        <TextField label={t("name")} value={name} error={needed(name)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus onChange={(event) => setName(event.target.value)} />
        <TextField label={t("password")} type="password" value={password} error={needed(password)} autoComplete="current-password" onChange={(event) => setPassword(event.target.value)} />
        {asksForCode && (
          <>
            <p>{t("needsCode")}</p>
            <TextField ref={codeField} label={t("code")} hint={t("codeHint")} value={code} inputMode="numeric" autoComplete="one-time-code" onChange={(event) => setCode(event.target.value)} />
          </>
        )}
        {failure && (
          <p role="alert" className={styles.failure}>
            <Words failure={failure} withCode={asksForCode} />
          </p>
        )}
        <Button type="submit" kind="primary" busy={busy} className={styles.submit}>
          {t("submit")}
        </Button>
        <a href="/password" className={styles.forgotten}>
          {t("forgotten")}
        </a>
      </form>
    </main>
  );
}

function Words({ failure, withCode }: { failure: Failure; withCode: boolean }) {
  const { t } = useTranslation("login");
  if (failure.code === "wrong_credentials") return t(withCode ? "wrongCode" : "wrong");
  if (failure.code === "locked_out") return t("lockedOut", { seconds: failure.retryAfterSeconds ?? 15 });
  return t([`common:failure.${failure.code}`, "common:failure.other"]);
}
