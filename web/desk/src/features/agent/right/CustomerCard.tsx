import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { causeOf } from "@/api/result";
import { may } from "@/api/session";
import { useHead } from "@/api/speakers";
import { useMe } from "@/api/use-session";
import { Failed, Skeleton } from "@/shared/ui/States";
import type { Conversation } from "../model/conversation";
import type { Slot } from "../model/hands";
import { record } from "../store/commands";
import { useCustomer, useFreshRecord } from "../store/customer";
import { CaseList } from "./customer/CaseList";
import { EarlierList } from "./customer/EarlierList";
import { KnownFacts } from "./customer/KnownFacts";
import { OwedList } from "./customer/OwedList";
import { ScreenPopLink } from "./customer/ScreenPopLink";
import styles from "./customer/Customer.module.css";
import panel from "./SidePanel.module.css";

/** Looked at for so long, it was read. */
const readMs = 1_500;
const learnt = new Set(["promise", "promise_kept", "field_captured", "fact_known", "verified"]);

/** Who the customer is: what is known already, so that nobody asks twice; what they were promised; their cases; when they came before. */
export function CustomerCard({ conversation, slot }: { conversation: Conversation; slot: Slot }) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const { live } = conversation;
  const customer = live?.customer ?? "";
  const head = useHead(conversation.id, conversation.events);
  const onRecord = useCustomer(may(me, "customers.read") ? live : null);
  useFreshRecord(customer, conversation.events.filter((one) => learnt.has(one.kind)).length);
  useViewed(conversation, slot.state === "connected" && !slot.consult && head.data !== undefined);
  const known = onRecord.data ?? null;
  // Of somebody new it is known that nothing was before; of somebody whose record was not read, nothing is.
  const stranger = onRecord.data === null;
  const cases = known !== null && may(me, "cases.read");
  return (
    <section className={panel.section} aria-label={t("customer.title")}>
      <h3 className={panel.title}>
        {t("customer.title")}
        <span className={panel.aside}>{known?.name || live?.customer_name}</span>
      </h3>
      <ScreenPopLink conversation={conversation} />
      {(head.isLoading || onRecord.isLoading) && <Skeleton lines={3} />}
      {onRecord.isError && <Failed code={causeOf(onRecord.error).code} retry={() => void onRecord.refetch()} />}
      {head.isError && <Failed code="other" retry={() => void head.refetch()} />}
      {head.data && !onRecord.isLoading && (
        <div className={styles.parts}>
          <KnownFacts conversation={conversation} record={known} certain={onRecord.isSuccess} participant={head.data.participants?.find((one) => one.role === "customer")} mine={slot.state !== "receiving" && !slot.consult} />
          <OwedList conversation={conversation} customer={customer} known={cases} certain={stranger || cases} />
          {cases && <CaseList conversation={conversation} customer={customer} />}
          {(stranger || known) && <EarlierList customer={customer} known={!stranger} current={conversation.id} />}
        </div>
      )}
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
