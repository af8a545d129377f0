import { Refusal, type Api, type Door, type Session, type ShownEvent, type Survey } from "./api.ts";
import type { Configuration } from "./configuration.ts";
import { DoorWatch } from "./door.ts";
import { Feed, type FeedListener } from "./feed.ts";
import { Files } from "./files.ts";
import { new_id } from "./id.ts";
import { Outbox } from "./outbox.ts";
import type { Kept, Storage, Unsent } from "./storage.ts";
import type { Words } from "./words.ts";

/** Where the visitor stands. */
export type Phase =
  | "door"      // nothing has begun
  | "line"      // waits for somebody
  | "talking"
  | "over";     // ended; nothing more can be written

/** Everything that is shown; a new one after each change. */
export interface Shown {
  readonly phase: Phase;
  /** Null until it is known. */
  readonly door: Door | null;
  readonly door_failed: boolean;
  readonly events: readonly ShownEvent[];
  readonly kept: Readonly<Kept>;
  /** Words and files that have not arrived. */
  readonly unsent: readonly Unsent[];
  /** In line; null where it is not known. */
  readonly place: { readonly position: number; readonly wait_seconds: number | null } | null;
  /** Who has the conversation; empty: unknown or nobody. */
  readonly agent: string;
  readonly typing: boolean;
  /** Id of the last message of the customer's that an agent has read. */
  readonly read_by_agent: string;
  /** The last that was tried failed: nothing comes or goes. */
  readonly lost: boolean;
  /** The conversation could not begin: the refusal's word. */
  readonly not_begun: string;
  /** They asked to be called, and are not. */
  readonly not_called: boolean;
}

const typing_shown_ms = 6_000;
const typing_told_ms = 3_000;
const callback_again_ms = 3_000;

/** One visitor's conversation from the door to the feedback: what is known, and what may be done. */
export class Conversation implements FeedListener {
  private readonly api: Api;
  private readonly configuration: Configuration;
  private readonly storage: Storage;
  private readonly changed: (shown: Shown) => void;
  private readonly outbox: Outbox;
  private readonly files: Files;
  private feed: Feed | null = null;
  private readonly door: DoorWatch;
  private events: ShownEvent[] = [];
  private place: Shown["place"] = null;
  private typing = false;
  private typing_timer: ReturnType<typeof setTimeout> | undefined;
  private typing_told_at = 0;
  private read_by_agent = "";
  /** Null: not known yet. */
  private live: boolean | null = null;
  private not_begun = "";
  private not_called = false;
  private asks_for_call = false;
  private identity: string;

  constructor(api: Api, configuration: Configuration, storage: Storage, changed: (shown: Shown) => void) {
    this.api = api;
    this.configuration = configuration;
    this.storage = storage;
    this.changed = changed;
    this.identity = configuration.identity;
    this.outbox = new Outbox(storage, {
      begin: () => this.begin(),
      send: (unsent) => this.api.send(this.storage.now.token, unsent.id, unsent.text),
      sent: (unsent) => this.add({ id: unsent.id, kind: "message", by: "customer", text: unsent.text, at: new Date().toISOString() }, false),
      changed: () => this.tell(),
      gone: () => this.look_again(),
    });
    this.files = new Files({ begin: () => this.begin(), send: (id, file) => this.api.send_file(this.storage.now.token, id, file), changed: () => this.tell() });
    storage.on_other_tab((another) => (another ? this.take_up() : this.tell()));
    const ask = (): Promise<Door> => this.api.door(configuration.brand, configuration.queue);
    this.door = new DoorWatch(ask, () => this.phase === "door" || this.phase === "line", () => this.tell());
  }

  /** Goes on with what this browser knows of. */
  take_up(): void {
    this.feed?.stop();
    this.feed = null;
    this.events = [];
    this.place = null;
    this.live = null;
    const { token, interaction } = this.storage.now;
    if (interaction) this.feed = new Feed(this.api.feed, token, interaction, this);
    if (this.storage.now.unsent.length > 0) this.outbox.flush();
    void this.tell_callback();
    this.tell();
  }

  get shown(): Shown {
    return {
      phase: this.phase,
      door: this.door.door,
      door_failed: this.door.failed,
      events: this.events,
      kept: this.storage.now,
      unsent: [...this.storage.now.unsent, ...this.files.shown],
      place: this.place,
      agent: this.agent,
      typing: this.typing,
      read_by_agent: this.read_by_agent,
      lost: this.storage.now.interaction ? this.live === false && this.phase !== "over" : this.outbox.failing,
      not_begun: this.not_begun,
      not_called: this.not_called,
    };
  }

