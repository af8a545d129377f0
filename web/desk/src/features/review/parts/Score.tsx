import { useTranslation } from "react-i18next";
import styles from "./Score.module.css";

/** A score of 100 as a number with a meter; none is said, not drawn as nothing. */
export function Score({ value }: { value: number | null }) {
  const { t } = useTranslation("review");
  if (value === null) return <span className={styles.none}>{t("score.none")}</span>;
  const whole = Math.round(value);
  return (
    <span className={styles.score}>
      <span>{whole}</span>
      <svg className={styles.meter} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.ground} width={100} height={6} rx={3} />
        <rect className={styles.value} width={whole} height={6} rx={3} />
      </svg>
    </span>
  );
}
