import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import { attemptOf, caseOf } from "../model/case";
import { heldSince, type Conversation } from "../model/conversation";
import { lastLeg } from "../model/leg";
import type { Slot } from "../model/hands";
import { hold, resume } from "../store/commands";
import { useCases, useCustomer, useEarlier } from "../store/customer";
import { useQueueText } from "../store/reads";
import styles from "./Band.module.css";
import { CallControls } from "./CallControls";

/** Who, which attempt, which case; how the contact stands; what can be done with it. */
export function Band({ slot, conversation }: { slot: Slot; conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const { live } = conversation;
  const queueText = useQueueText();
  const matter = useMatter(conversation);
  const mine = slot.state === "connected" && !slot.consult;
  const held = live?.on_hold ?? false;
  useAction("agent.hold", mine ? () => void (held ? resume(slot.interaction) : hold(slot.interaction)) : null);
  if (!live) return null;
  const queue = queueText(live.queue, live.brand);
  const name = live.customer_name || t("customer.unnamed");
  return (
    <header className={styles.band}>
      <div className={styles.who}>
        <div className={styles.title}>
          <h2 className={styles.name} title={name}>
            {name}
          </h2>
          {matter.attempt !== null && (
            <span className={styles.matter} title={t("band.case", matter.attempt)}>
              {t("band.case", matter.attempt)}
            </span>
          )}
        </div>
        <p className={styles.facts}>
          <Icon name={live.channel} size={14} />
          <span>{t("band.by", { channel: t(`channel.${live.channel}`), queue })}</span>
          {matter.contact > 1 && <span>{t("band.contact", { number: matter.contact })}</span>}
          <State slot={slot} conversation={conversation} />
        </p>
      </div>
      {mine && (
        <div className={styles.buttons}>
          <CallControls live={live} />
          <ActionButton action="agent.hold" icon={<Icon name="pause" />} kind={held ? "primary" : "plain"} />
          <ActionButton action="agent.transfer" icon={<Icon name="transfer" />} />
          <ActionButton action="agent.help" icon={<Icon name="help" />} />
          <ActionButton action="agent.end" />
        </div>
      )}
    </header>
  );
}

/** Which contact of the customer this is, and which attempt at which case; as far as it is on record. */
function useMatter({ id, live }: Conversation): { contact: number; attempt: { case: string; number: number } | null } {
  const me = useMe();
  const customer = live?.customer ?? "";
  const known = (useCustomer(may(me, "customers.read") ? live : null).data ?? null) !== null;
  const earlier = useEarlier(customer, known).data ?? [];
  const one = caseOf(useCases(customer, known && may(me, "cases.read")).data ?? [], id);
  const before = earlier.filter((other) => live && other.id !== id && other.started_at <= live.started_at).length;
  return { contact: before + 1, attempt: one ? { case: one.title, number: attemptOf(one, id) } : null };
}

function State({ slot, conversation }: { slot: Slot; conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const held = heldSince(conversation);
  if (slot.state === "wrap_up") return <span>{t("state.wrap_up")}</span>;
  if (slot.state === "receiving") return <span>{t("state.receiving")}</span>;
  if (slot.consult) return <span>{t("state.consult")}</span>;
  const leg = lastLeg(conversation.events);
  if (leg !== null && leg.state !== "answered") return <strong>{leg.state === "over" ? t([`leg.over.${leg.reason}`, "leg.over.other"]) : t(`leg.${leg.state}`)}</strong>;
  if (held !== null) return <strong className={styles.held}>{t("state.held", { time: clockText(now - held) })}</strong>;
  const since = conversation.live ? Date.parse(conversation.live.since) : now;
  return <span>{t("state.connected", { time: clockText(now - since) })}</span>;
}
