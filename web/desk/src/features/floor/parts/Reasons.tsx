import { useTranslation } from "react-i18next";
import { clockText } from "@/shared/time/format";
import type { Reason, Risk } from "../model/risk";
import styles from "./Reasons.module.css";

/** Why somebody should look, in words. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation("floor");
  return (reason) => {
    switch (reason.kind) {
      case "missed_critical":
        return t("reason.missed_critical", { say: reason.say });
      case "asks_supervisor":
        return t("reason.asks_supervisor");
      case "sensitive":
        return t("reason.sensitive");
      case "upset":
        return t("reason.upset", { time: clockText(reason.sinceMs) });
      case "overdue":
        return t("reason.overdue", { say: reason.say });
      case "waits":
        return t("reason.waits", { time: clockText(reason.ms), target: clockText(reason.targetMs) });
      case "held":
        return t("reason.held", { time: clockText(reason.ms) });
      case "missed":
        return t("reason.missed", { count: reason.count });
      case "due":
        return t("reason.due", { say: reason.say, time: clockText(reason.inMs) });
    }
  };
}

export function Reasons({ risk, most }: { risk: Risk; most: number }) {
  const { t } = useTranslation("floor");
  const text = useReasonText();
  const rest = risk.reasons.length - most;
  return (
    <span className={styles.reasons}>
      {risk.reasons.slice(0, most).map((reason, at) => (
        <span key={`${reason.kind}${at}`} className={[styles.reason, at === 0 && risk.level === "high" && styles.first].filter(Boolean).join(" ")} title={text(reason)}>
          {text(reason)}
        </span>
      ))}
      {rest > 0 && <span className={styles.rest}>{t("reason.more", { count: rest })}</span>}
    </span>
  );
}
