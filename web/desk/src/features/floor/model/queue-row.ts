import type { Queue, QueueState } from "@/api/types";
import { samplesOf, type QueueNumbers } from "./numbers";
import type { Sample } from "./history";

/** A queue as the floor and the wallboard show it. */
export interface QueueRow {
  id: string;
  label: string;
  brand: string;
  open: boolean;
  waiting: number;
  oldestMs: number | null;
  /** Longer than the target: warm. */
  late: boolean;
  /** From 0 to 1; `null`: nobody has counted yet. */
  level: number | null;
  /** Below what was wished for. */
  low: boolean;
  estimateMs: number | null;
  samples: readonly Sample[];
}

const defaultTargetMs = 20_000;
const defaultTargetShare = 0.8;

export function queueRow(state: QueueState, queue: Queue | undefined, numbers: QueueNumbers | undefined, seen: readonly Sample[], now: number): QueueRow {
  const oldestMs = state.oldest === null ? null : Math.max(0, now - Date.parse(state.oldest));
  const targetMs = (queue?.target_seconds ?? 0) * 1_000 || defaultTargetMs;
  const level = numbers?.half_hour.service_level.value ?? null;
  const wished = (queue?.target_percent ?? 0) / 100 || defaultTargetShare;
  const estimate = numbers?.estimated_wait_seconds ?? null;
  return {
    id: state.queue,
    label: queue?.label || state.queue,
    brand: state.brand,
    open: state.open,
    waiting: state.waiting,
    oldestMs,
    late: oldestMs !== null && oldestMs > targetMs,
    level,
    low: level !== null && level < wished,
    estimateMs: estimate === null ? null : estimate * 1_000,
    samples: numbers ? samplesOf(numbers) : seen,
  };
}

