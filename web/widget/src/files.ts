import { Refusal } from "./api.ts";
import { new_id } from "./id.ts";
import type { Unsent } from "./storage.ts";
import type { Words } from "./words.ts";

/** How files leave. */
export interface FileWays {
  /** Sees to a conversation that they can go to. */
  begin(): Promise<void>;
  send(id: string, file: File): Promise<unknown>;
  changed(): void;
}

/** What the server takes by its default (docs/attachments.md); it looks at the content itself and has the last word. */
const bytes_max = 10 << 20;
/** So many are on their way at once; the server takes fewer still, and says so of each. */
const waiting_max = 50;
/** So many stand here, with those that were refused and not discarded. */
const rows_max = 100;
/** The row of all that were chosen beyond that. */
const beyond = "files_beyond";
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
  private beyond_count = 0;
  private beyond_text = "";
  private busy = false;
  private pause_ms = pause_min_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ways: FileWays) {
    this.ways = ways;
    window.addEventListener("online", () => this.flush());
  }

  get shown(): readonly Unsent[] {
    return this.beyond_count === 0 ? this.sending : [...this.sending, { id: beyond, text: this.beyond_text, refused: "too_many_chosen" }];
  }

  add(files: readonly File[], words: Words): void {
    const sending = [...this.sending];
    let waiting = sending.filter((one) => !one.refused && !one.sent).length;
    let left_out = 0;
    for (const file of files) {
      const refused = refusal_of(file.name, file.size);
      if (sending.length >= rows_max || (!refused && waiting >= waiting_max)) {
        ++left_out;
        continue;
      }
      if (!refused) ++waiting;
      sending.push({ id: new_id("f"), text: `${file.name} (${size_text(file.size, words.locale)})`, file, sent: false, ...(refused && { refused }) });
    }
    this.beyond_count += left_out;
    this.beyond_text = words.count("files.more", this.beyond_count);
    this.set(sending);
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
    if (id === beyond) this.beyond_count = 0;
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
        // Of a message it says something else: this is for good.
        this.mark(one.id, { refused: error.code === "too_many" ? "no_more_files" : error.code });
      }
    }
    this.busy = false;
  }
}