  private get phase(): Phase {
    if (!this.storage.now.interaction) return "door";
    if (this.events.some((event) => event.kind === "ended")) return "over";
    const answered = this.events.some((event) => event.kind === "answered");
    return answered && this.place === null ? "talking" : "line";
  }

  /** The name of who answered last. */
  private get agent(): string {
    if (this.place) return "";
    return this.events.findLast((event) => event.kind === "answered" || (event.kind === "message" && event.by === "agent"))?.name ?? "";
  }

  /** The card is open: how things stand is of interest. */
  watch_door(open: boolean): void {
    this.door.watch(open);
  }

  /** Writes something; before the first words there is no conversation. */
  write(text: string): void {
    this.not_begun = "";
    this.outbox.add(text);
  }
  write_again(id: string): void {
    if (!this.files.again(id)) this.outbox.again(id);
  }
  discard(id: string): void {
    this.files.discard(id);
    this.outbox.discard(id);
  }
  send_files(files: readonly File[], words: Words): void {
    this.files.add(files, words);
  }
  /** Throws what the API throws. */
  fetch_file(attachment: string): Promise<Blob> {
    return this.api.file(this.storage.now.token, attachment);
  }

  /** Leaves words for when somebody is there. */
  leave_message(text: string): void {
    this.storage.change({ left_message: true });
    this.write(text);
  }

  /** Called for every change of the text that is being written. */
  draft(text: string): void {
    this.storage.change({ draft: text });
    const now = Date.now();
    if (!text || this.phase !== "talking" || now - this.typing_told_at < typing_told_ms) return;
    this.typing_told_at = now;
    this.api.typing(this.storage.now.token).catch(() => undefined);  // the next letters tell it again
  }

  contact(text: string): void {
    this.storage.change({ contact: text });
  }

  /** What stands on the screen has been seen. */
  see(): void {
    const last = this.events.findLast((event) => event.kind === "message" && event.by !== "customer");
    if (!last || last.id === this.storage.now.seen || !this.live) return;
    this.storage.change({ seen: last.id });
    this.api.seen(this.storage.now.token, last.id).catch(() => undefined);  // the next message tells it, too
    this.tell();
  }

  /** Messages of agents that were not seen yet. */
  get unseen(): number {
    const seen = this.events.findIndex((event) => event.id === this.storage.now.seen);
    return this.events.slice(seen + 1).filter((event) => event.kind === "message" && event.by !== "customer").length;
  }

  /** Asks to be called. The number is written first, so that whoever calls reads it. */
  ask_for_call(text: string): void {
    this.not_called = false;
    this.storage.change({ callback_wanted: this.outbox.add(text) });
    void this.tell_callback();
    this.tell();
  }

  /** Asks the server until it has answered, over reloads too; asked twice it calls once. */
  private async tell_callback(): Promise<void> {
    const wanted = this.storage.now.callback_wanted;
    if (!wanted || this.asks_for_call) return;
    this.asks_for_call = true;
    try {
      await this.outbox.emptied();
      const told = !this.storage.now.unsent.some((one) => one.id === wanted);
      if (told) await this.api.callback(this.storage.now.token);
      this.called(wanted, told);
    } catch (error) {
      if (error instanceof Refusal && !error.passes) this.called(wanted, false);
      else setTimeout(() => void this.tell_callback(), callback_again_ms);
    } finally {
      this.asks_for_call = false;
    }
    this.tell();
  }

  /** What came of it; nothing where the conversation is another by now. */
  private called(wanted: string, asked: boolean): void {
    if (this.storage.now.callback_wanted !== wanted) return;
    this.storage.change({ callback_wanted: "", callback_asked: asked });
    this.not_called = !asked && this.phase === "line";
  }

