import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { lineOf, type LineReading } from "@/features/agent/model/line";
import styles from "./CallBar.module.css";

/** How the line is, in words; the figures of each leg on demand. */
export function LineBadge({ legs }: { legs: readonly LineReading[] }) {
  const { t, i18n } = useTranslation("agent");
  const state = lineOf(legs);
  const bad = legs.filter((one) => one.bad).map((one) => t(`call.leg.${one.leg}`));
  const words = state === "bad" ? t("call.line.bad", { legs: bad.join(", ") }) : t(`call.line.${state}`);
  const figure = (value: number | null, unit: "percent" | "ms" | "score") =>
    value === null ? t("call.unknown") : t(`call.unit.${unit}`, { value: value.toLocaleString(i18n.language, { maximumFractionDigits: unit === "score" ? 2 : 1 }) });
  return (
    <details className={styles.badge} data-line={state}>
      <summary>
        <Icon name="voice" size={14} />
        <span role="status">{words}</span>
      </summary>
      {legs.length > 0 && (
        <table className={styles.legs}>
          <thead>
            <tr>
              <th scope="col">{t("call.of")}</th>
              <th scope="col">{t("call.score")}</th>
              <th scope="col">{t("call.loss")}</th>
              <th scope="col">{t("call.lossAway")}</th>
              <th scope="col">{t("call.jitter")}</th>
              <th scope="col">{t("call.delay")}</th>
            </tr>
          </thead>
          <tbody>
            {legs.map((one) => (
              <tr key={one.leg}>
                <th scope="row">{t(`call.leg.${one.leg}`)}</th>
                <td>{figure(one.score, "score")}</td>
                <td>{figure(one.loss_percent, "percent")}</td>
                <td>{figure(one.loss_away_percent, "percent")}</td>
                <td>{figure(one.jitter_ms, "ms")}</td>
                <td>{figure(one.round_trip_ms === null ? null : one.round_trip_ms / 2 + one.buffered_ms, "ms")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
