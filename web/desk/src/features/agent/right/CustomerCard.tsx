import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHead } from "@/api/speakers";
import type { Interaction, Participant } from "@/api/types";
import { agoText, dueText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Icon } from "@/shared/ui/Icon";
import { Failed, Skeleton } from "@/shared/ui/States";
import type { Conversation } from "../model/conversation";
import type { Slot } from "../model/hands";
import { promisesOf } from "../model/wrap-up";
import { record } from "../store/commands";
import { useJourney } from "../store/reads";
import styles from "./CustomerCard.module.css";
import panel from "./SidePanel.module.css";

/** Looked at for so long, it was read. */
const readMs = 1_500;

/** Who the customer is: what is known already, what they were promised, when they came before. */
export function CustomerCard({ conversation, slot }: { conversation: Conversation; slot: Slot }) {
  const { t } = useTranslation("agent");
  const { live } = conversation;
  const head = useHead(conversation.id, conversation.events);
  const customer = head.data?.participants?.find((one) => one.role === "customer");
  useViewed(conversation, slot.state === "connected" && !slot.consult && head.data !== undefined);
  return (
    <section className={panel.section} aria-label={t("customer.title")}>
      <h3 className={panel.title}>
        {t("customer.title")}
        <span className={panel.aside}>{live?.customer_name}</span>
      </h3>
      {head.isLoading && <Skeleton lines={2} />}
      {head.isError && <Failed code="other" retry={() => void head.refetch()} />}
      {head.data && <Known customer={customer} />}
      <Promised conversation={conversation} />
      <Journey customer={live?.customer ?? ""} current={conversation.id} />
    </section>
  );
}

/** The timeline tells that the agent looked at the profile: once, and when they really had the time to. */
function useViewed(conversation: Conversation, shown: boolean): void {
  const { id } = conversation;
  const viewed = conversation.events.some((one) => one.kind === "profile_viewed");
  useEffect(() => {
    if (!shown || viewed) return;
    const timer = window.setTimeout(() => !document.hidden && void record(id, { kind: "profile_viewed" }), readMs);
    return () => window.clearTimeout(timer);
  }, [id, shown, viewed]);
}

function Known({ customer }: { customer: Participant | undefined }) {
  const { t } = useTranslation("agent");
  const facts = Object.entries(customer?.known ?? {}).map(([name, value]) => ({ name: name.replaceAll("_", " "), value: typeof value === "string" ? value : JSON.stringify(value) }));
  const identifiers = (customer?.identifiers ?? []).map((one) => ({ name: String(one["type"] ?? ""), value: String(one["value"] ?? ""), verified: one["verified"] === true }));
  if (facts.length + identifiers.length === 0 && !customer?.preferred_channel) return <p className={styles.words}>{t("customer.nothingKnown")}</p>;
  return (
    <dl className={styles.facts}>
      {customer?.preferred_channel && (
        <div>
          <dt>{t("customer.prefers")}</dt>
          <dd>{t([`channel.${customer.preferred_channel}`, customer.preferred_channel])}</dd>
        </div>
      )}
      {identifiers.map((one) => (
        <div key={`${one.name} ${one.value}`}>
          <dt>{one.name}</dt>
          <dd>
            {one.value} {one.verified && <span className={styles.verified}>{t("customer.verified")}</span>}
          </dd>
        </div>
      ))}
      {facts.map((one) => (
        <div key={one.name}>
          <dt>{one.name}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Promised({ conversation }: { conversation: Conversation }) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const promises = promisesOf(conversation.events);
  if (promises.length === 0) return null;
  return (
    <>
      <h4 className={styles.title}>{t("customer.promises")}</h4>
      <ul className={styles.promises}>
        {promises.map((one) => (
          <li key={one.id}>
            <Icon name={one.kind === "promise" ? "promise" : "clock"} size={14} />
            <span>{one.text ?? String(one["what"] ?? "")}</span>
            {typeof one["due"] === "string" && <time title={exactText(Date.parse(one["due"]), i18n.language)}>{dueText(Date.parse(one["due"]), now, i18n.language)}</time>}
          </li>
        ))}
      </ul>
    </>
  );
}

const marksMax = 12;

/** Earlier contacts as a line of small marks, the oldest first; this one is the last. */
function Journey({ customer, current }: { customer: string; current: string }) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const { data } = useJourney(customer);
  const earlier = (data ?? []).filter((one) => one.id !== current).slice(0, marksMax).reverse();
  const words = (one: Interaction) =>
    t("customer.contact", { channel: t(`channel.${one.channel}`), ago: agoText(Date.parse(one.started_at), now, i18n.language), outcome: one.outcome === "" ? t("outcome.open") : t(`outcome.${one.outcome}`) });
  return (
    <>
      <h4 className={styles.title}>{t("customer.journey")}</h4>
      {earlier.length === 0 ? (
        <p className={styles.words}>{t("customer.firstContact")}</p>
      ) : (
        <ol className={styles.journey}>
          {earlier.map((one) => (
            <li key={one.id} title={words(one)}>
              <Icon name={one.channel} size={14} />
              <span className="visually-hidden">{words(one)}</span>
            </li>
          ))}
          <li className={styles.now}>{t("customer.now")}</li>
        </ol>
      )}
    </>
  );
}
