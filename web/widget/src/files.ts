import { Refusal } from "./api.ts";
import { new_id } from "./id.ts";
import type { Unsent } from "./storage.ts";

/** How files leave. */
export interface FileWays {
  /** Sees to a conversation that they can go to. */
  begin(): Promise<void>;
  send(id: string, file: File): Promise<unknown>;
  changed(): void;
}

/** What the server takes by its default (docs/attachments.md); it looks at the content itself and has the last word. */
const bytes_max = 10 << 20;
/** So many wait here; the server takes fewer still, and says so of each. */
const waiting_max = 50;
const endings = ["png", "jpg", "jpeg", "gif", "webp", "pdf", "mp3", "m4a", "ogg", "wav", "mp4", "docx", "xlsx", "pptx", "txt"];
export const accepted = endings.map((ending) => `.${ending}`).join(",");

const pause_min_ms = 1_000;
const pause_max_ms = 20_000;

interface Sending extends Unsent {
  readonly file: File;
  readonly sent: boolean;
}

/** Why a file need not be tried; empty: it may be. */
export function refusal_of(name: string, bytes: number): string {
  const ending = name.toLowerCase().split(".").at(-1) ?? "";
  if (bytes === 0) return "file_empty";
  if (bytes > bytes_max) return "body_too_large";
  return endings.includes(ending) ? "" : "kind_not_allowed";
}

/** "340 kB" in the reader's digits. */
export function size_text(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), "kB"] : [Math.round(bytes / 100_000) / 10, "MB"];
  return `${amount.toLocaleString(locale)} ${unit}`;
}

/**
 * Files on their way, one after the other, tried again until the server has answered; each has an id, so
 * that what arrives twice counts once. They live as long as the page: browsers keep no files for pages.
 */
export class Files {
  private readonly ways: FileWays;
  private sending: readonly Sending[] = [];
  private busy = false;
  private pause_ms = pause_min_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ways: FileWays) {
    this.ways = ways;
    window.addEventListener("online", () => this.flush());
  }

  get shown(): readonly Unsent[] {
    return this.sending;
  }

  add(files: readonly File[], locale: string): void {
    const room = waiting_max - this.sending.length;
    const more = files.map((file, at): Sending => {
      const refused = at < room ? refusal_of(file.name, file.size) : "too_many_chosen";
      return { id: new_id("f"), text: `${file.name} (${size_text(file.size, locale)})`, file, sent: false, ...(refused && { refused }) };
    });
    this.set([...this.sending, ...more]);
    this.flush();
  }

  /** Whether it was one of ours. */
  again(id: string): boolean {
    const known = this.sending.some((one) => one.id === id);
    this.set(this.sending.map(({ refused, ...one }) => ({ ...one, ...(one.id !== id && refused && { refused }) })));
    this.flush();
    return known;
  }
  discard(id: string): void {
    this.set(this.sending.filter((one) => one.id !== id));
  }
  /** These stand in the conversation. */
  settle(arrived: ReadonlySet<string>): void {
    if (this.sending.some((one) => arrived.has(one.id))) this.set(this.sending.filter((one) => !arrived.has(one.id)));
  }

  flush(): void {
    clearTimeout(this.timer);
    if (!this.busy) void this.work();
  }

  private get next(): Sending | undefined {
    return this.sending.find((one) => !one.refused && !one.sent);
  }

  private set(sending: readonly Sending[]): void {
    this.sending = sending;
    this.ways.changed();
  }

  private mark(id: string, changes: Partial<Sending>): void {
    this.set(this.sending.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let one = this.next; one; one = this.next) {
      try {
        await this.ways.begin();
        await this.ways.send(one.id, one.file);
        this.mark(one.id, { sent: true });
        this.pause_ms = pause_min_ms;
      } catch (error) {
        if (!(error instanceof Refusal) || error.passes) {
          this.timer = setTimeout(() => this.flush(), this.pause_ms * (0.5 + Math.random()));
          this.pause_ms = Math.min(this.pause_ms * 2, pause_max_ms);
          break;
        }
        this.mark(one.id, { refused: error.code });
      }
    }
    this.busy = false;
  }
}
