import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked, fetched, type Failure } from "@/api/result";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { notify } from "@/shared/ui/notices";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "../AccountPage.module.css";

type Step = { kind: "none" } | { kind: "key"; key: string; uri: string } | { kind: "codes"; codes: readonly string[] } | { kind: "removing" };

/** With what draws it: fetched when it is first needed. */
const KeyCode = lazy(() => import("./KeyCode"));

const meKey = ["account", "me"];

const wrongCode = new Set(["wrong_credentials", "second_factor_needed", "invalid"]);

/** An authenticator for one's own account: its key, a code to confirm it, the recovery codes, and its end. */
export function SecondFactor() {
  const { t } = useTranslation("account");
  const words = useFailureText();
  const [step, setStep] = useState<Step>({ kind: "none" });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const me = useQuery({ queryKey: meKey, staleTime: 0, queryFn: () => fetched(api.GET("/api/v1/me")) });
  const refused = (one: Failure) => setFailure(wrongCode.has(one.code) ? t("factor.wrong") : words(one));
  const go = (next: Step) => {
    setStep(next);
    setFailure(null);
  };
  const begin = async () => {
    setBusy(true);
    const offered = await asked(api.POST("/api/v1/me/second-factor"));
    setBusy(false);
    if (offered.ok) go({ kind: "key", ...offered.value });
    else setFailure(words(offered.failure));
  };
  const confirm = async (code: string) => {
    setBusy(true);
    const done = await asked(api.POST("/api/v1/me/second-factor/confirm", { body: { code } }));
    setBusy(false);
    if (!done.ok) return refused(done.failure);
    go({ kind: "codes", codes: done.value.recovery_codes });
    await queries.invalidateQueries({ queryKey: meKey });
  };
  const remove = async (code: string) => {
    setBusy(true);
    const done = await asked(api.POST("/api/v1/me/second-factor/remove", { body: { code } }));
    setBusy(false);
    if (!done.ok) return refused(done.failure);
    notify(t("factor.removed"));
    await queries.invalidateQueries({ queryKey: meKey });
    go({ kind: "none" });
  };
  return (
    <section className={styles.section} aria-label={t("factor.title")}>
      <h2>{t("factor.title")}</h2>
      {step.kind === "none" && me.isPending && <Skeleton lines={2} />}
      {step.kind === "none" && me.isError && <Failed code="other" retry={() => void me.refetch()} />}
      {step.kind === "none" && me.data && (
        <>
          <p>{t(me.data.second_factor ? "factor.isSet" : "factor.isNotSet")}</p>
          {!me.data.second_factor && <p className={styles.words}>{t("factor.words")}</p>}
          <div className={styles.buttons}>
            {me.data.second_factor ? (
              <Button onClick={() => go({ kind: "removing" })}>{t("factor.remove")}</Button>
            ) : (
              <Button busy={busy} onClick={() => void begin()}>{t("factor.begin")}</Button>
            )}
          </div>
        </>
      )}
      {step.kind === "key" && (
        <>
          <p className={styles.words}>{t("factor.keyWords")}</p>
          <Suspense fallback={<Skeleton lines={4} />}>
            <KeyCode uri={step.uri} />
          </Suspense>
          <p className={styles.key}>{step.key.match(/.{1,4}/g)?.join(" ")}</p>
          <p><a href={step.uri}>{t("factor.open")}</a></p>
          <CodeForm submit={t("factor.confirm")} busy={busy} onSubmit={(code) => void confirm(code)} onCancel={() => go({ kind: "none" })} />
        </>
      )}
      {step.kind === "codes" && (
        <>
          <p role="status">{t("factor.codesWords")}</p>
          <ul className={styles.codes}>
            {step.codes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <div className={styles.buttons}>
            <Button onClick={() => go({ kind: "none" })}>{t("factor.kept")}</Button>
          </div>
        </>
      )}
      {step.kind === "removing" && (
        <>
          <p className={styles.words}>{t("factor.removeWords")}</p>
          <CodeForm submit={t("factor.remove")} busy={busy} onSubmit={(code) => void remove(code)} onCancel={() => go({ kind: "none" })} />
        </>
      )}
      {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
    </section>
  );
}

function CodeForm({ submit, busy, onSubmit, onCancel }: { submit: string; busy: boolean; onSubmit: (code: string) => void; onCancel: () => void }) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  const sent = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== "") onSubmit(code.trim());
  };
  return (
    <form className={styles.form} onSubmit={sent} noValidate>
      <TextField label={t("factor.code")} hint={t("factor.codeHint")} autoFocus autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.target.value)} />
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={busy} disabled={code.trim() === ""}>{submit}</Button>
        <Button kind="quiet" onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
