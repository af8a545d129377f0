import { useTranslation } from "react-i18next";
import type { Conversation } from "../model/conversation";
import styles from "./FrameworkCard.module.css";
import panel from "./SidePanel.module.css";

/** Where the conversation follows a framework: which, and how many of its steps are behind us. */
export function FrameworkCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const context = conversation.events.findLast((one) => one.kind === "context" && typeof one["framework"] === "string");
  if (!context) return null;
  const steps = conversation.checklist.filter((one) => one.practice === "framework.steps");
  const done = steps.filter((one) => one.state === "met").length;
  return (
    <section className={panel.section} aria-label={t("framework.title")}>
      <h3 className={panel.title}>
        {t("framework.title")}
        <span className={panel.aside}>{String(context["framework"])}</span>
      </h3>
      {steps.length > 0 && (
        <>
          <ol className={styles.steps} aria-hidden="true">
            {steps.map((step, index) => (
              <li key={index} data-done={step.state === "met" || undefined} />
            ))}
          </ol>
          <p>{t("framework.steps", { done, count: steps.length })}</p>
        </>
      )}
    </section>
  );
}
