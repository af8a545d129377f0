import type { Configuration } from "../configuration.ts";
import type { Conversation, Shown } from "../conversation.ts";
import type { Storage } from "../storage.ts";
import type { Words } from "../words.ts";
import { Composer } from "./composer.ts";
import { h, icon, set_text } from "./dom.ts";
import { Feedback } from "./feedback.ts";
import { AskForCall, LeaveMessage } from "./leave.ts";
import { Log } from "./log.ts";
import { status_line, standing_line } from "./status.ts";

/** The card that the button opens: who one talks with, how it stands, the words, and where to write. */
export class Card {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly configuration: Configuration;
  private readonly conversation: Conversation;
  private readonly name: HTMLElement;
  private readonly standing: HTMLElement;
  private readonly status: HTMLElement;
  private readonly lost: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly log: Log;
  private readonly call: AskForCall;
  private readonly feedback: Feedback;
  private readonly leave: LeaveMessage;
  private readonly composer: Composer;
  private readonly again: HTMLButtonElement;
  private readonly end: HTMLButtonElement;
  private readonly ending: HTMLElement;

  constructor(words: Words, configuration: Configuration, conversation: Conversation, storage: Storage, close: () => void) {
    this.words = words;
    this.configuration = configuration;
    this.conversation = conversation;
    const kept = storage.now;
    this.name = h("h2", { id: "name" });
    this.standing = h("p", { class: "standing" });
    this.status = h("p", { class: "status", role: "status" });
    this.lost = h("p", { class: "lost", role: "status" });
    this.greeting = h("p", { class: "greeting", dir: "auto" });
    this.call = new AskForCall(words, (text) => conversation.ask_for_call(text));
    this.feedback = new Feedback(words, (survey) => conversation.survey(survey), () => this.skip_feedback());
    this.log = new Log(words, this.greeting, h("div", {}, this.call.element, this.feedback.element), {
      again: (id) => conversation.write_again(id),
      discard: (id) => conversation.discard(id),
      fetch_file: (attachment) => conversation.fetch_file(attachment),
    });
    this.leave = new LeaveMessage(words, kept, (draft, contact) => { conversation.draft(draft); conversation.contact(contact); }, (text) => { conversation.leave_message(text); this.focus(); });
    this.composer = new Composer(words, kept.draft, (text) => conversation.draft(text), (text) => conversation.write(text), (files) => conversation.send_files(files, words));
    this.again = h("button", { type: "button", class: "primary again", onclick: () => this.start_anew() }, words.say("again"));
    this.end = h("button", { type: "button", class: "end", "aria-label": words.say("end.action"), title: words.say("end.action"), onclick: () => this.ask_to_end(true) }, words.say("end.short"));
    this.ending = h("div", { class: "ending", role: "group", "aria-label": words.say("end.question"), hidden: true },
      h("p", {}, words.say("end.question")),
      h("button", { type: "button", class: "primary", onclick: () => void this.end_now() }, words.say("end.yes")),
      h("button", { type: "button", onclick: () => this.ask_to_end(false) }, words.say("end.no")));
    const head = h("header", {}, h("div", { class: "who" }, this.name, this.standing), this.end, h("button", { type: "button", class: "quiet", "aria-label": words.say("card.close"), title: words.say("card.close"), onclick: close }, icon("close")));
    const foot = h("footer", {}, this.leave.element, this.composer.element, this.again);
    this.element = h("section", { class: "card", role: "dialog", "aria-labelledby": "name", hidden: true }, head, this.ending, this.status, this.lost, this.log.element, foot);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      if (this.ending.hidden) close();
      else this.ask_to_end(false);
    });
  }

  show(open: boolean): void {
    this.element.hidden = !open;
    if (!open) return;
    this.composer.grow();
    this.log.to_end();
  }

  /** To where one writes; on a phone too, as the card was opened to write. */
  focus(): void {
    if (!this.composer.element.hidden) this.composer.focus();
    else if (!this.leave.element.hidden) this.leave.focus();
    else if (!this.again.hidden) this.again.focus();
  }

  update(shown: Shown): void {
    const { phase, door } = shown;
    const stays = this.log.at_end;
    const had = (this.element.getRootNode() as ShadowRoot).activeElement;
    set_text(this.name, this.configuration.name || door?.name || this.words.say("launcher.open"));
    set_text(this.standing, standing_line(this.words, shown));
    this.standing.hidden = this.standing.textContent === "";
    set_text(this.status, status_line(this.words, shown, new Date()));
    this.status.hidden = this.status.textContent === "";
    set_text(this.lost, shown.lost ? this.words.say("connection.lost") : "");
    this.lost.hidden = !shown.lost;
    set_text(this.greeting, this.configuration.greeting || door?.greeting || this.words.say("door.greeting"));
    const closed = phase === "door" && door?.queue.open === false && shown.unsent.every((one) => one.refused);
    // Of the two that may stand here the one that comes shows what was typed into the other.
    if (this.leave.element.hidden) this.leave.take(shown.kept.draft);
    const appears = this.composer.element.hidden;
    if (appears) this.composer.take(shown.kept.draft);
    this.leave.element.hidden = !(closed && door.queue.takes_messages);
    this.composer.element.hidden = closed || phase === "over";
    if (appears) this.composer.grow();
    this.again.hidden = phase !== "over" || !shown.kept.feedback_done;
    this.end.hidden = phase !== "line" && phase !== "talking";
    if (this.end.hidden) this.ending.hidden = true;
    const may_be_called = !shown.kept.callback_wanted && !shown.kept.callback_asked && !shown.kept.left_message;
    this.call.show(phase === "line" && shown.place !== null && may_be_called, shown.not_called);
    this.feedback.show(phase === "over" && !shown.kept.feedback_done);
    // Whatever took room or gave it: who read the end still does.
    if (this.log.update(shown) || stays) this.log.to_end();
    else this.log.scrolled();
    // What had the focus and is gone hands it on.
    if (had instanceof HTMLElement && had.closest("[hidden]")) this.focus();
  }

  private ask_to_end(ask: boolean): void {
    const stays = this.log.at_end;
    this.ending.hidden = !ask;
    if (stays) this.log.to_end();
    if (ask) this.ending.querySelector("button")?.focus();
    else this.focus();
  }

  private async end_now(): Promise<void> {
    try {
      await this.conversation.end();
      this.ask_to_end(false);
    } catch {
      set_text(this.lost, this.words.say("connection.busy"));
      this.lost.hidden = false;
    }
  }

  private skip_feedback(): void {
    this.conversation.skip_feedback();
    this.focus();
  }

  private start_anew(): void {
    this.feedback.reset();
    this.conversation.start_anew();
    this.focus();
  }
}
