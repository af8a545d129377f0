/** How many waited at a moment, in milliseconds of the server's clock. */
export interface Sample {
  at: number;
  waiting: number;
}

export const spanMs = 30 * 60_000;
const samplesMax = 600;

/** One more sample; what is older than the span goes, but for the last before it, which still held at its beginning. */
export function seen(samples: readonly Sample[], sample: Sample, now: number): readonly Sample[] {
  const last = samples.at(-1);
  const next = last && last.waiting === sample.waiting ? samples : [...samples, sample];
  const from = now - spanMs;
  const first = next.findLastIndex((one) => one.at <= from);
  return next.slice(Math.max(0, first, next.length - samplesMax));
}

export interface Point {
  x: number;
  y: number;
}

/** A staircase through the samples, in a box of width and height 1, `y` upwards from 0. */
export function staircase(samples: readonly Sample[], now: number): { points: Point[]; max: number } {
  const max = Math.max(1, ...samples.map((one) => one.waiting));
  const x = (at: number) => Math.min(1, Math.max(0, 1 - (now - at) / spanMs));
  const points: Point[] = [];
  for (const one of samples) {
    const before = points.at(-1);
    if (before) points.push({ x: x(one.at), y: before.y });
    points.push({ x: x(one.at), y: one.waiting / max });
  }
  const last = points.at(-1);
  if (last) points.push({ x: 1, y: last.y });
  return { points, max };
}
