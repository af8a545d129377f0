import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useBrands } from "@/api/names";
import { asked, causeOf } from "@/api/result";
import type { Trial } from "@/api/types";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import { goesOn, usePlaybook, useTrial } from "../model/reads";
import { PracticeChoice } from "@/shared/practice/PracticeChoice";
import { inOrder, metShare, progress, type PracticeCount } from "../model/trial";
import { TrialResults } from "./TrialResults";
import styles from "./TrialView.module.css";

/** A trial as it goes: how far it is, what would change by practice, and in which interactions. */
export function TrialView({ id }: { id: string }) {
  const { t } = useTranslation("playbooks");
  const read = useTrial(id);
  const [practice, setPractice] = useState<string | null>(null);
  const failure = causeOf(read.error);
  if (read.isPending) return <div className={styles.state}><Skeleton lines={8} /></div>;
  if (read.isError) return failure.code === "not_found" ? <Empty title={t("trial.gone")}>{t("trial.goneWords")}</Empty> : <Failed code={failure.code} retry={() => void read.refetch()} />;
  const trial = read.data;
  return (
    <section className={styles.view} aria-label={t("trial.name")}>
      <Head trial={trial} />
      <div className={styles.panes}>
        <Practices trial={trial} chosen={practice} onChoose={setPractice} />
        <TrialResults key={id} trial={trial} practice={practice} onAll={() => setPractice(null)} />
      </div>
    </section>
  );
}

function Head({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation("playbooks");
  const tell = useTell();
  const queries = useQueryClient();
  const playbook = usePlaybook(trial.playbook);
  const brands = useBrands();
  const version = playbook.data?.version;
  const title = version ? t("version", { name: version.name, version: version.version }) : trial.playbook;
  const brand = brands.data?.find((one) => one.id === trial.brand)?.name ?? trial.brand;
  const score = (value: number | null) => (value === null ? t("trial.noScore") : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(value));
  const cancel = async () => {
    const done = await asked(api.POST("/api/v1/trials/{id}/cancel", { params: { path: { id: trial.id } } }));
    if (!done.ok) tell(done.failure);
    await queries.invalidateQueries({ queryKey: ["playbooks"] });
  };
  return (
    <header className={styles.head}>
      <div className={styles.about}>
        <h2 className={styles.title}>{t("trial.of", { playbook: title, brand })}</h2>
        <p className={styles.facts}>
          <Link to={`/playbooks/${encodeURIComponent(trial.playbook)}`}>{t("trial.toPlaybook")}</Link> · {exactText(Date.parse(trial.at), i18n.language)}
          {trial.skipped > 0 && ` · ${t("trial.skipped", { count: trial.skipped })}`}
        </p>
      </div>
      <div className={styles.progress}>
        <progress aria-label={t("trial.progress")} value={progress(trial)} max={1} />
        <p role="status">{goesOn(trial) ? t("trial.judged", { judged: trial.judged, count: trial.interactions }) : t("trial.over", { state: t(`trial.state.${trial.state}`), count: trial.judged })}</p>
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>{t("trial.changed")}</dt>
          <dd>{trial.changed}</dd>
        </div>
        <div>
          <dt>{t("trial.score")}</dt>
          <dd>
            {score(trial.score_before)} <span aria-hidden="true">{"→"}</span> <span className="visually-hidden">{t("trial.becomes")}</span> {score(trial.score_after)}
          </dd>
        </div>
      </dl>
      {goesOn(trial) && <Button onClick={() => void cancel()}>{t("trial.cancel")}</Button>}
    </header>
  );
}

/** Met and missed, now and by the candidate, side by side; a line chosen shows its interactions alone. */
function Practices({ trial, chosen, onChoose }: { trial: Trial; chosen: string | null; onChoose: (practice: string | null) => void }) {
  const { t } = useTranslation("playbooks");
  const practices = inOrder(trial.practices);
  return (
    <div className={styles.practices} tabIndex={0} role="region" aria-label={t("trial.byPractice")}>
      {practices.length === 0 ? (
        <Empty title={t(goesOn(trial) ? "trial.nothingYet" : "trial.nothingJudged")}>{goesOn(trial) ? undefined : t("trial.nothingJudgedWords")}</Empty>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("trial.practice")}</th>
              <th scope="col">{t("trial.now")}</th>
              <th scope="col">{t("trial.then")}</th>
              <th scope="col">{t("trial.differs")}</th>
              <th scope="col" title={t("trial.agreeHint")}>{t("trial.agree")}</th>
            </tr>
          </thead>
          <tbody>
            {practices.map((one) => (
              <Practice key={one.practice} one={one} chosen={one.practice === chosen} onChoose={() => onChoose(one.practice === chosen ? null : one.practice)} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Practice({ one, chosen, onChoose }: { one: PracticeCount; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useTranslation("playbooks");
  const share = (count: PracticeCount["before"]) => {
    const value = metShare(count);
    return value === null ? t("trial.noneToMeet") : t("trial.share", { share: new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(value / 100), met: count.met, count: count.met + count.missed });
  };
  return (
    <tr data-changed={one.changed > 0 || undefined} data-chosen={chosen || undefined}>
      <th scope="row">
        <PracticeChoice practice={one.practice} chosen={chosen} onChoose={one.changed > 0 ? onChoose : null} />
      </th>
      <td>{share(one.before)}</td>
      <td>{share(one.after)}</td>
      <td className={styles.count}>{one.changed}</td>
      <td>{one.reviewed === 0 ? "" : t("trial.agreed", { before: one.agreed_before, after: one.agreed_after, count: one.reviewed })}</td>
    </tr>
  );
}
