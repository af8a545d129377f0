import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Preview } from "@/api/types";
import { useAction } from "@/shared/actions/actions";
import { useStored } from "@/shared/hooks/stored";
import { exactText } from "@/shared/time/format";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { failureText } from "../store/commands";
import { callPreview, useCallingLists, useDone, useIsFree, usePreview } from "../store/preview";
import { NotNow } from "./NotNow";
import styles from "./PreviewCard.module.css";

/** Who is to be called next, of the lists: for whoever is free. What comes in goes before it. */
export function PreviewCard() {
  const { t } = useTranslation("agent");
  const lists = useCallingLists();
  const free = useIsFree();
  const [coming, setComing] = useStored<"on" | "off">("rapport.previews", "off");
  const { preview, asking, code, ask } = usePreview(coming === "on");
  useAction("agent.nextPreview", lists && free && !preview ? ask : null);
  if (!lists) return null;
  return (
    <section className={styles.region} aria-label={t("preview.region")}>
      {preview ? (
        <Card key={preview.entry} preview={preview} />
      ) : (
        <>
          <label className={styles.coming}>
            <input type="checkbox" checked={coming === "on"} onChange={(event) => setComing(event.target.checked ? "on" : "off")} />
            {t("preview.coming")}
          </label>
          <p className={styles.words} role="status">
            {free ? code !== null ? failureText({ code }) : asking ? t("preview.asking") : coming === "on" ? t("preview.none") : "" : t("preview.busy")}
          </p>
          {free && <ActionButton action="agent.nextPreview" kind="quiet" className={styles.next} />}
        </>
      )}
    </section>
  );
}

function Card({ preview }: { preview: Preview }) {
  const { t } = useTranslation("agent");
  const navigate = useNavigate();
  const done = useDone();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const call = async () => {
    if (busy) return;
    setBusy(true);
    const called = await callPreview(preview.entry);
    setBusy(false);
    if (!called.ok) return setFailure(failureText(called.failure));
    done();
    void navigate(`/desk/${called.value.interaction}`);
  };
  useAction("agent.callPreview", () => void call());
  return (
    <article className={styles.card} aria-label={t("preview.title")} aria-live="polite">
      <p className={styles.head}>
        <Icon name="voice" />
        <span>{preview.label}</span>
        <span className={styles.attempt}>{t("preview.attempt", { count: preview.attempts + 1, most: preview.attempts_max })}</span>
      </p>
      <h2 className={styles.who}>{preview.name || preview.display}</h2>
      {preview.name !== "" && <p className={styles.number}>{preview.display}</p>}
      <p>
        <span className={styles.what}>{t("preview.purpose")}</span> {preview.purpose}
      </p>
      {preview.notes !== "" && <blockquote className={styles.notes}>{preview.notes}</blockquote>}
      <Fields preview={preview} />
      <Before preview={preview} />
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      {open ? (
        <NotNow entry={preview.entry} onClose={() => setOpen(false)} />
      ) : (
        <div className={styles.buttons}>
          <ActionButton action="agent.callPreview" kind="primary" busy={busy} />
          <Button onClick={() => setOpen(true)}>{t("preview.notNow")}</Button>
        </div>
      )}
    </article>
  );
}

/** The file's own columns. */
function Fields({ preview }: { preview: Preview }) {
  const fields = Object.entries(preview.fields);
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What came of it before, the latest first. */
function Before({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation("agent");
  if (preview.history.length === 0) return null;
  return (
    <ul className={styles.before} aria-label={t("preview.before")}>
      {preview.history.toReversed().map((step) => (
        <li key={step.at}>
          {t(`preview.came.${step.came}`)}, {exactText(Date.parse(step.at), i18n.language)}
          {step.reason !== undefined && <>: {step.reason}</>}
        </li>
      ))}
    </ul>
  );
}
