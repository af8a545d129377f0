import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "@/api/result";
import type { LiveInteraction } from "@/api/types";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import styles from "@/shared/ui/PanelForm.module.css";
import type { Asked } from "../model/asked";
import { callOff } from "../store/asked";
import { cancelTransfer, completeTransfer, conference, failureText } from "../store/commands";

type Props = { live: LiveInteraction; asked: Asked & { declined: string | null } };

/** A colleague was asked: how far that is; hand over once they have read it, let all talk, or keep it. */
export function PendingTransfer({ live, asked }: Props) {
  const { id } = live;
  const { t } = useTranslation("agent");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const words = useWords(asked);
  const talk = useTalk(live, asked.name);
  const joined = live.parties.some(({ kind }) => kind === "joined");
  const call = live.channel === "voice" && !live.voicemail;
  const act = async (command: (id: string) => Promise<Result<unknown>>) => {
    setBusy(true);
    const done = await command(id);
    setBusy(false);
    // What is over meanwhile is told where it ends.
    if (done.ok || done.failure.code === "no_transfer") return;
    callOff(id, false);
    setFailure(failureText(done.failure));
  };
  const keepIt = () => {
    callOff(id);
    void act(cancelTransfer);
  };
  useAction("agent.conference", call && !joined && !busy && asked.state === "read" ? () => void act(conference) : null);
  const hands = asked.name === "" ? t("transfer.completeNobody") : t("transfer.complete", { name: asked.name });
  return (
    <section className={styles.raised} aria-label={asked.name === "" ? t("transfer.title") : t("transfer.pending", { name: asked.name })}>
      <p role="status">
        {joined ? talk : words}
        {!joined && talk !== null && ` ${talk}`}
      </p>
      <div className={styles.buttons}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button disabled={busy} onClick={keepIt}>
          {t(joined ? "transfer.withoutThem" : "transfer.cancel", { name: asked.name })}
        </Button>
        {call && !joined && <ActionButton action="agent.conference" />}
        <Button kind="primary" busy={busy} disabled={asked.state !== "read"} onClick={() => void act(completeTransfer)}>
          {joined ? t("transfer.leave", { name: asked.name }) : hands}
        </Button>
      </div>
    </section>
  );
}

/** On a call: who hears whom now; `null`: nobody is on the line. */
function useTalk(live: LiveInteraction, name: string): string | null {
  const { t } = useTranslation("agent");
  const colleague = live.parties.find(({ kind, offered }) => (kind === "consulted" || kind === "joined") && !offered);
  if (!colleague) return null;
  if (live.on_hold) return t("transfer.talk.held", { name });
  return t(colleague.kind === "joined" ? "transfer.talk.all" : "transfer.talk.customer", { name });
}

function useWords({ state, name, declined }: Props["asked"]): string {
  const { t } = useTranslation("agent");
  const now = state === "waiting" ? t(name === "" ? "transfer.state.nobody" : "transfer.state.waiting", { name }) : t(`transfer.state.${state}`, { name });
  return declined === null || state === "read" ? now : t("transfer.declined", { name: declined, now });
}
