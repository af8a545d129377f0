import type { Doing } from "../model/agent-cell";
import styles from "./StateShape.module.css";

/** A shape for each state, so that the grid reads without colours; its word stands beside it. */
const shapes: Record<Doing, { d: string; filled: boolean }> = {
  idle: { d: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2z", filled: false },
  offered: { d: "M7 1.5 12.5 7 7 12.5 1.5 7z", filled: false },
  receiving: { d: "M7 1.5 12.5 7 7 12.5 1.5 7z", filled: true },
  connected: { d: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2z", filled: true },
  wrap_up: { d: "M2.5 2.5h9v9h-9z", filled: true },
  not_responding: { d: "M7 1.5 13 12.5H1z", filled: true },
  break: { d: "M4.5 2.5v9m5-9v9", filled: false },
  offline: { d: "M2.5 7h9", filled: false },
};

export function StateShape({ doing }: { doing: Doing }) {
  const { d, filled } = shapes[doing];
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false" className={styles[doing]}>
      <path d={d} fill={filled ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
