import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { request } from "@/api/request";
import { asked, causeOf } from "@/api/result";
import { may } from "@/api/session";
import { useDraft } from "@/api/use-draft";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useFailureText } from "@/shared/ui/use-tell";
import { bodyOf, differences, formOf, merged, sameForm, wrongOf, type Form, type Item } from "../model/form";
import { listKey, nameOf, readItem, useItem, useNames, type Versioned } from "../model/reads";
import type { Resource } from "../model/resources";
import { Conflict } from "./Conflict";
import { FormField } from "./FormField";
import styles from "./ItemForm.module.css";

/** An item to read and, for those who may, to change; `null`: a new one. */
export function ItemForm({ resource, id }: { resource: Resource; id: string | null }) {
  const read = useItem(resource, id);
  if (id === null) return <Editor resource={resource} read={null} />;
  if (read.isPending) return <div className={styles.box}><Skeleton lines={8} /></div>;
  if (read.isError) return <div className={styles.box}><Failed code={causeOf(read.error).code} retry={() => void read.refetch()} /></div>;
  return <Editor resource={resource} read={read.data} />;
}

function Editor({ resource, read }: { resource: Resource; read: Versioned | null }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const navigate = useNavigate();
  const edit = useEdit(resource, read);
  // An agent is called as the user is.
  const users = useNames(resource.id === "agents" ? "users" : undefined);
  const title = read ? (users.get(read.item.id) ?? nameOf(read.item)) : t("new");
  const writes = may(me, resource.writes);
  // A new one has its own page once it is made: nothing is typed into this one meanwhile.
  const making = edit.busy && read === null;
  const fields = resource.fields.filter((field) => read !== null || field.name !== "active");
  useAction("admin.save", writes && !edit.busy ? () => void edit.save() : null);
  useAction("admin.close", () => {
    if (edit.changed) notify(t("keptUnsaved"));
    void navigate(`/admin/${resource.id}`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void edit.save();
  };
  return (
    <section className={styles.box} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <ActionButton action="admin.close" kind="quiet" short icon={<Icon name="cross" />} />
      </header>
      {edit.theirs && <Conflict list={differences(fields, edit.form, formOf(fields, edit.theirs.item))} onMine={edit.keepMine} onTheirs={edit.takeTheirs} />}
      <form className={styles.form} onSubmit={submit} noValidate>
        {fields.map((field) => (
          <FormField key={field.name} field={field} value={edit.form[field.name] ?? ""} wrong={edit.tried ? wrongOf(field, edit.form[field.name]) : null} tried={edit.tried} disabled={!writes || making || (field.fixed === true && read !== null)} onChange={(value) => edit.change(field.name, value)} />
        ))}
        {edit.refused !== null && <p role="alert" className={styles.refused}>{edit.refused}</p>}
        {writes && (
          <div className={styles.buttons}>
            {read && resource.removes && <Remove resource={resource} read={read} onRemoved={edit.discard} />}
            {edit.changed && !edit.busy && (
              <p className={styles.unsaved}>
                {t("unsaved")} <Button kind="quiet" onClick={edit.discard}>{t("discard")}</Button>
              </p>
            )}
            <ActionButton action="admin.save" kind="primary" busy={edit.busy} />
          </div>
        )}
      </form>
    </section>
  );
}

/** What stands in the form, with the version that it was made from. */
interface Edited {
  base: Versioned | null;
  form: Form;
}

/**
 * The form's values, saving with the version that they are of, and what somebody else did meanwhile. What is
 * not saved waits: it is there again when one comes back to the item.
 */
function useEdit(resource: Resource, read: Versioned | null) {
  const { t } = useTranslation("admin");
  const words = useFailureText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useDraft<Edited | null>(`admin-${resource.id}`, read?.item.id ?? "+", null);
  const [shown, setShown] = useState<Edited>(() => draft ?? { base: read, form: formOf(resource.fields, read?.item ?? {}) });
  // A key may come after saving has moved the base, and before that is drawn.
  const latest = useRef(shown);
  const { form } = shown;
  const show = (next: Form, of: Versioned | null) => {
    latest.current = { base: of, form: next };
    setShown(latest.current);
    setDraft(sameForm(resource.fields, next, formOf(resource.fields, of?.item ?? {})) ? null : latest.current);
  };
  const [theirs, setTheirs] = useState<Versioned | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);

  const send = ({ base: of, form: sent }: Edited) => {
    const body = bodyOf(resource.fields, sent, of?.item ?? null, resource.method);
    if (!of) return request<Item>("POST", `/api/v1/${resource.id}`, body);
    return request<Item>(resource.method, `/api/v1/${resource.id}/${encodeURIComponent(of.item.id)}`, body, { "If-Match": of.etag });
  };
  const conflict = async (of: Versioned) => {
    const now = await readItem(resource, of.item.id);
    if (now.ok) setTheirs(now.value);
    else setRefused(words(now.failure));
  };
  const save = async () => {
    const sent = latest.current;
    const of = sent.base;
    setTried(true);
    if (resource.fields.some((field) => wrongOf(field, sent.form[field.name]) !== null)) return;
    setBusy(true);
    setRefused(null);
    let status = 0;
    const done = await asked(send(sent).then((got) => {
      status = got.response.status;
      return got;
    }));
    if (done.ok) {
      await queries.invalidateQueries({ queryKey: ["admin"] });
      notify(t("saved"));
      const again = of ? await readItem(resource, done.value.id) : null;
      // What was typed while it was being saved stays, over what was saved.
      if (again?.ok) show(merged(resource.fields, sent.form, latest.current.form, formOf(resource.fields, again.value.item)), again.value);
      else {
        setDraft(null);
        void navigate(`/admin/${resource.id}/${encodeURIComponent(done.value.id)}`);
      }
      setTried(false);
    } else if (status === 412 && of) await conflict(of);
    else setRefused(words(done.failure));
    setBusy(false);
  };
  const settle = (next: Form) => {
    show(next, theirs);
    setTheirs(null);
  };
  return {
    form, theirs, refused, busy, tried,
    changed: draft !== null,
    change: (name: string, value: Form[string]) => show({ ...latest.current.form, [name]: value }, latest.current.base),
    discard: () => {
      setRefused(null);
      setTheirs(null);
      const { base } = latest.current;
      const newest = base && read && (base.item.version ?? 0) >= (read.item.version ?? 0) ? base : read;
      show(formOf(resource.fields, newest?.item ?? {}), newest);
    },
    save,
    /** What I changed stays, over what they changed elsewhere; saved with the next press. */
    keepMine: () => theirs && settle(merged(resource.fields, formOf(resource.fields, latest.current.base?.item ?? {}), latest.current.form, formOf(resource.fields, theirs.item))),
    takeTheirs: () => theirs && settle(formOf(resource.fields, theirs.item)),
  };
}

function Remove({ resource, read, onRemoved }: { resource: Resource; read: Versioned; onRemoved: () => void }) {
  const { t } = useTranslation("admin");
  const words = useFailureText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const remove = async () => {
    const done = await asked(request("DELETE", `/api/v1/${resource.id}/${encodeURIComponent(read.item.id)}`, undefined, { "If-Match": read.etag }));
    if (!done.ok) return notify(words(done.failure), "bad");
    await queries.invalidateQueries({ queryKey: listKey(resource.id) });
    notify(t("removed"));
    onRemoved();
    void navigate(`/admin/${resource.id}`);
  };
  return (
    <Button className={styles.remove} onClick={() => (sure ? void remove() : setSure(true))} onBlur={() => setSure(false)}>
      {sure ? t("removeSure") : t("remove")}
    </Button>
  );
}
