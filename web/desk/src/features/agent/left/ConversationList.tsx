import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { useWords } from "@/shared/timeline/use-words";
import { Icon } from "@/shared/ui/Icon";
import { Skeleton } from "@/shared/ui/States";
import { heldSince, lastWords, unseen, waitsSince, type Conversation } from "../model/conversation";
import type { Slot } from "../model/hands";
import { warmth } from "../model/order";
import { useConversation } from "../store/desk";
import styles from "./ConversationList.module.css";

/** My conversations; who waits longest for me is on top. Not `ready`: which they are is not known yet. */
export function ConversationList({ ready, slots, chosen }: { ready: boolean; slots: readonly Slot[]; chosen: string | undefined }) {
  const { t } = useTranslation("agent");
  return (
    <nav aria-label={t("list.title")} className={styles.nav}>
      <h2 className={styles.title}>
        {t("list.title")}
        {ready && <span className={styles.count}>{slots.length}</span>}
      </h2>
      {!ready ? (
        <Skeleton lines={2} />
      ) : slots.length === 0 ? (
        <p className={styles.none}>{t("list.none")}</p>
      ) : (
        <ul>
          {slots.map((slot) => (
            <Entry key={slot.interaction} slot={slot} chosen={slot.interaction === chosen} />
          ))}
        </ul>
      )}
    </nav>
  );
}

function Entry({ slot, chosen }: { slot: Slot; chosen: boolean }) {
  const { t } = useTranslation("agent");
  const conversation = useConversation(slot.interaction);
  const wordsOf = useWords();
  if (!conversation) return null;
  const { live } = conversation;
  const last = lastWords(conversation);
  const news = chosen ? 0 : unseen(conversation);
  return (
    <li>
      <NavLink to={`/desk/${slot.interaction}`} className={styles.entry ?? ""}>
        <span className={styles.channel}>
          <Icon name={live?.channel ?? "chat"} />
          <span className="visually-hidden">{live && t(`channel.${live.channel}`)}</span>
        </span>
        <span className={styles.name}>{live?.customer_name || t("customer.unnamed")}</span>
        <Clock slot={slot} conversation={conversation} />
        <span className={styles.words}>{last ? wordsOf(last) : t("list.nothingSaid")}</span>
        {news > 0 && (
          <span className={styles.news}>
            <span aria-hidden="true">{news}</span>
            <span className="visually-hidden">{t("list.news", { count: news })}</span>
          </span>
        )}
      </NavLink>
    </li>
  );
}

/** One clock a conversation: the wait for an answer, the hold, or what is left of the wrap-up. */
function Clock({ slot, conversation }: { slot: Slot; conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const held = heldSince(conversation);
  const waits = waitsSince(conversation);
  const clock = (text: string, label: string, tone: string) => (
    <span className={styles.clock} data-tone={tone} title={label}>
      <span className="visually-hidden">{label} </span>
      {text}
    </span>
  );
  if (slot.state === "wrap_up") return clock(slot.until === null ? t("list.wrapUp") : clockText(Date.parse(slot.until) - now), t("list.wrapUp"), "cool");
  if (slot.state === "receiving") return clock(t("list.receiving"), t("list.receivingWords"), "warm");
  if (slot.consult) return clock(t("list.consult"), t("list.consultWords"), "cool");
  if (held !== null) return clock(clockText(now - held), t("list.onHold"), warmth(now - held));
  if (waits !== null) return clock(clockText(now - waits), t("list.waits"), warmth(now - waits));
  return null;
}
