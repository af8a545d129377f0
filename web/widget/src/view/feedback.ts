import type { Survey } from "../api.ts";
import type { Key, Words } from "../words.ts";
import { h, icon, set_text } from "./dom.ts";

const faces = ["face1", "face2", "face3", "face4", "face5"] as const;
const keys = ["feedback.1", "feedback.2", "feedback.3", "feedback.4", "feedback.5"] satisfies Key[];

/** How it was, asked once at the end. Everything but the face may be left out. */
export class Feedback {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly form: HTMLFormElement;
  private readonly thanks: HTMLElement;
  private readonly trouble: HTMLElement;
  private readonly send: (survey: Survey) => Promise<void>;
  private said = false;

  constructor(words: Words, send: (survey: Survey) => Promise<void>, skip: () => void) {
    this.words = words;
    this.send = send;
    const choices = faces.map((face, at) => {
      const label = words.say(keys[at]!);
      return h("label", { class: "face", title: label }, h("input", { type: "radio", name: "csat", value: String(at + 1), "aria-label": label }), icon(face));
    });
    const answer = (value: string, label: string): HTMLElement => h("label", { class: "choice" }, h("input", { type: "radio", name: "resolved", value }), label);
    const comment = h("textarea", { name: "comment", rows: "2", maxlength: "1000" });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.thanks = h("p", { class: "notice", role: "status" });
    this.form = h(
      "form",
      { class: "feedback", onsubmit: (event) => void this.submit(event) },
      h("fieldset", {}, h("legend", {}, words.say("feedback.question")), h("div", { class: "faces" }, ...choices)),
      h("fieldset", {}, h("legend", {}, words.say("feedback.resolved")), h("div", { class: "choices" }, answer("yes", words.say("feedback.yes")), answer("no", words.say("feedback.no")))),
      h("label", {}, words.say("feedback.comment"), comment),
      this.trouble,
      h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, words.say("feedback.send")), h("button", { type: "button", onclick: skip }, words.say("feedback.skip"))),
    );
    this.element = h("div", {}, this.form, this.thanks);
  }

  /** Whether it is to be asked now. */
  show(asked: boolean): void {
    this.form.hidden = !asked;
    set_text(this.thanks, !asked && this.said ? this.words.say("feedback.done") : "");
  }

  reset(): void {
    this.said = false;
    this.form.reset();
    set_text(this.trouble, "");
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const fields = new FormData(this.form);
    const csat = Number(fields.get("csat") ?? 0);
    if (csat === 0) {
      this.form.querySelector<HTMLElement>("input")?.focus();
      return set_text(this.trouble, this.words.say("feedback.missing"));
    }
    const comment = String(fields.get("comment") ?? "").trim();
    const resolved = fields.get("resolved");
    this.said = true;
    try {
      await this.send({ csat, ...(resolved && { resolved: resolved === "yes" }), ...(comment && { comment }) });
    } catch {
      this.said = false;
      set_text(this.trouble, this.words.say("feedback.failed"));
    }
  }
}
