// Figures, and how they are printed.

/// The value below which the share of them lies; 0 of none.
export function percentile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/// "p50 12, p90 20, p99 31, max 40 ms of 300"
export function spread(values) {
  const at = (share) => Math.round(percentile(values, share));
  return `p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${Math.round(Math.max(0, ...values))} ms of ${values.length}`;
}

/// By how much `y` grows with `x`: least squares over points [x, y].
export function slope(points) {
  const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const x = mean(points.map((one) => one[0]));
  const y = mean(points.map((one) => one[1]));
  return points.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / points.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
}

export const title = (text) => console.log(`\n${text}`);
export const line = (what, text) => console.log(`  ${what.padEnd(53)} ${text}`);
