import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked, fetched } from "@/api/result";
import { sendText } from "@/api/send-text";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { Button } from "@/shared/ui/Button";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useFailureText } from "@/shared/ui/use-tell";
import styles from "./CallingList.module.css";
import extras from "./Extras.module.css";

interface Filled {
  added: number;
  already_there: number;
  no_room: number;
  /** False: not read to its end. */
  whole: boolean;
  refused: { line: number; place: number; column?: string; found?: string; expected: string }[];
}

const everyMs = 5_000;
/** In the order of the picture: what is done first. */
const parts = ["reached", "not_reached", "wrong", "refused", "skipped", "calling", "waiting"] as const;

/** How far a list is, who is on it, and what came of them. */
export function CallingList({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const path = { params: { path: { id } } };
  const progress = useQuery({ queryKey: ["admin", "calling-progress", id], enabled: may(me, "lists.write"), refetchInterval: everyMs, queryFn: () => fetched(api.GET("/api/v1/calling-lists/{id}/progress", path)) });
  if (!may(me, "lists.write")) return null;
  return (
    <section className={extras.box} aria-label={t("calling.title")}>
      <div className={extras.part}>
        <h3 className={extras.title}>{t("calling.progress")}</h3>
        {progress.isPending && <Skeleton lines={2} />}
        {progress.isError && <Failed code="other" retry={() => void progress.refetch()} />}
        {progress.data && <Picture counts={progress.data} />}
      </div>
      <Fill id={id} />
      <div className={extras.part}>
        <h3 className={extras.title}>{t("calling.results")}</h3>
        <p className={extras.words}>{t("calling.resultsWords")}</p>
        <p>
          <a href={`/api/v1/calling-lists/${encodeURIComponent(id)}/results`} download={`${id}.csv`}>
            {t("calling.download")}
          </a>
        </p>
      </div>
    </section>
  );
}

function Picture({ counts }: { counts: Record<(typeof parts)[number] | "all" | "in_hand", number> }) {
  const { t } = useTranslation("admin");
  if (counts.all === 0) return <p className={extras.words}>{t("calling.empty")}</p>;
  return (
    <>
      <div className={styles.picture} aria-hidden="true">
        {parts.filter((part) => counts[part] > 0).map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <dl className={styles.counts}>
        {parts.map((part) => (
          <div key={part}>
            <dt>
              <span className={styles.mark} data-part={part} aria-hidden="true" />
              {t(`calling.count.${part}`)}
            </dt>
            <dd>{counts[part]}</dd>
          </div>
        ))}
        <div>
          <dt>{t("calling.count.in_hand")}</dt>
          <dd>{counts.in_hand}</dd>
        </div>
      </dl>
    </>
  );
}

/** A file with those who are to be called. What cannot be read is named; the rest is on the list. */
function Fill({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const words = useFailureText();
  const queries = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const [filled, setFilled] = useState<Filled | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (text === null || busy) return;
    setBusy(true);
    const done = await asked(sendText<Filled>(`/api/v1/calling-lists/${encodeURIComponent(id)}/entries`, text, "text/csv"));
    setBusy(false);
    setFailure(done.ok ? null : (done.failure.detail ?? words(done.failure)));
    setFilled(done.ok ? done.value : null);
    await queries.invalidateQueries({ queryKey: ["admin", "calling-progress", id] });
  };
  return (
    <div className={extras.part}>
      <h3 className={extras.title}>{t("calling.fill")}</h3>
      <p className={extras.words}>{t("calling.fillWords")}</p>
      <label className={styles.file}>
        <span>{t("import.file")}</span>
        <input type="file" accept=".csv,text/csv" onChange={(event) => void event.target.files?.[0]?.text().then(setText)} />
      </label>
      <div className={extras.buttons}>
        <Button kind="primary" busy={busy} disabled={text === null} onClick={() => void send()}>
          {t("calling.add")}
        </Button>
      </div>
      {failure !== null && (
        <p role="alert" className={extras.failure}>
          {failure}
        </p>
      )}
      <p role="status">{filled && t("calling.added", { count: filled.added, there: filled.already_there })}</p>
      {filled && filled.no_room > 0 && <p className={extras.failure}>{t("calling.noRoom", { count: filled.no_room })}</p>}
      {filled && !filled.whole && <p className={extras.failure}>{t("calling.notWhole")}</p>}
      {filled && filled.refused.length > 0 && (
        <ul className={styles.refused} aria-label={t("calling.refused")}>
          {filled.refused.map((one) => (
            <li key={`${one.line}/${one.place}`}>
              {t("calling.refusedLine", { line: one.line, place: one.place, column: one.column ?? "", found: one.found ?? "", expected: one.expected })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
