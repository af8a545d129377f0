import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useUserNames } from "@/api/names";
import { causeOf, type Failure } from "@/api/result";
import type { WholeInteraction } from "@/api/types";
import { useAction } from "@/shared/actions/actions";
import { clockText, exactText } from "@/shared/time/format";
import { withEvent, type SeenEvent } from "@/shared/timeline/lines";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { lengthOf } from "./model/lanes";
import { momentsOf, stepFrom, type Ledger, type Moment } from "./model/ledger";
import { useInteraction, useLedger, useQueueNames } from "./model/reads";
import { LanesView } from "./parts/LanesView";
import { LineNotice } from "./parts/LineNotice";
import { Player } from "./parts/Player";
import { Score } from "./parts/Score";
import { Scorecard } from "./parts/Scorecard";
import { Transcript } from "./parts/Transcript";
import styles from "./InteractionPage.module.css";

/** One interaction: lanes on top, transcript left, scorecard right; what is selected in one is shown in all. */
export function InteractionPage() {
  const { id = "" } = useParams();
  const one = useInteraction(id);
  const ledger = useLedger(id);
  if (one.isPending || ledger.isPending) return <main className={styles.state}><Skeleton lines={10} /></main>;
  if (one.isError) return <main className={styles.state}><Failed code={causeOf(one.error).code} detail={causeOf(one.error).detail} retry={() => void one.refetch()} /></main>;
  const failed = ledger.isError && ledger.data === undefined ? { failure: causeOf(ledger.error), retry: () => void ledger.refetch() } : null;
  return <Read key={id} interaction={one.data} ledger={ledger.data ?? null} failed={failed} />;
}

/** What is looked at: a practice, and of its evidence one moment. */
export interface Selected {
  practice: string;
  moment: string | null;
}

const noMoments: Moment[] = [];

/** `failed`: whether there is a scorecard could not be learnt. */
function Read({ interaction, ledger, failed }: { interaction: WholeInteraction; ledger: Ledger | null; failed: { failure: Failure; retry: () => void } | null }) {
  const { t } = useTranslation("review");
  const events = useMemo(() => (interaction.events as SeenEvent[]).reduce<SeenEvent[]>(withEvent, []), [interaction.events]);
  const moments = useMemo(() => (ledger === null ? noMoments : momentsOf(ledger)), [ledger]);
  const [selected, setSelected] = useState<Selected | null>(null);
  const [seen, setSeen] = useState<{ from: number; to: number } | null>(null);
  const moment = moments.find((one) => one.key === selected?.moment);
  const select = useCallback((one: Moment | undefined) => one && setSelected({ practice: one.practice, moment: one.key }), []);
  const walk = (by: 1 | -1) => select(stepFrom(moments, selected?.moment ?? null, by));
  useAction("review.next", moments.length > 0 ? () => walk(1) : null);
  useAction("review.previous", moments.length > 0 ? () => walk(-1) : null);
  const selectPractice = (practice: string) => setSelected({ practice, moment: moments.find((one) => one.practice === practice)?.key ?? null });
  return (
    <main className={styles.page}>
      <Head interaction={interaction} ledger={ledger} events={events} />
      <LineNotice events={events} />
      <Player interaction={interaction} events={events} moments={moments} selected={moment} />
      <LanesView events={events} moments={moments} selected={moment} seen={seen} onSelect={select} />
      <div className={styles.panes}>
        <Transcript interaction={interaction} events={events} moments={moments} selected={moment} onSelect={select} onSeen={setSeen} />
        {ledger === null ? (
          <section className={styles.empty} aria-label={t("scorecard.title")}>
            {failed ? <Failed code={failed.failure.code} detail={failed.failure.detail} retry={failed.retry} /> : <Empty title={t("scorecard.none")}>{interaction.closed_at === null ? t("scorecard.live") : t("scorecard.noneWords")}</Empty>}
          </section>
        ) : (
          <Scorecard id={interaction.id} ledger={ledger} selected={selected} onSelect={selectPractice} />
        )}
      </div>
    </main>
  );
}

function Head({ interaction, ledger, events }: { interaction: WholeInteraction; ledger: Ledger | null; events: readonly SeenEvent[] }) {
  const { t, i18n } = useTranslation("review");
  const users = useUserNames();
  const queues = useQueueNames();
  const customer = interaction.head.participants?.find((one) => one.role === "customer")?.name;
  const agents = interaction.agents.map((id) => users.get(id) ?? interaction.head.participants?.find((one) => one.person === id || one.id === id)?.name ?? id.slice(0, 8)).join(", ");
  const facts = [exactText(Date.parse(interaction.started_at), i18n.language), clockText(lengthOf(events)), queues.get(interaction.queue) ?? interaction.queue, agents, interaction.outcome === "" ? "" : t(`outcome.${interaction.outcome}`), interaction.disposition];
  return (
    <header className={styles.head}>
      <Link to="/review" className={styles.back}>
        {t("back")}
      </Link>
      <Icon name={interaction.channel} />
      <h1 className={styles.title}>{customer || t("customer")}</h1>
      <p className={styles.facts}>{facts.filter((one) => one !== "").join(" · ")}</p>
      <div className={styles.end}>
        {ledger && <Score value={ledger.reviewed_score ?? ledger.score} />}
        <ActionButton action="review.previous" kind="quiet" />
        <ActionButton action="review.next" kind="quiet" />
      </div>
    </header>
  );
}
