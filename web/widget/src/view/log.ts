import type { Attachment, ShownEvent } from "../api.ts";
import { size_text } from "../files.ts";
import type { Shown } from "../conversation.ts";
import type { Unsent } from "../storage.ts";
import type { Key, Words } from "../words.ts";
import { h, icon, set_text } from "./dom.ts";
import { linked } from "./links.ts";

const near_end = 48;

const reasons: Readonly<Record<string, Key>> = {
  is_over: "reason.ended",
  unknown_interaction: "reason.ended",
  unauthenticated: "reason.ended",
  invalid: "reason.too_long",
  body_too_large: "reason.too_large",
  too_large: "reason.too_large",
  kind_not_allowed: "reason.kind",
  file_empty: "reason.empty",
  too_many_chosen: "reason.too_many",
  no_more_files: "reason.no_more_files",
  too_fast: "reason.too_fast",
  too_many: "reason.too_fast",
  not_permitted: "reason.blocked",
  queue_closed: "reason.closed",
  queue_full: "reason.full",
  too_many_contacts: "reason.full",
};

/** The same file would be refused again. */
const final: ReadonlySet<string> = new Set(["body_too_large", "kind_not_allowed", "file_empty", "too_many_chosen", "no_more_files"]);

/** What the customer can do with a message that was refused, and with a file that has come. */
export interface RowActions {
  fetch_file(attachment: string): Promise<Blob>;
  again(id: string): void;
  discard(id: string): void;
}

/**
 * The conversation as it is read: one element an event, made once and left alone, so that screen readers
 * tell only what is new. It keeps to its end unless the reader went back.
 */
export class Log {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly actions: RowActions;
  private readonly list: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly down: HTMLButtonElement;
  private readonly rows = new Map<string, { row: HTMLElement; of: ShownEvent | Unsent }>();
  private readonly mark: HTMLElement;

