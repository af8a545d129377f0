import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { DialDialog } from "@/features/agent/left/DialDialog";
import type { Conversation } from "@/features/agent/model/conversation";
import { useHasPhone } from "@/features/agent/store/reads";
import styles from "./Customer.module.css";

/** Calls the customer at this number, for whoever may. */
export function CallLink({ number, conversation }: { number: string; conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const places = may(useMe(), "calls.place");
  const there = useHasPhone();
  const [open, setOpen] = useState(false);
  if (!places || !there) return null;
  return (
    <>
      <Button kind="quiet" className={styles.small} icon={<Icon name="voice" size={14} />} aria-label={t("dial.to", { number })} onClick={() => setOpen(true)}>
        {t("dial.call")}
      </Button>
      {open && <DialDialog wish={{ to: number, queue: conversation.live?.queue ?? "", brand: conversation.live?.brand ?? "", ...(conversation.live?.case && { case: conversation.live.case }) }} onClose={() => setOpen(false)} />}
    </>
  );
}
