import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { dueText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import { Skeleton } from "@/shared/ui/States";
import { owedOf, type Owed } from "@/features/agent/model/case";
import type { Conversation } from "@/features/agent/model/conversation";
import { failureText } from "@/features/agent/store/commands";
import { useCustomerChanges, usePromises } from "@/features/agent/store/customer";
import styles from "./Customer.module.css";

const soonMs = 24 * 3_600_000;

/** `known`: they are on record, and it may be read. `certain`: what is not found was not promised. */
type Props = { conversation: Conversation; customer: string; known: boolean; certain: boolean };

/** What the customer still waits for, the soonest due on top; done is said with one press. */
export function OwedList({ conversation, customer, known, certain }: Props) {
  const { t } = useTranslation("agent");
  const promises = usePromises(customer, known);
  const owed = owedOf(promises.data ?? [], conversation.events, conversation.id);
  if (owed.length === 0 && !certain) return null;
  return (
    <div>
      <h4 className={styles.title}>{t("customer.promises")}</h4>
      {promises.isLoading && <Skeleton lines={1} />}
      {promises.isError && (
        <div role="alert">
          <p className={styles.words}>{t("customer.promisesUnread")}</p>
          <Button className={styles.small} onClick={() => void promises.refetch()}>{t("common:retry")}</Button>
        </div>
      )}
      {owed.length === 0 && certain && !promises.isLoading && !promises.isError && <p className={styles.words}>{t("customer.nothingOwed")}</p>}
      <ul className={styles.promises}>
        {owed.map((one) => (
          <OwedLine key={one.key} owed={one} customer={customer} />
        ))}
      </ul>
    </div>
  );
}

function OwedLine({ owed, customer }: { owed: Owed; customer: string }) {
  const { t, i18n } = useTranslation("agent");
  const me = useMe();
  const now = useNow();
  const { keepPromise } = useCustomerChanges(customer);
  const [busy, setBusy] = useState(false);
  const state = owed.due === null ? "none" : owed.due < now ? "late" : owed.due - now < soonMs ? "soon" : "later";
  const keep = async () => {
    if (owed.promise === null) return;
    setBusy(true);
    const done = await keepPromise(owed.promise);
    setBusy(false);
    notify(done.ok ? t("customer.promiseKept", { text: owed.text }) : failureText(done.failure), done.ok ? "plain" : "bad");
  };
  return (
    <li>
      <Icon name={owed.followUp ? "clock" : "promise"} size={14} />
      <div>
        <p className={styles.promise}>{owed.text}</p>
        <p className={styles.due} data-state={state}>
          {owed.due === null ? (
            t("customer.noDue")
          ) : (
            <time dateTime={new Date(owed.due).toISOString()} title={exactText(owed.due, i18n.language)}>
              {t(state === "late" ? "customer.wasDue" : "customer.due", { when: dueText(owed.due, now, i18n.language) })}
            </time>
          )}
          {owed.made === "before" && <span>{t("customer.promisedBefore")}</span>}
        </p>
      </div>
      {owed.promise !== null && may(me, "cases.write") && (
        <Button className={styles.small} busy={busy} aria-label={t("customer.keepLabel", { text: owed.text })} onClick={() => void keep()}>
          {t("customer.keep")}
        </Button>
      )}
    </li>
  );
}
