import { csrfToken, sessionEnded } from "./session";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A path with a query: what is undefined or empty is left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  if (kept.length === 0) return path;
  return `${path}?${new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return (response.headers.get("content-type") ?? "").includes("json") ? ((await response.json()) as unknown) : undefined;
}

/**
 * A call whose path is data, such as a kind of configuration. Answers as the typed client does, for
 * `asked` and `fetched`; where the path is known in code, the typed client is to be preferred.
 */
export async function request<Value>(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ data?: Value; error?: unknown; response: Response }> {
  const sent: Record<string, string> = { Accept: "application/json", ...headers };
  const token = csrfToken();
  if (token !== null && method !== "GET") sent["X-CSRF-Token"] = token;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  const response = await fetch(path, { method, headers: sent, credentials: "same-origin", ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (response.status === 401) sessionEnded();
  const got = await bodyOf(response);
  return response.ok ? { data: got as Value, response } : { error: got, response };
}
