/** Pauses before connecting again grow from half a second to half a minute, with chance in them, so that a thousand desks do not come back in one second. */
const firstMs = 500;
const longestMs = 30_000;

/** The pause before attempt number `attempt` (from 0). `random` is in [0, 1). */
export function pauseMs(attempt: number, random: () => number): number {
  const most = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(most / 2 + (most / 2) * random());
}
