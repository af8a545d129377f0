import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { turnOn, usePhone } from "@/phone/phone";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { useHasPhone } from "../store/reads";
import { DialDialog } from "./DialDialog";
import styles from "./PhoneCard.module.css";
import { PhoneDialog } from "./PhoneDialog";

/** Whether this browser rings, and how the line is: for whoever takes calls where there is a phone. */
export function PhoneCard() {
  const { t } = useTranslation("agent");
  const there = useHasPhone();
  const line = usePhone((now) => now.line);
  const call = usePhone((now) => now.call);
  const [open, setOpen] = useState(false);
  const [dials, setDials] = useState(false);
  const places = may(useMe(), "calls.place");
  useAction("agent.dial", there && places ? () => setDials(true) : null);
  if (!there) return null;
  return (
    <section className={styles.card} aria-label={t("phone.title")}>
      <p className={styles.line} data-line={line} role="status">
        <Icon name="voice" />
        <span>{call ? t(`phone.call.${call.state}`) : t(`phone.line.${line}`)}</span>
      </p>
      {(line === "off" || line === "forbidden") && (
        <Button kind="plain" className={styles.on} onClick={() => void turnOn()}>
          {t(line === "off" ? "phone.turnOn" : "phone.again")}
        </Button>
      )}
      <Button kind="quiet" className={styles.devices} onClick={() => setOpen(true)}>
        {t("phone.devices")}
      </Button>
      {places && <ActionButton action="agent.dial" kind="quiet" className={styles.dial} />}
      {dials && <DialDialog onClose={() => setDials(false)} />}
      {open && <PhoneDialog onClose={() => setOpen(false)} />}
    </section>
  );
}
