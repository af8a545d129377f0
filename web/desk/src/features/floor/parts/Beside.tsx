import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/use-session";
import { may } from "@/api/session";
import type { LiveInteraction } from "@/api/types";
import { useAction } from "@/shared/actions/actions";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import { Empty } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import { takeOver } from "../model/commands";
import { useFloor } from "../model/floor";
import { useQueues } from "../model/reads";
import { isWaiting } from "../model/risk";
import { Checklist } from "./Checklist";
import { Conversation } from "./Conversation";
import { ListenIn } from "./ListenIn";
import { MoveDialog, PriorityDialog } from "./MoveDialog";
import { WhisperBox } from "./WhisperBox";
import styles from "./Beside.module.css";

/** A conversation beside the floor, as it runs: to read, and to step in. */
export function Beside({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("floor");
  const me = useMe();
  const live = useFloor((state) => state.live.get(id));
  const [shown, setShown] = useState(live);
  const [asked, setAsked] = useState<"move" | "priority" | null>(null);
  // When it is over, what was known of it stays to read.
  if (live && live !== shown) setShown(live);
  useAction("floor.close", onClose);
  return (
    <section className={styles.beside} aria-label={t("beside.label", { name: shown?.customer_name || t("customer") })}>
      <Head live={live} shown={shown} onAsk={setAsked} />
      {live?.agent === me.user ? (
        <Empty title={t("beside.mine")}>
          <Link to="/desk">{t("beside.go")}</Link>
        </Empty>
      ) : (
        <>
          <Checklist id={id} />
          <Conversation id={id} live={shown} />
        </>
      )}
      {live && <WhisperBox key={id} live={live} />}
      {live && asked === "move" && <MoveDialog live={live} onClose={() => setAsked(null)} />}
      {live && asked === "priority" && <PriorityDialog live={live} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Head({ live, shown, onAsk }: { live: LiveInteraction | undefined; shown: LiveInteraction | undefined; onAsk: (what: "move" | "priority") => void }) {
  const { t } = useTranslation("floor");
  const now = useNow();
  const queue = useQueues().get(shown?.queue ?? "")?.label || shown?.queue;
  const agent = useFloor((state) => state.agents.get(shown?.agent ?? "")?.name);
  useStepIn(live, onAsk);
  const stage = live?.on_hold ? "held" : (live?.stage ?? "finished");
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        {shown && <Icon name={shown.channel} />}
        <h2>{shown?.customer_name || t("customer")}</h2>
        <ActionButton action="floor.close" kind="quiet" short icon={<Icon name="cross" />} className={styles.close} />
      </div>
      <p className={styles.what}>
        {agent === undefined ? t("live.stageQueue", { stage: t(`stage.${stage}`), queue }) : t("live.stageAgent", { stage: t(`stage.${stage}`), agent, queue })}
        {live && <span className={styles.time}> {clockText(now - Date.parse(live.since))}</span>}
      </p>
      <div className={styles.actions}>
        {live && isWaiting(live) ? (
          <>
            <ActionButton action="floor.move" />
            <ActionButton action="floor.priority" />
          </>
        ) : (
          <>
            <ActionButton action="floor.whisper" />
            <ActionButton action="floor.takeOver" />
          </>
        )}
      </div>
      {live && <ListenIn live={live} />}
    </header>
  );
}

/** What can be done with this conversation now. */
function useStepIn(live: LiveInteraction | undefined, onAsk: (what: "move" | "priority") => void): void {
  const { t } = useTranslation("floor");
  const me = useMe();
  const tell = useTell();
  const waiting = live !== undefined && isWaiting(live);
  const supervises = may(me, "floor.supervise");
  const take = async (id: string) => {
    const done = await takeOver(id);
    if (done.ok) notify(t("takeOver.done"));
    else if (done.failure.code === "unknown_agent") notify(t("takeOver.noAgent"), "bad");
    else if (done.failure.code === "agent_unavailable") notify(t("takeOver.away"), "bad");
    else tell(done.failure);
  };
  const mine = live?.agent === me.user;
  useAction("floor.takeOver", live && supervises && !mine && live.stage === "connected" ? () => void take(live.id) : null);
  useAction("floor.move", supervises && waiting ? () => onAsk("move") : null);
  useAction("floor.priority", supervises && waiting ? () => onAsk("priority") : null);
}
