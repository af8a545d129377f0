import type { Sample } from "./history";

/** A queue's numbers as the topic `numbers/queue/ID` tells them; shares are from 0 to 1, `null` without data. */
export interface QueueNumbers {
  estimated_wait_seconds: number | null;
  half_hour: { service_level: { value: number | null; target_ms: number | null } };
  points: { minute: string; waiting_max: number; service_level: number | null }[];
}

/** The last half hour as the server counted it, as samples of a minute. */
export const samplesOf = (numbers: QueueNumbers): Sample[] => numbers.points.map((one) => ({ at: Date.parse(one.minute), waiting: one.waiting_max }));
