import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { causeOf, fetched } from "@/api/result";
import type { components } from "@/api/description.gen";

export type Peaks = components["schemas"]["RecordingPeaks"];
export type Side = "customer" | "agents";

const waitMs = 3_000;
const waitsMost = 40;
const triesMost = 2;

/** How loud the recording is over time. While it is being encoded it is asked for again. */
export const usePeaks = (id: string, part: number) =>
  useQuery({
    queryKey: ["review", "recording", id, part],
    queryFn: () => fetched(api.GET("/api/v1/interactions/{id}/recording/peaks", { params: { path: { id }, query: { part } } })),
    retry: (failures, error) => (isEncoded(error) ? failures < waitsMost : causeOf(error).code === "unreachable" && failures < triesMost),
    retryDelay: waitMs,
    staleTime: Infinity,
  });

const isEncoded = (error: unknown) => causeOf(error).code === "recording_not_ready";

/** Of a recording that is not there: it comes by itself (`soon`), why it does not, and whether asking once more may help; `null`: it is being asked for. */
export type Missing = { soon: true } | { soon: false; code: string; again: boolean } | null;
export function missing({ isError, error, failureReason }: { isError: boolean; error: unknown; failureReason: unknown }): Missing {
  if (!isError) return isEncoded(failureReason) ? { soon: true } : null;
  const { code } = causeOf(error);
  return { soon: false, code, again: code !== "not_found" };
}

/** Where the sound is fetched, piece by piece. */
export const soundOf = (id: string, part: number): string => `/api/v1/interactions/${encodeURIComponent(id)}/recording${part > 1 ? `?part=${part}` : ""}`;

export interface Silence {
  from: number;
  to: number;
}

const quiet = 6;
const leastMs = 1_500;
const keptMs = 250;

/** Where nobody says anything for a while, in milliseconds; a moment is kept at both ends, so that no word is cut. */
export function silencesOf(peaks: Pick<Peaks, "stretch_ms" | "customer" | "agents">): Silence[] {
  const found: Silence[] = [];
  const isQuiet = (at: number) => Math.max(peaks.customer[at] ?? 0, peaks.agents[at] ?? 0) < quiet;
  const count = peaks.customer.length;
  for (let at = 0; at < count; ++at) {
    if (!isQuiet(at)) continue;
    let end = at;
    while (end < count && isQuiet(end)) ++end;
    const silence = { from: at * peaks.stretch_ms + keptMs, to: end * peaks.stretch_ms - keptMs };
    if (silence.to - silence.from >= leastMs) found.push(silence);
    at = end;
  }
  return found;
}

/** Where to go on when this moment is reached: behind the silence that it is in. */
export const afterSilence = (silences: readonly Silence[], at: number): number => silences.find((one) => at >= one.from && at < one.to)?.to ?? at;

/** The waveform of one side as the outline of an area: from the middle, up and down, over so many pixels. */
export function outlineOf(values: readonly number[], width: number, middle: number, reach: number): string {
  const columns = Math.max(1, Math.min(width, values.length));
  const heights = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    // The ear hears the root rather than the height.
    return Math.sqrt(Math.max(0, ...values.slice(from, to)) / 255) * reach;
  });
  const x = (column: number) => ((column * width) / columns).toFixed(1);
  const upper = heights.map((height, column) => `L${x(column)} ${(middle - height - 0.5).toFixed(1)}`);
  const lower = heights.map((height, column) => `L${x(column)} ${(middle + height + 0.5).toFixed(1)}`).toReversed();
  return `M0 ${middle}${upper.join("")}L${width} ${middle}${lower.join("")}Z`;
}
