import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { request } from "@/api/request";
import { asked } from "@/api/result";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { Secret } from "@/shared/ui/Secret";
import { useFailureText } from "@/shared/ui/use-tell";
import { bodyOf, formOf, wrongOf, type Form } from "../model/form";
import { listKey } from "../model/reads";
import type { Resource } from "../model/resources";
import { FormField } from "./FormField";
import styles from "./ItemForm.module.css";

type Made = { id: string; secret: string };

/** A new webhook: its secret is told once, so it is shown before one goes on. */
export function NewWebhook({ resource }: { resource: Resource }) {
  const { t } = useTranslation("admin");
  const words = useFailureText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const fields = resource.fields.filter((one) => one.name !== "active");
  const [form, setForm] = useState<Form>(() => formOf(resource.fields, {}));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const save = async () => {
    setTried(true);
    if (fields.some((one) => wrongOf(one, form[one.name]) !== null)) return;
    setBusy(true);
    const done = await asked(request<Made>("POST", "/api/v1/webhooks", bodyOf(fields, form, null, resource.method)));
    setBusy(false);
    if (!done.ok) return setFailure(words(done.failure));
    setMade(done.value);
    await queries.invalidateQueries({ queryKey: listKey(resource.id) });
  };
  useAction("admin.save", !busy && made === null ? () => void save() : null);
  useAction("admin.close", () => void navigate(`/admin/${resource.id}`));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <section className={styles.box} aria-label={t("new")}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t("new")}</h2>
        <ActionButton action="admin.close" kind="quiet" short icon={<Icon name="cross" />} />
      </header>
      {made ? (
        <div className={styles.form}>
          <Secret label={t("webhook.secret")} words={t("webhook.secretWords")} text={made.secret} />
          <div className={styles.buttons}>
            <Button kind="primary" onClick={() => void navigate(`/admin/${resource.id}/${encodeURIComponent(made.id)}`)}>{t("webhook.kept")}</Button>
          </div>
        </div>
      ) : (
        <form className={styles.form} onSubmit={submit} noValidate>
          {fields.map((field) => (
            <FormField key={field.name} field={field} value={form[field.name] ?? ""} wrong={tried ? wrongOf(field, form[field.name]) : null} tried={tried} disabled={false} onChange={(value) => setForm((now) => ({ ...now, [field.name]: value }))} />
          ))}
          {failure !== null && <p role="alert" className={styles.refused}>{failure}</p>}
          <div className={styles.buttons}>
            <ActionButton action="admin.save" kind="primary" busy={busy} />
          </div>
        </form>
      )}
    </section>
  );
}
