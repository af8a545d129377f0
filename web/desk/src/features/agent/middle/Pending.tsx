import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { failureText } from "../store/commands";
import { discard, sayAgain, useOutbox } from "../store/outbox";
import styles from "./Pending.module.css";

type Props = { interaction: string; id: string; state: "sending" | "waiting" | "refused" };

/** Words that are not with the customer yet, and why. */
export function Pending({ interaction, id, state }: Props) {
  const { t } = useTranslation("agent");
  const failure = useOutbox(interaction).find((one) => one.id === id)?.failure;
  if (state !== "refused") return <p className={styles.pending}>{t(`pending.${state}`)}</p>;
  return (
    <p className={styles.refused} role="alert">
      <span>{t("pending.refused", { why: failure ? failureText(failure) : "" })}</span>
      <Button kind="quiet" onClick={() => sayAgain(interaction, id)}>
        {t("common:retry")}
      </Button>
      <Button kind="quiet" onClick={() => discard(interaction, id)}>
        {t("pending.discard")}
      </Button>
    </p>
  );
}
