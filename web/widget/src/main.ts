import { Api } from "./api.ts";
import { read_configuration, type Configuration } from "./configuration.ts";
import { Conversation } from "./conversation.ts";
import { Storage } from "./storage.ts";
import styles from "./style.css";
import { Card } from "./view/card.ts";
import { ink_on } from "./view/colours.ts";
import { h, icon, set_text } from "./view/dom.ts";
import { Words } from "./words.ts";

/** What the page may do with its chat: `window.rapportChat`. */
interface Chat {
  open(): void;
  close(): void;
  /** The page has learnt who its visitor is: holds for the next conversation. */
  identify(identity: string): void;
}
declare global {
  interface Window {
    rapportChat?: Chat;
  }
}

/** A host of our own: what the page styles does not reach in, and what we style does not reach out. */
function make_root(configuration: Configuration): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement("rapport-chat");
  host.lang = configuration.language;
  host.dataset["theme"] = configuration.theme;
  host.dataset["position"] = configuration.position;
  host.style.setProperty("all", "initial");
  host.style.setProperty("--accent", configuration.colour);
  host.style.setProperty("--on-accent", ink_on(configuration.colour));
  const root = host.attachShadow({ mode: "open" });
  // A constructed sheet needs no exception in the page's content security policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  return { host, root };
}

/** The visitor's own way to write dates in this language, where they have one. */
function locale_of(language: string): string {
  return navigator.languages.find((one) => one.toLowerCase().split("-")[0] === language) ?? language;
}

function mount(configuration: Configuration): Chat {
  const words = new Words(configuration.language, locale_of(configuration.language));
  const storage = new Storage(configuration.server, configuration.brand, configuration.queue);
  const conversation: Conversation = new Conversation(new Api(configuration.server), configuration, storage, () => update());
  const { host, root } = make_root(configuration);
  const badge = h("span", { class: "badge", hidden: true, "aria-hidden": "true" });
  const launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => act(card.element.hidden) }, icon("chat"), icon("close"), badge);
  const told = h("p", { class: "hidden", role: "status" });
  const card = new Card(words, configuration, conversation, storage, () => act(false));

  function update(): void {
    card.update(conversation.shown);
    const open = !card.element.hidden;
    if (open && document.visibilityState === "visible") conversation.see();
    const unseen = open ? 0 : conversation.unseen;
    const label = unseen > 0 ? words.count("launcher.unread", unseen) : words.say(open ? "card.close" : "launcher.open");
    launcher.setAttribute("aria-label", label);
    set_text(badge, unseen > 9 ? "9+" : String(unseen));
    badge.hidden = unseen === 0;
    set_text(told, unseen > 0 ? label : "");
  }
  function set_open(open: boolean): void {
    storage.change({ open });
    launcher.setAttribute("aria-expanded", String(open));
    host.toggleAttribute("data-open", open);
    conversation.watch_door(open);
    card.show(open);
    update();
  }
  function act(open: boolean): void {
    set_open(open);
    if (open) card.focus();
    else launcher.focus();
  }

  root.append(card.element, launcher, told);
  document.body.append(host);
  document.addEventListener("visibilitychange", update);
  conversation.take_up();
  // Open before a reload, open again; the page keeps its focus.
  if (storage.now.open) set_open(true);
  return { open: () => act(true), close: () => act(false), identify: (identity) => conversation.set_identity(identity) };
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.rapportChat) {
  const start = (): void => {
    window.rapportChat ??= mount(read_configuration(script));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}