  constructor(words: Words, greeting: HTMLElement, below: HTMLElement, actions: RowActions) {
    this.words = words;
    this.actions = actions;
    this.list = h("div", { class: "rows", role: "log", "aria-label": words.say("log.label"), "aria-live": "polite", "aria-relevant": "additions" });
    this.typing = h("p", { class: "typing", hidden: true });
    this.mark = h("p", { class: "mark" });
    this.down = h("button", { type: "button", class: "down", hidden: true, "aria-label": words.say("log.new"), onclick: () => this.to_end() }, icon("down"));
    const scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.say("log.label"), onscroll: () => this.scrolled() }, greeting, this.list, this.typing, below);
    this.element = h("div", { class: "log" }, scroll, this.down);
    this.scroll = scroll;
  }
  private readonly scroll: HTMLElement;

  get at_end(): boolean {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < near_end;
  }

  to_end(): void {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.down.hidden = true;
  }

  /** Puts on the screen what is new; true: the customer has just written. */
  update(shown: Shown): boolean {
    const known = this.rows.size;
    const own = new Set(shown.events.map((event) => event.id));
    const wanted: (ShownEvent | Unsent)[] = [...shown.events, ...shown.unsent.filter((one) => !own.has(one.id))];
    this.set_rows(wanted, shown);
    this.set_mark(shown);
    set_text(this.typing, shown.typing ? (shown.agent ? this.words.say("log.typing", { agent: shown.agent }) : this.words.say("log.typing_nameless")) : "");
    this.typing.hidden = !shown.typing;
    return shown.unsent.length > 0 && this.rows.size > known;
  }

  scrolled(): void {
    this.down.hidden = this.at_end;
  }

  private set_rows(wanted: readonly (ShownEvent | Unsent)[], shown: Shown): void {
    const ids = new Set(wanted.map((one) => one.id));
    for (const [id, { row }] of this.rows) {
      if (ids.has(id)) continue;
      row.remove();
      this.rows.delete(id);
    }
    let after: Element | null = null;
    for (const one of wanted) {
      const row = this.row_of(one, shown);
      const place: Element | null = after === null ? this.list.firstElementChild : after.nextElementSibling;
      if (row && place !== row) this.list.insertBefore(row, place);
      if (row) after = row;
    }
  }

  /** The event's element; made anew only where what it shows has changed. */
  private row_of(one: ShownEvent | Unsent, shown: Shown): HTMLElement | null {
    const known = this.rows.get(one.id);
    if (known && same(known.of, one)) {
      if (!("kind" in one)) this.set_state(known.row, one, shown);
      return known.row;
    }
    const row = "kind" in one ? this.event_row(one) : this.unsent_row(one, shown);
    if (!row) return null;
    // What was just written and has arrived is the same bubble.
    if (known && "kind" in one && one.by === "customer") {
      known.row.replaceChildren(...row.childNodes);
      known.row.className = row.className;
      this.rows.set(one.id, { row: known.row, of: one });
      return known.row;
    }
    known?.row.remove();
    this.rows.set(one.id, { row, of: one });
    return row;
  }

  private event_row(event: ShownEvent): HTMLElement | null {
    const { words } = this;
    const name = event.name ?? "";
    if (event.kind === "answered") return notice(name ? words.say("log.joined", { agent: name }) : words.say("log.joined_nameless"));
    if (event.kind === "transfer") return notice(words.say("log.transferred"));
    if (event.kind === "ended") return notice(words.say("log.ended"));
    if (event.kind !== "message") return null;
    const own = event.by === "customer";
    const who = own ? words.say("log.you") : name || words.say("log.agent");
    const files = Array.isArray(event.attachments) ? event.attachments.map((one: Attachment) => this.file(one)) : [];
    return this.bubble(own, who, event.text ?? "", h("time", { datetime: event.at }, words.clock(new Date(event.at))), files);
  }

  /** A file, to be saved: nothing of it is shown within the page. */
  private file({ id, name, bytes }: Attachment): HTMLElement {
    const label = `${name} (${size_text(Number(bytes), this.words.locale)})`;
    const trouble = h("span", { class: "trouble", role: "alert" });
    const save = async (): Promise<void> => {
      set_text(trouble, "");
      try {
        const address = URL.createObjectURL(await this.actions.fetch_file(String(id)));
        h("a", { href: address, download: String(name) }).click();
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
      } catch {
        set_text(trouble, this.words.say("file.failed"));
      }
    };
    return h("span", { class: "file" }, h("button", { type: "button", "aria-label": this.words.say("file.save", { name: label }), onclick: () => void save() }, icon("clip"), label), trouble);
  }

  private unsent_row(unsent: Unsent, shown: Shown): HTMLElement {
    const row = this.bubble(true, this.words.say("log.you"), unsent.text, h("span", { class: "state" }));
    this.set_state(row, unsent, shown);
    return row;
  }

  private bubble(own: boolean, who: string, text: string, foot: HTMLElement, files: readonly HTMLElement[] = []): HTMLElement {
    const body = h("p", { class: "text", dir: "auto" }, ...linked(text, this.words.say("link.new_tab")), ...files);
    return h("div", { class: own ? "row own" : "row" }, h("span", { class: own ? "hidden" : "who" }, who, h("span", { class: "hidden" }, ": ")), body, foot);
  }

  private set_state(row: HTMLElement, unsent: Unsent, shown: Shown): void {
    const state = row.querySelector(".state");
    if (!state) return;
    row.classList.toggle("refused", unsent.refused !== undefined);
    if (unsent.refused === undefined) return set_text(state, this.words.say(shown.lost ? "log.kept" : "log.sending"));
    if (state.querySelector("button")) return;
    const again = final.has(unsent.refused) ? [] : [h("button", { type: "button", onclick: () => this.actions.again(unsent.id) }, this.words.say("log.again")), " "];
    const key = reasons[unsent.refused] ?? "reason.other";
    const reason = this.words.say(key, { code: unsent.refused });
    state.replaceChildren(
      `${this.words.say("log.failed", { reason })} `,
      ...again,
      h("button", { type: "button", onclick: () => this.actions.discard(unsent.id) }, this.words.say("log.drop")),
    );
  }

  /** "Sent" or "Seen" below the customer's last message that has arrived. */
  private set_mark(shown: Shown): void {
    const last = shown.events.findLastIndex((event) => event.kind === "message" && event.by === "customer");
    const answered = shown.events.findLastIndex((event) => event.kind === "message" && event.by !== "customer") > last;
    const row = last < 0 ? undefined : this.rows.get(shown.events[last]!.id)?.row;
    if (!row || answered || shown.phase === "over") return this.mark.remove();
    const seen = shown.events.findIndex((event) => event.id === shown.read_by_agent) >= last;
    set_text(this.mark, this.words.say(seen ? "log.seen" : "log.sent"));
    if (this.mark.parentElement !== row) row.append(this.mark);
  }
}

function notice(text: string): HTMLElement {
  return h("p", { class: "notice" }, text);
}

function same(one: ShownEvent | Unsent, other: ShownEvent | Unsent): boolean {
  return "kind" in one === "kind" in other && one.text === other.text && ("kind" in one || (one as Unsent).refused === (other as Unsent).refused);
}
