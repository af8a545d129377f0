import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import type { LiveInteraction } from "@/api/types";
import { lift, usePhone } from "@/phone/phone";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { useTell } from "@/shared/ui/use-tell";
import { leaveCall, listen, type Listening } from "../model/commands";
import styles from "./ListenIn.module.css";

const ways = { monitoring: "monitor", whispering: "whisper", barging: "barge" } as const;
const isWay = (kind: string): kind is keyof typeof ways => kind in ways;

/** A call by ear: listen, speak to the agent alone, join in; one's own phone rings, and lifts by itself where it is this browser. */
export function ListenIn({ live }: { live: LiveInteraction }) {
  const { t } = useTranslation("floor");
  const me = useMe();
  const tell = useTell();
  const line = usePhone((now) => now.line);
  const rings = usePhone((now) => now.call?.interaction === live.id && now.call.state === "ringing");
  const mine = live.parties.find(({ user, kind }) => user === me.user && isWay(kind));
  const now = mine && isWay(mine.kind) ? ways[mine.kind] : null;
  useEffect(() => {
    if (now !== null && rings) void lift(live.id);
  }, [now, rings, live.id]);
  const possible = may(me, "calls.listen") && live.channel === "voice" && !live.voicemail && live.agent !== me.user && (now !== null || live.stage === "connected");
  const change = async (how: Listening | null) => {
    const done = await (how === null ? leaveCall(live.id) : listen(live.id, how));
    if (!done.ok) tell(done.failure);
  };
  const offer = (how: Listening) => (possible && now !== how && live.stage === "connected" ? () => void change(how) : null);
  useAction("floor.listen", offer("monitor"));
  useAction("floor.speak", offer("whisper"));
  useAction("floor.joinIn", offer("barge"));
  useAction("floor.leave", now === null ? null : () => void change(null));
  if (!possible) return null;
  return (
    <div className={styles.box} role="group" aria-label={t("listen.title")}>
      <p role="status" className={styles.words}>
        {now !== null ? t(`listen.${now}`) : line === "ready" ? t("listen.ready") : t("listen.noPhone")}
      </p>
      <div className={styles.buttons}>
        <ActionButton action="floor.listen" kind={now === "monitor" ? "primary" : "plain"} />
        <ActionButton action="floor.speak" kind={now === "whisper" ? "primary" : "plain"} />
        <ActionButton action="floor.joinIn" kind={now === "barge" ? "primary" : "plain"} />
        {now !== null && <ActionButton action="floor.leave" />}
      </div>
    </div>
  );
}
