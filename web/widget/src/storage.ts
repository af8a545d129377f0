/** A message that was written and is not known to have arrived. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  /** Why the server will never take it; then the customer decides. */
  readonly refused?: string;
}

/** What a reload must not lose. */
export interface Kept {
  token: string;
  /** Of the conversation; empty before it began. */
  interaction: string;
  /** When the token ends: milliseconds since 1970. */
  expires_at: number;
  /** The key under which the conversation is started: a repeat starts none twice. */
  start_key: string;
  unsent: Unsent[];
  draft: string;
  contact: string;
  open: boolean;
  /** Nothing more is to be asked about the conversation. */
  feedback_done: boolean;
  /** Id of the message with the number to call, while nobody knows whether the server has heard of it; empty: none. */
  callback_wanted: string;
  /** The server has heard of it. */
  callback_asked: boolean;
  /** It was begun while nobody was there. */
  left_message: boolean;
  /** The last of the agents' messages that the customer has seen. */
  seen: string;
}

const nothing: Kept = {
  token: "", interaction: "", expires_at: 0, start_key: "", unsent: [], draft: "", contact: "", open: false,
  feedback_done: false, callback_wanted: "", callback_asked: false, left_message: false, seen: "",
};

/**
 * The chat's memory in this browser, for one brand and queue. Where a browser keeps nothing (private
 * windows, blocked storage) it lasts as long as the page. Other tabs of the site share it.
 */
export class Storage {
  private readonly key: string;
  private kept: Kept;

  constructor(server: string, brand: string, queue: string) {
    this.key = `rapport-chat ${server} ${brand} ${queue}`;
    this.kept = this.read();
  }

  get now(): Readonly<Kept> {
    return this.kept;
  }

  change(changes: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changes };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // It lasts as long as the page.
    }
  }

  /** A conversation that is over leaves only what was not sent, the draft and whether the card is open. */
  forget_conversation(): void {
    const { unsent, draft, contact, open } = this.kept;
    this.change({ ...nothing, unsent, draft, contact, open });
  }

  /**
   * Calls when another tab has changed what is kept. Both send what is unsent: each message has its id,
   * so it counts once.
   */
  on_other_tab(call: (another_conversation: boolean) => void): void {
    window.addEventListener("storage", (event) => {
      if (event.key !== this.key) return;
      const before = this.kept.interaction;
      this.kept = this.read();
      call(this.kept.interaction !== before);
    });
  }

  private read(): Kept {
    try {
      const read: unknown = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      const fits = typeof read === "object" && read !== null;
      const kept: Kept = { ...nothing, ...(fits ? read : {}) };
      if (!Array.isArray(kept.unsent)) return nothing;
      if (kept.token && kept.expires_at < Date.now()) return { ...nothing, unsent: kept.unsent, draft: kept.draft };
      return kept;
    } catch {
      return nothing;
    }
  }
}
