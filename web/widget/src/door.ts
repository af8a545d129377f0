import type { Door } from "./api.ts";

const every_ms = 45_000;
const after_failure_ms = 5_000;

/** How things stand before the first words, and while one waits: looked at while somebody looks at it. */
export class DoorWatch {
  /** Null until it is known. */
  door: Door | null = null;
  /** The last look got no answer. */
  failed = false;
  private readonly ask: () => Promise<Door>;
  private readonly wanted: () => boolean;
  private readonly changed: () => void;
  private watching = false;
  private looks = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `wanted` says whether it matters at the moment. */
  constructor(ask: () => Promise<Door>, wanted: () => boolean, changed: () => void) {
    this.ask = ask;
    this.wanted = wanted;
    this.changed = changed;
    window.addEventListener("online", () => void this.look());
  }

  watch(watching: boolean): void {
    this.watching = watching;
    clearTimeout(this.timer);
    if (watching) void this.look();
  }

  async look(): Promise<void> {
    if (!this.watching || !this.wanted()) return;
    clearTimeout(this.timer);
    const mine = ++this.looks;
    const door = await this.ask().catch(() => null);
    if (mine !== this.looks) return; // an older answer than one that is on its way
    if (door !== null) this.door = door;
    this.failed = door === null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), this.failed ? after_failure_ms : every_ms);
    this.changed();
  }
}
