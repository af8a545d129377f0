import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Interaction } from "@/api/types";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Icon } from "@/shared/ui/Icon";
import { Failed, Skeleton } from "@/shared/ui/States";
import { reasonOptions } from "@/features/agent/model/wrap-up";
import { useEarlier } from "@/features/agent/store/customer";
import { useQueues } from "@/features/agent/store/reads";
import { EarlierDialog } from "./EarlierDialog";
import styles from "./Customer.module.css";

const shownAtOnce = 5;

/** When the customer came before, why, and how it ended; each opens with all that was said. */
export function EarlierList({ customer, known, current }: { customer: string; known: boolean; current: string }) {
  const { t } = useTranslation("agent");
  const found = useEarlier(customer, known);
  const [open, setOpen] = useState<Interaction | null>(null);
  const [all, setAll] = useState(false);
  const earlier = (found.data ?? []).filter((one) => one.id !== current);
  const shown = all ? earlier : earlier.slice(0, shownAtOnce);
  return (
    <div>
      <h4 className={styles.title}>{t("customer.journey")}</h4>
      {found.isLoading && <Skeleton lines={2} />}
      {found.isError && <Failed code="other" retry={() => void found.refetch()} />}
      {!found.isLoading && !found.isError && earlier.length === 0 && <p className={styles.words}>{t("customer.firstContact")}</p>}
      <ol className={styles.earlier}>
        {shown.map((one) => (
          <li key={one.id}>
            <EarlierRow one={one} onOpen={() => setOpen(one)} />
          </li>
        ))}
      </ol>
      {earlier.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("customer.moreEarlier", { count: earlier.length - shown.length })}
        </button>
      )}
      {open && <EarlierDialog interaction={open} current={current} onClose={() => setOpen(null)} />}
    </div>
  );
}

function EarlierRow({ one, onOpen }: { one: Interaction; onOpen: () => void }) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const queues = useQueues();
  const at = Date.parse(one.started_at);
  const queue = queues.data?.find((other) => other.id === one.queue && other.brand === one.brand);
  const reason = reasonOptions(queue?.dispositions?.reasons ?? []).find((other) => other.id === one.disposition)?.label;
  const matter = (reason ?? one.disposition) || (queue?.label ?? one.queue);
  return (
    <button type="button" className={styles.earlierRow} aria-haspopup="dialog" title={exactText(at, i18n.language)} onClick={onOpen}>
      <Icon name={one.channel} size={14} />
      <span className="visually-hidden">{t(`channel.${one.channel}`)}</span>
      <span className={styles.matter}>{matter}</span>
      <span className={styles.when}>{agoText(at, now, i18n.language)}</span>
      <span className={styles.outcome}>{one.outcome === "" ? t("outcome.open") : t(`outcome.${one.outcome}`)}</span>
    </button>
  );
}
