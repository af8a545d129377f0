import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { may } from "@/api/session";
import type { Trial } from "@/api/types";
import { useMe } from "@/api/use-session";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { goesOn, useResults } from "../model/reads";
import { namesOf } from "@/shared/practice/names";
import type { Verdict } from "../model/trial";
import styles from "./TrialView.module.css";

interface Change {
  practice: string;
  before: Verdict | null;
  after: Verdict | null;
  person: Verdict | null;
}

interface Result {
  interaction: string;
  started_at: string;
  score_before: number | null;
  score_after: number | null;
  changes: readonly Change[];
}

/** The interactions that would be judged otherwise, verdict by verdict, each a way to it. `practice`: only where that one changes. */
export function TrialResults({ trial, practice, onAll }: { trial: Trial; practice: string | null; onAll: () => void }) {
  const { t } = useTranslation("playbooks");
  const found = useResults(trial.id, trial.changed);
  const all = (found.data?.pages.flatMap((page) => page.items) ?? []) as Result[];
  const shown = practice === null ? all : all.filter((one) => one.changes.some((change) => change.practice === practice));
  return (
    <section className={styles.results} aria-label={t("trial.results")} tabIndex={0}>
      <header className={styles.resultsHead}>
        <h3>{practice === null ? t("trial.results") : t("trial.resultsOf", { practice: namesOf(practice).name })}</h3>
        {practice !== null && <Button kind="quiet" onClick={onAll}>{t("trial.showAll")}</Button>}
      </header>
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && <Failed code="other" retry={() => void found.refetch()} />}
      {found.data && shown.length === 0 && <Empty title={t(goesOn(trial) ? "trial.noneYet" : "trial.none")} />}
      <ul>
        {shown.map((one) => (
          <li key={one.interaction} className={styles.result}>
            <ResultHead one={one} />
            <ul className={styles.changes}>
              {one.changes.filter((change) => practice === null || change.practice === practice).map((change) => (
                <ChangeLine key={change.practice} change={change} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("trial.more")}</Button>
      )}
    </section>
  );
}

function ResultHead({ one }: { one: Result }) {
  const { t, i18n } = useTranslation("playbooks");
  const me = useMe();
  const when = exactText(Date.parse(one.started_at), i18n.language);
  const score = (value: number | null) => (value === null ? t("trial.noScore") : String(Math.round(value)));
  return (
    <p className={styles.resultHead}>
      {may(me, "interactions.read.all", "interactions.read.team") ? <Link to={`/review/${one.interaction}`}>{when}</Link> : when}
      <span className={styles.quiet}>
        {t("trial.scores", { before: score(one.score_before), after: score(one.score_after) })}
      </span>
    </p>
  );
}

const shapes = { met: "check", missed: "cross", not_assessed: "help", not_applicable: "pause" } as const;

function ChangeLine({ change }: { change: Change }) {
  const { t } = useTranslation("playbooks");
  const words = (verdict: Verdict | null) => t(`verdict.${verdict ?? "none"}`);
  return (
    <li className={styles.change}>
      <span className={styles.changeName}>{namesOf(change.practice).name}</span>
      <Judged verdict={change.before} words={words(change.before)} />
      <span aria-hidden="true">{"→"}</span>
      <span className="visually-hidden">{t("trial.becomes")}</span>
      <Judged verdict={change.after} words={words(change.after)} />
      {change.person !== null && <span className={styles.person}>{t("trial.person", { verdict: words(change.person) })}</span>}
    </li>
  );
}

function Judged({ verdict, words }: { verdict: Verdict | null; words: string }) {
  return (
    <span className={styles.judged} data-verdict={verdict ?? "none"}>
      {verdict !== null && <Icon name={shapes[verdict]} size={12} />}
      {words}
    </span>
  );
}
