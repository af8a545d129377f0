import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { logIn } from "@/api/login";
import { fetched, type Failure } from "@/api/result";
import { CardForm, CardPage } from "@/shared/ui/CardPage";
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

  const submit = async () => {
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

  const words = useFailureWords(failure, asksForCode);
  const refusal = useRefusal();
  const needed = (value: string) => (missing && value.trim() === "" ? t("missing") : undefined);
  return (
    <CardPage title={t("title")}>
      <CardForm submit={t("submit")} busy={busy} failure={words} onSubmit={() => void submit()}>
        {ended && <p className={styles.ended}>{t("ended")}</p>}
        {refusal !== null && words === null && <p role="alert" className={styles.ended}>{refusal}</p>}
        <TextField label={t("name")} value={name} error={needed(name)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus onChange={(event) => setName(event.target.value)} />
        <TextField label={t("password")} type="password" value={password} error={needed(password)} autoComplete="current-password" onChange={(event) => setPassword(event.target.value)} />
        {asksForCode && (
          <>
            <p>{t("needsCode")}</p>
            <TextField ref={codeField} label={t("code")} hint={t("codeHint")} value={code} inputMode="numeric" autoComplete="one-time-code" onChange={(event) => setCode(event.target.value)} />
          </>
        )}
      </CardForm>
      <Provider />
      <a href="/password" className={styles.forgotten}>
        {t("forgotten")}
      </a>
    </CardPage>
  );
}

/** The way by another provider, where the centre has one: the server leads there and back. */
function Provider() {
  const { t } = useTranslation("login");
  const { data } = useQuery({ queryKey: ["login", "ways"], queryFn: () => fetched(api.GET("/api/v1/login")) });
  if (!data?.oidc) return null;
  return (
    <div className={styles.provider}>
      <span className={styles.or}>{t("or")}</span>
      <a className={styles.way} href="/api/v1/login/oidc">
        {t("by", { name: data.oidc.name })}
      </a>
    </div>
  );
}

/** Why the provider's way back ended here, from the address, which then forgets it. */
function useRefusal(): string | null {
  const { t } = useTranslation("login");
  const [code] = useState(() => new URLSearchParams(window.location.search).get("login_refused"));
  useEffect(() => {
    if (code !== null) window.history.replaceState(null, "", window.location.pathname);
  }, [code]);
  return code === null ? null : t([`refused.${code}`, "refused.other"]);
}

function useFailureWords(failure: Failure | null, withCode: boolean): string | null {
  const { t } = useTranslation("login");
  if (failure === null) return null;
  if (failure.code === "wrong_credentials") return t(withCode ? "wrongCode" : "wrong");
  if (failure.code === "locked_out") return t("lockedOut", { seconds: failure.retryAfterSeconds ?? 15 });
  return t([`common:failure.${failure.code}`, "common:failure.other"]);
}
