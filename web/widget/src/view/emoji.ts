import type { Words } from "../words.ts";
import { h } from "./dom.ts";

/** Those that people send to a company. */
const emoji = ["🙂", "😀", "😅", "😂", "😊", "😍", "🙏", "👍", "👎", "👌", "👏", "💪", "🤔", "😕", "😟", "😢", "😡", "😴", "🤷", "🙈", "❤️", "🎉", "✅", "❌", "❗", "❓", "☀️", "⚡", "🔌", "📦", "📷", "📞"];
const columns = 8;

/** A grid to choose from, walked by the arrow keys. */
export class EmojiPicker {
  readonly element: HTMLElement;
  private readonly buttons: HTMLButtonElement[];

  constructor(words: Words, chosen: (emoji: string) => void, closed: () => void) {
    this.buttons = emoji.map((one, at) => h("button", { type: "button", tabindex: at === 0 ? "0" : "-1", onclick: () => chosen(one) }, one));
    this.element = h("div", { class: "emoji", role: "group", "aria-label": words.say("emoji.label"), hidden: true }, ...this.buttons);
    this.element.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      if (event.key === "Escape") {
        event.stopPropagation();
        closed();
      }
      if (step === undefined) return;
      event.preventDefault();
      this.focus(this.buttons.findIndex((button) => button.matches(":focus")) + step);
    });
  }

  get is_open(): boolean {
    return !this.element.hidden;
  }

  show(open: boolean): void {
    this.element.hidden = !open;
    if (open) this.focus(0);
  }

  private focus(at: number): void {
    const button = this.buttons[at];
    if (!button) return;
    for (const other of this.buttons) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  }
}
