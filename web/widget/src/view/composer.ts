import type { Words } from "../words.ts";
import { accepted } from "../files.ts";
import { h, icon, set_text } from "./dom.ts";
import { EmojiPicker } from "./emoji.ts";

const text_max = 4_000;
const warn_left = 200;

/** Where the customer writes. Enter sends, Shift+Enter breaks the line. */
export class Composer {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly text: HTMLTextAreaElement;
  private readonly left: HTMLElement;
  private readonly send: HTMLButtonElement;
  private readonly toggle: HTMLButtonElement;
  private readonly emoji: EmojiPicker;
  private readonly write: (text: string) => void;
  private readonly drafted: (text: string) => void;

  constructor(words: Words, draft: string, drafted: (text: string) => void, write: (text: string) => void, send_files: (files: readonly File[]) => void) {
    this.words = words;
    this.write = write;
    this.drafted = drafted;
    this.text = h("textarea", { rows: "1", maxlength: String(text_max), "aria-label": words.say("composer.label"), placeholder: words.say("composer.placeholder"), oninput: () => this.changed(), onkeydown: (event) => this.key(event as KeyboardEvent) });
    this.left = h("p", { class: "left", role: "status" });
    this.send = h("button", { type: "submit", class: "send", "aria-label": words.say("composer.send"), title: words.say("composer.send") }, icon("send"));
    this.emoji = new EmojiPicker(words, (one) => this.insert(one), () => this.close_emoji());
    this.toggle = h("button", { type: "button", class: "quiet", "aria-label": words.say("composer.emoji"), title: words.say("composer.emoji"), "aria-expanded": "false", onclick: () => (this.emoji.is_open ? this.close_emoji() : this.open_emoji()) }, icon("smile"));
    const chosen = h("input", { type: "file", multiple: true, accept: accepted, hidden: true, onchange: () => { send_files([...(chosen.files ?? [])]); chosen.value = ""; this.text.focus(); } });
    const attach = h("button", { type: "button", class: "quiet", "aria-label": words.say("composer.file"), title: words.say("composer.file"), onclick: () => chosen.click() }, icon("clip"));
    this.text.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      send_files(files);
    });
    const line = h("div", { class: "line" }, attach, chosen, this.toggle, this.text, this.send);
    this.element = h("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.emoji.element, line, this.left);
    this.text.value = draft;
  }

  focus(): void {
    this.text.focus();
  }

  /** What was typed elsewhere, while this is not on the screen. */
  take(text: string): void {
    if (this.text.value !== text) this.text.value = text;
  }

  /** Once it is on the screen: its height is that of its text. */
  grow(): void {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 112)}px`;
    const left = text_max - this.text.value.length;
    set_text(this.left, left <= warn_left ? this.words.say("composer.left", { count: left }) : "");
    this.send.setAttribute("aria-disabled", String(this.text.value.trim() === ""));
  }

  private changed(): void {
    this.grow();
    this.drafted(this.text.value);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.text.value.trim();
    if (text) {
      // Taken first: what cannot be is still in the field.
      this.write(text);
      this.text.value = "";
      this.changed();
    }
    if (this.emoji.is_open) this.emoji_shown(false);
    this.text.focus();
  }

  private insert(one: string): void {
    const { selectionStart, selectionEnd } = this.text;
    if (this.text.value.length + one.length > text_max) return;
    this.text.setRangeText(one, selectionStart, selectionEnd, "end");
    this.changed();
    this.close_emoji();
  }

  private emoji_shown(open: boolean): void {
    this.emoji.show(open);
    this.toggle.setAttribute("aria-expanded", String(open));
  }
  private open_emoji(): void {
    this.emoji_shown(true);
  }
  private close_emoji(): void {
    this.emoji_shown(false);
    this.text.focus();
  }
}
