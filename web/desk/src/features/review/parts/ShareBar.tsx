import type { Share } from "../model/agreement";
import styles from "./ShareBar.module.css";

const width = 120;
const height = 12;

/** A share with its interval, from nothing to all: how sure one can be of it is how short the line is. */
export function ShareBar({ share }: { share: Share }) {
  const x = (value: number) => 4 + value * (width - 8);
  return (
    <svg className={styles.bar} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <line className={styles.ground} x1={x(0)} x2={x(1)} y1={height / 2} y2={height / 2} />
      <line className={styles.interval} x1={x(share.low)} x2={x(share.high)} y1={height / 2} y2={height / 2} />
      <circle className={styles.value} cx={x(share.value)} cy={height / 2} r={4} />
    </svg>
  );
}
