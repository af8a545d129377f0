/** How the line of one leg is, as the server measured it over the last seconds. */
export interface LineReading {
  leg: "customer" | "agent";
  agent: string;
  /** Two bad reports make it so, three good ones undo it. */
  bad: boolean;
  /** A mean opinion score, 1 to 4.5. */
  score: number;
  loss_percent: number;
  /** Of what is sent to them; `null`: their end reports nothing. */
  loss_away_percent: number | null;
  jitter_ms: number;
  buffered_ms: number;
  round_trip_ms: number | null;
}

export type LineState = "unknown" | "good" | "bad";

/** Of all legs: the worst counts. */
export const lineOf = (legs: readonly LineReading[]): LineState => (legs.length === 0 ? "unknown" : legs.some((one) => one.bad) ? "bad" : "good");

/** After so long a paused recording goes on by itself. */
export const pauseMostMs = 5 * 60_000;
