import type { FeedWorld } from "@/feed/feed";

/** The server's side of a connection, in the hands of a test. */
export class FakeSocket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  hello(): void {
    this.says({ hello: { server: "1", time: new Date(0).toISOString(), heartbeat_ms: 15_000 } });
  }
  breaks(code = 1006): void {
    this.onclose?.({ code });
  }
}

/** A world whose time passes when the test says so. */
export class FakeWorld implements FeedWorld {
  readonly sockets: FakeSocket[] = [];
  readonly told: string[] = [];
  private time = 0;
  private lastTimer = 0;
  private readonly timers = new Map<number, { at: number; run: () => void }>();

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error("nothing was opened");
    return last;
  }
  open(): WebSocket {
    const made = new FakeSocket();
    this.sockets.push(made);
    return made as unknown as WebSocket;
  }
  now = () => this.time;
  random = () => 0.5;
  later = (run: () => void, ms: number) => {
    this.timers.set(++this.lastTimer, { at: this.time + ms, run });
    return this.lastTimer;
  };
  cancel = (timer: number) => void this.timers.delete(timer);
  /** Set: the screen is drawn when the test says so. */
  drawing: (() => void)[] | null = null;
  beforeDrawing = (run: () => void) => (this.drawing ? void this.drawing.push(run) : run());
  draws = () => this.drawing?.splice(0).forEach((run) => run());
  check = () => void this.told.push("check");
  signedOut = () => void this.told.push("signed out");
  rightsChanged = () => void this.told.push("rights changed");

  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const due = [...this.timers].filter(([, one]) => one.at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.time = due[1].at;
      due[1].run();
      await Promise.resolve();
    }
    this.time = until;
  }
}
