import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { TimelineEvent } from "@/api/types";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { opensOnAcceptance } from "@/shared/screen-pop";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { useWords } from "@/shared/timeline/use-words";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import { lastWords, messagesOf, type Conversation } from "../model/conversation";
import { offersOf, type Slot } from "../model/hands";
import { isCallback } from "../model/leg";
import { ScreenPopLink } from "../right/customer/ScreenPopLink";
import { answer, refuse } from "../store/commands";
import { useConversation, useDesk } from "../store/desk";
import { useQueueText } from "../store/reads";
import { openScreenPop, useScreenPop } from "../store/screen-pop";
import styles from "./Offers.module.css";

/** What is offered right now. The keys act on the first; there is rarely another. */
export function Offers() {
  const { t } = useTranslation("agent");
  const navigate = useNavigate();
  const { user } = useMe();
  const [opening, setOpening] = useState<string | null>(null);
  const slots = useDesk((now) => now.slots);
  const offers = offersOf(slots);
  const [first] = offers;
  const accept = async (id: string) => {
    if (!(await answer(id))) return;
    if (localStorage.getItem(opensOnAcceptance(user)) === "on") setOpening(id);
    void navigate(`/desk/${id}`);
  };
  useAction("agent.accept", first ? () => void accept(first.interaction) : null);
  useAction("agent.refuse", first ? () => void refuse(first.interaction) : null);
  return (
    <div role="region" aria-label={t("offer.region")} aria-live="assertive" className={styles.offers}>
      {offers.map((slot) => (
        <OfferCard key={slot.interaction} slot={slot} />
      ))}
      {opening !== null && <PopOnce key={opening} interaction={opening} />}
    </div>
  );
}

/** Who accepted has long begun to talk. */
const tooLateMs = 10_000;

/** Opens the other system as soon as its address is known, once, and not out of the blue. */
function PopOnce({ interaction }: { interaction: string }) {
  const url = useScreenPop(useConversation(interaction));
  const opened = useRef(false);
  useEffect(() => {
    const timer = window.setTimeout(() => (opened.current = true), tooLateMs);
    return () => window.clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (url === null || opened.current) return;
    opened.current = true;
    openScreenPop(url);
  }, [url]);
  return null;
}

/** Who it is, why they come, how long they waited: before anything is decided. */
function OfferCard({ slot }: { slot: Slot }) {
  const { t } = useTranslation("agent");
  const conversation = useConversation(slot.interaction);
  const queueText = useQueueText();
  const wordsOf = useWords();
  const live = conversation?.live ?? null;
  if (!conversation || !live) return null;
  const queue = queueText(live.queue, live.brand);
  const reason = reasonOf(conversation);
  return (
    <article className={styles.card} aria-label={t("offer.title")}>
      <p className={styles.head}>
        <Icon name={live.channel} />
        <span>{slot.consult ? t("offer.consult") : t("offer.of", { channel: t(`channel.${live.channel}`), queue })}</span>
        <TimeLeft until={slot.until} />
      </p>
      <h2 className={styles.who}>{live.customer_name || t("customer.unnamed")}</h2>
      {reason && <blockquote className={styles.why}>{wordsOf(reason)}</blockquote>}
      {isCallback(conversation.events) && <p>{t("offer.callback")}</p>}
      <Waited since={live.started_at} again={live.agents.length > 0} />
      <ScreenPopLink conversation={conversation} />
      <div className={styles.buttons}>
        <ActionButton action="agent.accept" kind="primary" />
        <ActionButton action="agent.refuse" />
      </div>
    </article>
  );
}

/** What the customer said last before anybody answered; of a hand-over, what was said last. */
const reasonOf = (conversation: Conversation): TimelineEvent | undefined => messagesOf(conversation.events, "customer").at(-1) ?? lastWords(conversation);

function Waited({ since, again }: { since: string; again: boolean }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const time = clockText(now - Date.parse(since));
  return <p className={styles.waited}>{again ? t("offer.lasts", { time }) : t("offer.waited", { time })}</p>;
}

/** A line that runs out, and the seconds as text. Its whole length is what was left when it was first seen. */
function TimeLeft({ until }: { until: string | null }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const left = until === null ? 0 : Math.max(0, Date.parse(until) - now);
  const [whole] = useState(left);
  if (until === null) return null;
  return (
    <span className={styles.left} aria-live="off">
      {t("offer.left", { seconds: Math.floor(left / 1_000) })}
      <progress className={styles.bar} value={left} max={Math.max(whole, 1)} aria-hidden="true" />
    </span>
  );
}
