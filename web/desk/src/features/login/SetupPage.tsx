import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { logIn } from "@/api/login";
import { asked, type Failure } from "@/api/result";
import { isTooShort } from "@/shared/password";
import { CardForm, CardPage } from "@/shared/ui/CardPage";
import { TextField } from "@/shared/ui/Field";
import { useFailureText } from "@/shared/ui/use-tell";

/** A centre without anybody: its first administrator is made here, and is logged in. `onTaken`: somebody else was first. */
export function SetupPage({ onTaken }: { onTaken: () => void }) {
  const { t } = useTranslation("login");
  const words = useFailureText();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const short = isTooShort(password);

  const submit = async () => {
    setTried(true);
    if (login.trim() === "" || name.trim() === "" || short) return;
    setBusy(true);
    const made = await asked(api.POST("/api/v1/setup", { body: { login: login.trim(), name: name.trim(), password } }));
    const done = made.ok ? await logIn(login.trim(), password, "") : made;
    setBusy(false);
    if (done.ok) return;
    setFailure(done.failure);
    if (made.ok || done.failure.code === "already_set_up") onTaken();
  };

  const needed = (value: string) => (tried && value.trim() === "" ? t("setup.missing") : undefined);
  return (
    <CardPage title={t("setup.title")}>
      <CardForm submit={t("setup.submit")} busy={busy} failure={failure && words(failure)} onSubmit={() => void submit()}>
        <p>{t("setup.words")}</p>
        <TextField label={t("setup.yourName")} value={name} error={needed(name)} autoComplete="name" autoFocus onChange={(event) => setName(event.target.value)} />
        <TextField label={t("name")} value={login} error={needed(login)} autoComplete="username" autoCapitalize="none" spellCheck={false} onChange={(event) => setLogin(event.target.value)} />
        <TextField label={t("password")} type="password" hint={t("setup.rules")} value={password} error={tried && short ? t("setup.short") : undefined} autoComplete="new-password" onChange={(event) => setPassword(event.target.value)} />
      </CardForm>
    </CardPage>
  );
}
