import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asked } from "@/api/result";
import { sendText } from "@/api/send-text";
import { Button } from "@/shared/ui/Button";
import { TextAreaField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import { Empty } from "@/shared/ui/States";
import { useFailureText } from "@/shared/ui/use-tell";
import { lineStarts } from "../model/csv";
import { listKey } from "../model/reads";
import styles from "./Import.module.css";

interface Imported {
  dry_run: boolean;
  accepted: number;
  lines: { line: number; login: string; user?: string; refused?: { code: string; detail: string } }[];
}

const example = "login,name,roles,email,brands,teams\nana,Ana Rodrigues,agent;quality,ana@example.org,northwind,\n";

/** Many users at once from a CSV file: first what would come of each line, then for real. */
export function Import() {
  const { t } = useTranslation("admin");
  const words = useFailureText();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  /** What the result is of. */
  const [looked, setLooked] = useState("");
  const [result, setResult] = useState<Imported | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (dry: boolean) => {
    setBusy(true);
    const done = await asked(sendText<Imported>(`/api/v1/users/import?dry_run=${dry ? "true" : "false"}`, text, "text/csv"));
    setBusy(false);
    setFailure(done.ok ? null : (done.failure.detail ?? words(done.failure)));
    setResult(done.ok ? done.value : null);
    setLooked(text);
    if (!done.ok || dry) return;
    await queries.invalidateQueries({ queryKey: listKey("users") });
    notify(t("import.done", { count: done.value.accepted }));
  };
  const current = result !== null && looked === text;
  const ready = current && result.dry_run && result.accepted > 0;
  return (
    <section className={styles.page} aria-label={t("kind.import")}>
      <div className={styles.left}>
        <h1 className={styles.title}>{t("kind.import")}</h1>
        <p className={styles.words}>{t("import.words")}</p>
        <label className={styles.file}>
          <span>{t("import.file")}</span>
          <input type="file" accept=".csv,text/csv" onChange={(event) => void event.target.files?.[0]?.text().then(setText)} />
        </label>
        <TextAreaField label={t("import.text")} rows={14} spellCheck={false} wrap="off" placeholder={example} value={text} onChange={(event) => setText(event.target.value)} />
        {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
        <div className={styles.buttons}>
          {text === "" && <Button kind="quiet" onClick={() => setText(example)}>{t("import.example")}</Button>}
          <Button kind={ready ? "plain" : "primary"} busy={busy} disabled={text.trim() === ""} onClick={() => void send(true)}>{t("import.look")}</Button>
          <Button kind={ready ? "primary" : "plain"} busy={busy} disabled={!ready} onClick={() => void send(false)}>
            {ready ? t("import.create", { count: result.accepted }) : t("import.createNone")}
          </Button>
        </div>
      </div>
      <div className={styles.right} tabIndex={0} role="region" aria-label={t("import.result")}>
        {!current && <Empty title={t(result === null ? "import.nothing" : "import.changed")}>{t("import.nothingWords")}</Empty>}
        {current && <Lines result={result} text={text} />}
      </div>
    </section>
  );
}

/** Every line with what comes of it, what is refused first. */
function Lines({ result, text }: { result: Imported; text: string }) {
  const { t } = useTranslation("admin");
  const starts = lineStarts(text);
  const sorted = result.lines.toSorted((one, other) => Number(other.refused !== undefined) - Number(one.refused !== undefined) || one.line - other.line);
  const refused = result.lines.length - result.accepted;
  return (
    <>
      <p role="status" className={styles.sum}>
        {t(result.dry_run ? "import.would" : "import.did", { count: result.accepted })}
        {refused > 0 && ` ${t("import.refused", { count: refused })}`}
      </p>
      <ol className={styles.lines}>
        {sorted.map((one) => (
          <li key={one.line} className={styles.line} data-refused={one.refused !== undefined || undefined}>
            <span className={styles.number}>{t("import.line", { line: one.line })}</span>
            <Icon name={one.refused ? "cross" : "check"} size={14} />
            <span className={styles.login}>{one.login || starts.get(one.line) || t("import.noLogin")}</span>
            <span className={styles.why}>{one.refused ? t(["common:failure." + one.refused.code, "import.wrong"], { detail: one.refused.detail }) : t(result.dry_run ? "import.fine" : "import.made")}</span>
            {one.refused && one.refused.detail !== "" && <span className={styles.detail}>{one.refused.detail}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
