import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import type { AgentState, Channel } from "@/api/types";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { Menu } from "@/shared/ui/Menu";
import { Skeleton } from "@/shared/ui/States";
import { loadOf } from "../model/hands";
import { beBack, setPresence } from "../store/commands";
import { useDesk } from "../store/desk";
import { useOwnProfile } from "../store/reads";
import { toggleSound, useSound } from "../store/sound";
import styles from "./PresenceCard.module.css";

const breaks = ["lunch", "short", "training", "meeting", "other"] as const;

/** Presence with its timer, and how much of the capacity is taken: always in view. */
export const PresenceCard = memo(function PresenceCard() {
  const { t } = useTranslation("agent");
  const agent = useDesk((now) => now.agent);
  const sound = useSound();
  const soundLabel = t(sound ? "sound.on" : "sound.off");
  return (
    <section className={styles.card} aria-label={t("presence.title")}>
      {agent ? <Presence agent={agent} /> : <Skeleton lines={2} />}
      <div className={styles.row}>
        <Capacity />
        <Button kind="quiet" className={styles.bell} aria-pressed={sound} aria-label={t("sound.label")} title={soundLabel} icon={<Icon name={sound ? "bell" : "bellOff"} />} onClick={toggleSound} />
      </div>
    </section>
  );
});

function Presence({ agent }: { agent: AgentState }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const missed = agent.work_state === "not_responding";
  const shown = missed ? "notResponding" : agent.presence;
  const word = agent.presence === "break" && agent.reason !== "" && !missed ? t("presence.breakFor", { reason: breakText(t, agent.reason) }) : t(`presence.${shown}`);
  const items = [
    { id: "available", label: <Option state="available" text={t("presence.available")} />, checked: agent.presence === "available", run: () => void setPresence("available") },
    ...breaks.map((reason) => ({
      id: reason,
      label: <Option state="break" text={t("presence.breakFor", { reason: t(`break.${reason}`) })} />,
      checked: agent.presence === "break" && agent.reason === reason,
      run: () => void setPresence("break", reason),
    })),
    { id: "offline", label: <Option state="offline" text={t("presence.offline")} />, checked: agent.presence === "offline", run: () => void setPresence("offline") },
  ];
  const button = (
    <>
      <Shape state={shown} />
      <span className={styles.word}>{word}</span>
      <span className={styles.chevron}>
        <Icon name="chevron" size={12} />
      </span>
    </>
  );
  return (
    <>
      <Menu label={t("presence.menu", { presence: word })} button={button} buttonClass={styles.button} items={items} />
      {missed && (
        <div className={styles.missed}>
          <p>{t("presence.missed")}</p>
          <Button kind="primary" onClick={() => void beBack()}>
            {t("presence.beBack")}
          </Button>
        </div>
      )}
      <p className={styles.work}>
        <span>{t(agent.presence !== "available" && agent.work_state === "idle" ? "work.away" : `work.${agent.work_state}`)}</span>
        <span>{clockText(now - Date.parse(agent.since))}</span>
      </p>
    </>
  );
}

function breakText(t: (key: string) => string, reason: string): string {
  const known = breaks.find((one) => one === reason);
  return known === undefined ? reason : t(`break.${known}`);
}

function Option({ state, text }: { state: string; text: string }) {
  return (
    <>
      <Shape state={state} />
      {text}
    </>
  );
}

/** Presence by shape as well as by colour: a full circle, a half one, an empty one, a ring with a gap. */
function Shape({ state }: { state: string }) {
  return <span className={styles.shape} data-state={state} aria-hidden="true" />;
}

const channels: readonly Channel[] = ["voice", "chat", "message", "email"];

/** Room taken and room there is, by channel. */
function Capacity() {
  const { t } = useTranslation("agent");
  const taken = useDesk(
    useShallow(({ slots, conversations }) => {
      const load = loadOf(slots, (id) => conversations.get(id)?.live?.channel);
      return channels.map((channel) => load.get(channel) ?? 0);
    }),
  );
  const { data } = useOwnProfile();
  const lines = channels
    .map((channel, at) => ({ channel, taken: taken[at] ?? 0, room: data?.capacity?.[channel] ?? 0 }))
    .filter(({ taken, room }) => taken > 0 || room > 0);
  return (
    <ul className={styles.capacity} aria-label={t("capacity.title")}>
      {lines.map(({ channel, taken, room }) => (
        <li key={channel} title={t("capacity.line", { channel: t(`channel.${channel}`), taken, room })} data-full={taken >= room || undefined}>
          <Icon name={channel} size={14} />
          <span className="visually-hidden">{t("capacity.line", { channel: t(`channel.${channel}`), taken, room })}</span>
          <span aria-hidden="true">
            {taken}/{room}
          </span>
        </li>
      ))}
    </ul>
  );
}
