import type { Kept } from "../storage.ts";
import type { Words } from "../words.ts";
import { h, set_text } from "./dom.ts";

/** A form of one or two fields that says what is missing, and keeps what was typed. */
class SmallForm {
  readonly element: HTMLFormElement;
  private readonly trouble: HTMLElement;

  constructor(label: string, send: string, fields: readonly HTMLElement[], sent: () => string, more: readonly HTMLElement[] = []) {
    this.trouble = h("p", { class: "trouble", role: "alert" });
    const submit = (event: Event): void => {
      event.preventDefault();
      set_text(this.trouble, sent());
    };
    this.element = h("form", { class: "small", "aria-label": label, novalidate: true, onsubmit: submit }, ...fields, this.trouble, h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, send), ...more));
  }
}

/** Words for when somebody is there, with where to reach who wrote them. */
export class LeaveMessage {
  readonly element: HTMLElement;
  private readonly message: HTMLTextAreaElement;
  private readonly contact: HTMLInputElement;

  constructor(words: Words, kept: Readonly<Kept>, keep: (draft: string, contact: string) => void, leave: (text: string) => void) {
    const changed = (): void => keep(this.message.value, this.contact.value);
    this.message = h("textarea", { rows: "4", maxlength: "4000", required: true, oninput: changed });
    this.contact = h("input", { type: "text", maxlength: "200", autocomplete: "email", required: true, oninput: changed });
    this.message.value = kept.draft;
    this.contact.value = kept.contact;
    const fields = [
      h("label", {}, words.say("leave.message"), this.message),
      h("label", {}, words.say("leave.contact"), this.contact),
    ];
    const form = new SmallForm(words.say("leave.send"), words.say("leave.send"), fields, () => {
      const [message, contact] = [this.message.value.trim(), this.contact.value.trim()];
      if (!message) return this.missing(this.message, words.say("leave.message_missing"));
      if (!contact) return this.missing(this.contact, words.say("leave.contact_missing"));
      // Emptied first: what is left is what the composer shows next.
      this.message.value = "";
      changed();
      leave(`${message}\n\n${words.say("leave.contact_line", { contact })}`);
      return "";
    });
    this.element = h("div", { class: "leave" }, h("p", {}, words.say("leave.how")), form.element);
  }

  /** What was typed elsewhere, while this is not on the screen. */
  take(text: string): void {
    if (this.message.value !== text) this.message.value = text;
  }

  focus(): void {
    this.message.focus();
  }

  private missing(field: HTMLElement, what: string): string {
    field.focus();
    return what;
  }
}

/** Instead of waiting: a telephone number. */
export class AskForCall {
  readonly element: HTMLElement;
  private readonly offer: HTMLButtonElement;
  private readonly form: SmallForm;
  private readonly refused: HTMLElement;

  constructor(words: Words, ask: (text: string) => void) {
    const number = h("input", { type: "tel", autocomplete: "tel", maxlength: "40", required: true });
    this.form = new SmallForm(
      words.say("line.callback"),
      words.say("line.callback_send"),
      [h("label", {}, words.say("line.callback_number"), number)],
      () => {
        // Digits as people write them; what else it may be the server's customers' room decides.
        if (number.value.replace(/\D/g, "").length < 5) {
          number.focus();
          return words.say("line.callback_missing");
        }
        ask(words.say("line.callback_line", { number: number.value.trim() }));
        this.unfold(false);
        return "";
      },
      [h("button", { type: "button", onclick: () => this.unfold(false) }, words.say("line.callback_cancel"))],
    );
    this.offer = h("button", { type: "button", class: "link", onclick: () => { this.unfold(true); number.focus(); } }, words.say("line.callback"));
    this.form.element.hidden = true;
    this.refused = h("p", { class: "trouble", role: "alert", hidden: true }, words.say("line.callback_refused"));
    this.element = h("div", { class: "callback", hidden: true }, this.refused, this.offer, this.form.element);
  }

  /** `refused`: it was asked for, and cannot be. */
  show(shown: boolean, refused: boolean): void {
    this.element.hidden = !shown;
    this.refused.hidden = !refused;
  }

  private unfold(open: boolean): void {
    this.form.element.hidden = !open;
    this.offer.hidden = open;
    if (!open) this.offer.focus();
  }
}
