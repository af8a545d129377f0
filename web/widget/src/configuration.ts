import { is_language, type Language } from "./words.ts";

/** What a page says about its chat, by attributes of the script's tag (docs/widget.md). */
export interface Configuration {
  /** Where the API is: an origin, without a slash at its end. */
  readonly server: string;
  readonly brand: string;
  readonly queue: string;
  readonly language: Language;
  /** Replaces the brand's own; empty: the brand's. */
  readonly name: string;
  readonly greeting: string;
  /** "#rrggbb". */
  readonly colour: string;
  readonly position: "left" | "right";
  readonly theme: "auto" | "light" | "dark";
  /** The visitor's name, as the page knows it; empty: unknown. */
  readonly customer_name: string;
  /** The page's signed word for who the visitor is (docs/people.md); empty: anonymous. */
  readonly identity: string;
}

const default_colour = "#2b5fa4";

function one_of<T extends string>(value: string | undefined, known: readonly T[], other: T): T {
  return known.find((one) => one === value) ?? other;
}

/** The page's language, then the visitor's, of those that there are messages for. */
function language_of(wanted: string | undefined): Language {
  const asked = [wanted === "auto" ? undefined : wanted, document.documentElement.lang, ...navigator.languages];
  for (const one of asked) {
    const primary = one?.toLowerCase().split("-")[0] ?? "";
    if (is_language(primary)) return primary;
  }
  return "en";
}

/** Reads the attributes. An Error tells the page's author which one is missing. */
export function read_configuration(script: HTMLScriptElement): Configuration {
  const { brand, queue, server, colour, name, greeting, position, theme, language, customerName, identity } = script.dataset;
  if (!brand || !queue) throw new Error("the chat's script needs the attributes data-brand and data-queue");
  return {
    server: new URL(server ?? script.src, document.baseURI).origin,
    brand,
    queue,
    language: language_of(language),
    name: name ?? "",
    greeting: greeting ?? "",
    colour: /^#[0-9a-f]{6}$/i.test(colour ?? "") ? colour! : default_colour,
    position: one_of(position, ["left", "right"], "right"),
    theme: one_of(theme, ["auto", "light", "dark"], "auto"),
    customer_name: customerName ?? "",
    identity: identity ?? "",
  };
}