  /** Throws what the API throws. */
  async end(): Promise<void> {
    await this.api.end(this.storage.now.token).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.passes) throw error;  // it is over already
    });
  }

  async survey(survey: Survey): Promise<void> {
    await this.api.survey(this.storage.now.token, survey).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.code === "event_exists")) throw error;  // said before, from another tab
    });
    this.skip_feedback();
  }
  skip_feedback(): void {
    this.storage.change({ feedback_done: true });
    this.tell();
  }

  /** Back to the door. */
  start_anew(): void {
    this.feed?.stop();
    this.feed = null;
    this.events = [];
    this.place = null;
    this.read_by_agent = "";
    this.not_called = false;
    this.storage.forget_conversation();
    void this.door.look();
    this.tell();
  }

  set_identity(identity: string): void {
    this.identity = identity;
  }

  /** A session and its one conversation; what was lost on the way is asked for again and not done twice. */
  private async begin(): Promise<void> {
    const { storage, configuration } = this;
    if (!storage.now.token) this.keep(await this.begin_session(), { start_key: new_id("s") });
    if (storage.now.interaction) return;
    try {
      this.keep(await this.api.start(storage.now.token, configuration.queue, configuration.language, storage.now.start_key));
    } catch (error) {
      if (error instanceof Refusal && !error.passes) {
        this.not_begun = error.code;
        if (error.status === 401) storage.forget_conversation();
        void this.door.look();
      }
      throw error;
    }
    this.take_up();
  }

  /** An identity that the server refuses (it is over, or not for this brand) does not keep anybody from writing. */
  private async begin_session(): Promise<Session> {
    const { brand, customer_name } = this.configuration;
    try {
      return await this.api.begin(brand, customer_name, this.identity);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "identity_refused")) throw error;
      return this.api.begin(brand, customer_name, "");
    }
  }

  private keep(session: Session, more: Partial<Kept> = {}): void {
    this.storage.change({ ...more, token: session.token, interaction: session.interaction ?? "", expires_at: Date.parse(session.expires_at) });
  }

  private tell(): void {
    this.changed(this.shown);
  }

  /** The conversation is no longer live, or the token is over: what is stored says which. */
  private async look_again(): Promise<void> {
    const { token } = this.storage.now;
    try {
      const transcript = await this.api.read(token);
      if (!this.is_of(token)) return;
      this.events = [...transcript.events];
      if (this.phase !== "over") this.events.push({ id: "over", kind: "ended", at: new Date().toISOString() });
      this.arrived(new Set(this.events.map((event) => event.id)));
    } catch (error) {
      if (!this.is_of(token)) return;
      if (error instanceof Refusal && (error.status === 401 || error.status === 404)) return this.start_anew();
      setTimeout(() => this.is_of(token) && void this.look_again(), 3_000);
    }
    this.tell();
  }

  /** Whether it is still the conversation of this token: another may have begun while an answer was on its way. */
  private is_of(token: string): boolean {
    return this.storage.now.token === token;
  }

  // What the feed tells.
  on_snapshot(events: readonly ShownEvent[]): void {
    this.events = [...events];
    this.arrived(new Set(events.map((event) => event.id)));
    this.tell();
  }
  on_event(event: ShownEvent): void {
    this.add(event, true);
    if (event.by !== "customer") this.show_typing(false);
    if (event.kind === "answered") this.place = null;
    this.arrived(new Set([event.id]));
    this.tell();
  }
  on_value(topic: "place" | "typing" | "seen", value: unknown, old: boolean): void {
    const fields = (value ?? {}) as { position?: number; estimated_wait_seconds?: number | null; by?: string; agent?: string | null };
    if (topic === "place") this.place = fields.position ? { position: fields.position, wait_seconds: fields.estimated_wait_seconds ?? null } : null;
    if (topic === "seen") this.read_by_agent = fields.agent ?? "";
    if (topic === "typing" && !old && fields.by === "agent") this.show_typing(true);
    this.tell();
  }
  on_live(live: boolean): void {
    this.live = live;
    if (live) this.outbox.flush();
    this.tell();
  }
  on_unheard(): void {
    const { token } = this.storage.now;
    this.api.read(token).catch((error: unknown) => {
      if (this.is_of(token) && error instanceof Refusal && (error.status === 401 || error.status === 404)) this.start_anew();
    });
  }
  on_end(): void {
    this.feed = null;
    void this.look_again();
  }

  /** Adds an event; of two of one id the server's counts (it masks what must not be kept). */
  private add(event: ShownEvent, of_server: boolean): void {
    const at = this.events.findIndex((one) => one.id === event.id);
    if (at < 0) this.events = [...this.events, event];
    else if (of_server) this.events = this.events.map((one) => (one.id === event.id ? event : one));
  }

  private arrived(ids: ReadonlySet<string>): void {
    this.outbox.settle(ids);
    this.files.settle(ids);
  }

  private show_typing(typing: boolean): void {
    clearTimeout(this.typing_timer);
    this.typing = typing;
    if (!typing) return;
    this.typing_timer = setTimeout(() => {
      this.typing = false;
      this.tell();
    }, typing_shown_ms);
  }
}
