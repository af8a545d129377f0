import { csrfToken, sessionEnded } from "./session";

/** Sends text that is no JSON, such as a CSV file. Answers as the typed client does, for `asked`. */
export async function sendText<Value>(path: string, text: string, type: string): Promise<{ data?: Value; error?: unknown; response: Response }> {
  const headers: Record<string, string> = { Accept: "application/json", "Content-Type": type };
  const token = csrfToken();
  if (token !== null) headers["X-CSRF-Token"] = token;
  const response = await fetch(path, { method: "POST", headers, credentials: "same-origin", body: text });
  if (response.status === 401) sessionEnded();
  const got = (response.headers.get("content-type") ?? "").includes("json") ? ((await response.json()) as unknown) : undefined;
  return response.ok ? { data: got as Value, response } : { error: got, response };
}
