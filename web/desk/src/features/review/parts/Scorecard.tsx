import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUserNames } from "@/api/names";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { exactText } from "@/shared/time/format";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import { useTell } from "@/shared/ui/use-tell";
import type { Selected } from "../InteractionPage";
import { namesOf } from "@/shared/practice/names";
import { grouped, verdictOf, type Ledger, type Practice } from "../model/ledger";
import { useSay } from "../model/reads";
import { OverrideForm } from "./OverrideForm";
import styles from "./Scorecard.module.css";

type Props = { id: string; ledger: Ledger; selected: Selected | null; onSelect: (practice: string) => void };

/** Every practice with its verdict; the one selected opens, with its evidence, and what a person says of it. */
export function Scorecard({ id, ledger, selected, onSelect }: Props) {
  const { t, i18n } = useTranslation("review");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) box.current?.querySelector(`[data-practice="${CSS.escape(selected.practice)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(ledger.assessed_share);
  return (
    <section ref={box} className={styles.box} aria-label={t("scorecard.title")} tabIndex={0}>
      <p className={styles.about}>{t("scorecard.about", { playbook: ledger.playbook.name, version: ledger.playbook.version, share: percent })}</p>
      {grouped(ledger).map(({ verdict, practices }) => (
        <details key={verdict} open={verdict === "missed" || verdict === "met" || practices.some((one) => one.id === selected?.practice)}>
          <summary className={styles.group}>
            {t(`verdict.${verdict}`)} <span className={styles.count}>{practices.length}</span>
          </summary>
          <ul>
            {practices.map((practice) => (
              <li key={practice.id} data-practice={practice.id}>
                <PracticeRow id={id} practice={practice} open={practice.id === selected?.practice} onSelect={() => onSelect(practice.id)} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

const shapes = { met: "check", missed: "cross", not_assessed: "help", not_applicable: "pause" } as const;

function PracticeRow({ id, practice, open, onSelect }: { id: string; practice: Practice; open: boolean; onSelect: () => void }) {
  const { t } = useTranslation("review");
  const { chapter, name } = namesOf(practice.id);
  const verdict = verdictOf(practice);
  return (
    <div className={[styles.practice, open && styles.open].filter(Boolean).join(" ")}>
      <button type="button" className={styles.row} aria-expanded={open} onClick={onSelect}>
        <span className={styles[verdict]}>
          <Icon name={shapes[verdict]} size={14} />
        </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.chapter}>{chapter}</span>
        {practice.occasions > 1 && <span className={styles.chapter}>{t("scorecard.occasions", { met: practice.met, count: practice.occasions })}</span>}
        {practice.review && <span className={styles.reviewed}>{practice.review.agrees ? t("scorecard.agreed") : t("scorecard.overridden")}</span>}
      </button>
      {open && <Opened id={id} practice={practice} />}
    </div>
  );
}

function Opened({ id, practice }: { id: string; practice: Practice }) {
  const { t, i18n } = useTranslation("review");
  const users = useUserNames();
  const words = [...new Set(practice.evidence.map((one) => one.text).filter((one) => one !== undefined && one !== ""))];
  const { review } = practice;
  return (
    <div className={styles.opened}>
      <p className={styles.chapter}>{t("scorecard.weight", { weight: practice.weight, confidence: Math.round(practice.confidence * 100) })}</p>
      {practice.why !== undefined && <p className={styles.chapter}>{t("scorecard.why", { why: practice.why })}</p>}
      {words.slice(0, 4).map((text) => (
        <blockquote key={text} className={styles.quote}>{text}</blockquote>
      ))}
      {practice.evidence.length === 0 && <p className={styles.chapter}>{t("scorecard.noEvidence")}</p>}
      {review && (
        <p className={styles.said}>
          {t(review.agrees ? "scorecard.saidAgree" : "scorecard.saidOther", { name: users.get(review.by) ?? t("aReviewer"), machine: t(`verdict.${review.machine}`), at: exactText(Date.parse(review.at), i18n.language) })}
          {review.reason !== "" && <span className={styles.why}> {review.reason}</span>}
        </p>
      )}
      <Judge id={id} practice={practice} />
    </div>
  );
}

/** Agree and override, each by one key; for those who may. */
function Judge({ id, practice }: { id: string; practice: Practice }) {
  const { t } = useTranslation("review");
  const me = useMe();
  const tell = useTell();
  const [overriding, setOverriding] = useState(false);
  const say = useSay(id, tell);
  const possible = may(me, "verdicts.override") && !say.isPending && practice.why !== "off";
  const agree = async () => {
    const done = await say.mutateAsync({ practice: practice.id, verdict: practice.verdict });
    if (done.ok) notify(t("scorecard.thanks"));
  };
  useAction("review.agree", possible ? () => void agree() : null);
  useAction("review.override", possible ? () => setOverriding(true) : null);
  if (!may(me, "verdicts.override")) return null;
  if (overriding) {
    return (
      <OverrideForm
        id={id}
        practice={practice}
        busy={say.isPending}
        onCancel={() => setOverriding(false)}
        onSay={async (verdict, reason) => {
          const done = await say.mutateAsync({ practice: practice.id, verdict, reason });
          if (done.ok) setOverriding(false);
          return done.ok;
        }}
      />
    );
  }
  return (
    <div className={styles.buttons}>
      <ActionButton action="review.agree" busy={say.isPending} />
      <ActionButton action="review.override" />
    </div>
  );
}
