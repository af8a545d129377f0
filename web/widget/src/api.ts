/** The routes of the API that a customer's page uses (api/conversation.json describes them). */

export interface Door {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly greeting: string;
  readonly queue: {
    readonly open: boolean;
    readonly takes_messages: boolean;
    readonly opens_at: string | null;
    readonly estimated_wait_seconds: number | null;
  };
}

export interface Session {
  readonly token: string;
  readonly customer: string;
  readonly expires_at: string;
  readonly interaction?: string;
}

/** An event as the customer is shown it. */
export interface ShownEvent {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly by?: string;
  readonly text?: string;
  readonly name?: string;
  readonly attachments?: readonly Attachment[];
}

/** A file in the conversation (docs/attachments.md). */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export interface Transcript {
  readonly interaction: string;
  readonly closed: boolean;
  readonly events: readonly ShownEvent[];
}

export interface Survey {
  readonly csat: number;
  readonly resolved?: boolean;
  readonly comment?: string;
}

/** The server refused; `code` is its stable word. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
  /** Whether the same request may be granted later. */
  get passes(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** No answer came: offline, the server is away, or it took too long. */
export class Unreachable extends Error {}

const answer_ms = 15_000;
const file_ms = 180_000;

/** What a request brings beside its address. */
interface Brought {
  readonly token?: string;
  readonly key?: string;
  readonly body?: object;
  readonly file?: File;
}

export class Api {
  private readonly root: string;
  constructor(server: string) {
    this.root = `${server}/api/v1`;
  }

  door(brand: string, queue: string): Promise<Door> {
    return this.ask("GET", `/customer-brands/${encodeURIComponent(brand)}?queue=${encodeURIComponent(queue)}`);
  }
  begin(brand: string, name: string, identity: string): Promise<Session> {
    return this.ask("POST", "/customer-sessions", { body: { brand, ...(name && { name }), ...(identity && { identity }) } });
  }
  start(token: string, queue: string, language: string, key: string): Promise<Session> {
    return this.ask("POST", "/conversation", { token, key, body: { queue, language } });
  }
  read(token: string): Promise<Transcript> {
    return this.ask("GET", "/conversation", { token });
  }
  send(token: string, id: string, text: string): Promise<unknown> {
    return this.ask("POST", "/conversation/messages", { token, key: id, body: { id, text } });
  }
  typing(token: string): Promise<unknown> {
    return this.ask("POST", "/conversation/typing", { token, body: {} });
  }
  seen(token: string, event: string): Promise<unknown> {
    return this.ask("POST", "/conversation/seen", { token, body: { event } });
  }
  callback(token: string): Promise<unknown> {
    return this.ask("POST", "/conversation/callback", { token, body: {} });
  }
  end(token: string): Promise<unknown> {
    return this.ask("POST", "/conversation/end", { token, body: {} });
  }
  survey(token: string, survey: Survey): Promise<unknown> {
    return this.ask("POST", "/conversation/survey", { token, body: survey });
  }

  /** The feed's address. */
  get feed(): string {
    return `${this.root.replace(/^http/, "ws")}/feed`;
  }

  send_file(token: string, id: string, file: File): Promise<unknown> {
    return this.ask("POST", `/conversation/attachments?name=${encodeURIComponent(file.name)}&id=${id}`, { token, file });
  }
  async file(token: string, attachment: string): Promise<Blob> {
    return (await this.request("GET", `/conversation/attachments/${encodeURIComponent(attachment)}`, { token }, file_ms)).blob();
  }

  private async ask<T>(method: string, path: string, brought: Brought = {}): Promise<T> {
    const answer = await this.request(method, path, brought, brought.file ? file_ms : answer_ms);
    return (await answer.json().catch((error: unknown) => { throw new Unreachable(String(error)); })) as T;
  }

  private async request(method: string, path: string, { token, key, body, file }: Brought, limit_ms: number): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (key) headers["Idempotency-Key"] = key;
    if (body) headers["Content-Type"] = "application/json";
    if (file) headers["Content-Type"] = "application/octet-stream";
    const sent: RequestInit = { method, headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(limit_ms) };
    if (body) sent.body = JSON.stringify(body);
    if (file) sent.body = file;
    const answer = await fetch(this.root + path, sent).catch((error: unknown) => { throw new Unreachable(String(error)); });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { code?: unknown };
    throw new Refusal(answer.status, typeof problem.code === "string" ? problem.code : "unknown");
  }
}
