import type { Problem } from "./types";

/** Why a call failed: the server's problem, or `unreachable` when there was no answer. */
export type Failure = { code: string; detail?: string | undefined; retryAfterSeconds?: number | undefined };

export type Result<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

export const unreachable: Failure = { code: "unreachable" };

type Answer<Value> = { data?: Value; error?: unknown; response: Response };

/** What an answer of this status, with this body, says went wrong. */
export function failureOf(error: unknown, status: number): Failure {
  const problem = error as Partial<Problem> | undefined;
  if (problem && typeof problem.code === "string") {
    return { code: problem.code, detail: problem.detail, retryAfterSeconds: problem.retry_after_seconds };
  }
  // A proxy in between answers in its own words.
  return status >= 500 ? unreachable : { code: `http_${status}` };
}

/** Waits for a call of the API and tells failure as a value: nothing here throws. */
export async function asked<Value>(call: Promise<Answer<Value>>): Promise<Result<Value>> {
  try {
    const { data, error, response } = await call;
    if (response.ok) return { ok: true, value: data as Value };
    return { ok: false, failure: failureOf(error, response.status) };
  } catch {
    return { ok: false, failure: unreachable };
  }
}

/** For queries, which want a rejected promise. */
export class CallFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** Why a query failed. */
export const causeOf = (error: unknown): Failure => (error instanceof CallFailed ? error.failure : { code: "other" });

/** As `asked`, but throws `CallFailed`. */
export async function fetched<Value>(call: Promise<Answer<Value>>): Promise<Value> {
  const result = await asked(call);
  if (!result.ok) throw new CallFailed(result.failure);
  return result.value;
}
