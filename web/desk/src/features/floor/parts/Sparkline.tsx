import { staircase, type Sample } from "../model/history";
import styles from "./Sparkline.module.css";

const width = 96;
const height = 24;

/** How many waited in the last half hour; a picture, its words are the label. */
export function Sparkline({ samples, now, label }: { samples: readonly Sample[]; now: number; label: string }) {
  const { points } = staircase(samples, now);
  const at = points.map(({ x, y }) => `${(x * width).toFixed(1)} ${(height - 2 - y * (height - 4)).toFixed(1)}`);
  const first = points[0];
  const last = points.at(-1);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} preserveAspectRatio="none">
      <title>{label}</title>
      <line className={styles.ground} x1={0} x2={width} y1={height - 1.5} y2={height - 1.5} />
      {first && last && at.length > 1 && (
        <>
          <path className={styles.area} d={`M${(first.x * width).toFixed(1)} ${height - 2}L${at.join("L")}L${width} ${height - 2}Z`} />
          <path className={styles.line} d={`M${at.join("L")}`} vectorEffect="non-scaling-stroke" />
        </>
      )}
    </svg>
  );
}
