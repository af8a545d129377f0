import { isWords, type SeenEvent } from "@/shared/timeline/lines";
import type { Moment } from "./ledger";

/** The picture of a conversation over time, in pixels. */
export interface Lanes {
  width: number;
  height: number;
  gutter: number;
  customer: number;
  agent: number;
  laneHeight: number;
  spans: { key: string; side: "customer" | "agent"; x: number; width: number; text: string }[];
  holds: { key: string; x: number; width: number }[];
  marks: { moment: Moment; x: number; y: number }[];
  ticks: { x: number; ms: number }[];
  metY: number;
  missedY: number | null;
  x(ms: number): number;
}

const gutter = 80;
const right = 16;
const laneHeight = 16;
const markStep = 12;
const markLevels = 3;
const tickPixels = 72;
const leastSpan = 4;
const pixelsASecond = 1.5;
const widestPixels = 12_000;
const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 604_800].map((seconds) => seconds * 1_000);

/** How long it lasted: to the end of what came last. */
export const lengthOf = (events: readonly SeenEvent[]): number => Math.max(1, ...events.map((one) => Math.max(one.at_ms, one.end_ms ?? 0)));

/** Neighbours step aside, so that each mark can be seen and hit. */
function placed(moments: readonly Moment[], x: (ms: number) => number, top: number): { marks: { moment: Moment; x: number; y: number }[]; levels: number } {
  const taken: number[] = [];
  const marks = moments.map((moment) => {
    const at = x(moment.at);
    let level = taken.findIndex((last) => at - last >= markStep);
    if (level < 0) level = taken.length < markLevels ? taken.length : taken.indexOf(Math.min(...taken));
    taken[level] = at;
    return { moment, x: at, y: top + level * markStep };
  });
  return { marks, levels: Math.max(1, taken.length) };
}

/** A long conversation gets more width than the screen has: the picture then scrolls. */
export function lanesOf(events: readonly SeenEvent[], moments: readonly Moment[], screenWidth: number): Lanes {
  const length = lengthOf(events);
  const spoken = events.some((one) => one.kind === "utterance");
  const wished = spoken ? Math.min(widestPixels, (length / 1_000) * pixelsASecond) : 0;
  const width = Math.max(screenWidth, gutter + wished + right);
  const scale = (width - gutter - right) / length;
  const x = (ms: number) => gutter + Math.min(ms, length) * scale;
  const customer = 4;
  const agent = customer + laneHeight + 6;
  const met = placed(moments.filter((one) => one.verdict === "met"), x, agent + laneHeight + 14);
  const missedTop = agent + laneHeight + 14 + met.levels * markStep;
  const missed = placed(moments.filter((one) => one.verdict === "missed"), x, missedTop);
  const step = tickSteps.find((one) => one * scale >= tickPixels) ?? length;
  return {
    width, gutter, customer, agent, laneHeight, x,
    height: missedTop + missed.levels * markStep + 16,
    spans: events.flatMap((event, at) => {
      if (!isWords(event) && event.kind !== "speech") return [];
      const side = event.by === "customer" ? ("customer" as const) : ("agent" as const);
      return [{ key: event.id ?? `n${at}`, side, x: x(event.at_ms), width: Math.max(leastSpan, ((event.end_ms ?? event.at_ms) - event.at_ms) * scale), text: event.text ?? "" }];
    }),
    holds: events.flatMap((event, at) => (event.kind === "hold" ? [{ key: event.id ?? `h${at}`, x: x(event.at_ms), width: Math.max(leastSpan, ((event.end_ms ?? event.at_ms) - event.at_ms) * scale) }] : [])),
    marks: [...met.marks, ...missed.marks],
    ticks: Array.from({ length: Math.floor(length / step) + 1 }, (_, at) => ({ x: x(at * step), ms: at * step })),
    metY: agent + laneHeight + 14,
    missedY: missed.marks.length > 0 ? missedTop : null,
  };
}
