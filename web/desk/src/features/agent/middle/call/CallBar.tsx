import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/shared/actions/actions";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import type { Conversation } from "@/features/agent/model/conversation";
import { pauseMostMs } from "@/features/agent/model/line";
import { pauseRecording, resumeRecording } from "@/features/agent/store/commands";
import styles from "./CallBar.module.css";
import { Keypad } from "./Keypad";
import { LineBadge } from "./LineBadge";

/** What is only of calls: how the line is, whether it is recorded, keys. */
export function CallBar({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const [keypad, setKeypad] = useState(false);
  const paused = conversation.live?.recording_paused ?? null;
  const { id } = conversation;
  // The key only pauses: pressed twice, or by habit in a text, it never lets card data into the recording.
  useAction("agent.pauseRecording", () => {
    if (paused === null) void pauseRecording(id);
  });
  useAction("agent.resumeRecording", paused === null ? null : () => void resumeRecording(id));
  useAction("agent.keypad", () => setKeypad(!keypad));
  return (
    <section className={styles.bar} aria-label={t("call.title")}>
      <LineBadge legs={conversation.lines} />
      <span className={styles.paused} role="status">
        {paused !== null && <Paused since={Date.parse(paused)} />}
      </span>
      <span className={styles.buttons}>
        {paused === null ? <ActionButton action="agent.pauseRecording" icon={<Icon name="pause" />} kind="quiet" /> : <ActionButton action="agent.resumeRecording" icon={<Icon name="play" />} kind="primary" />}
        <ActionButton action="agent.keypad" icon={<Icon name="keys" />} kind="quiet" />
      </span>
      {keypad && <Keypad id={id} onClose={() => setKeypad(false)} />}
    </section>
  );
}

function Paused({ since }: { since: number }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  return (
    <>
      <strong>{t("call.paused")}</strong> <span aria-hidden="true">{t("call.pausedLeft", { time: clockText(since + pauseMostMs - now) })}</span>
    </>
  );
}
