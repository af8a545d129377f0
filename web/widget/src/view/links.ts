import { h } from "./dom.ts";

/** A piece of a text: plain, or an address that may be opened. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

const address = /https?:\/\/[^\s<>"'`{}|\\^]+/gi;
/** Ends a sentence rather than an address. */
const trailing = /[.,;:!?…)\]]+$/;

/**
 * Finds the web addresses in a text. Only http and https are ever opened; addresses that show one name
 * and lead to another (a user's part before the host) stay text.
 */
export function pieces_of(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const tail = trailing.exec(match[0])?.[0] ?? "";
    // A closing bracket that was opened within belongs to the address.
    const inner = tail.startsWith(")") && match[0].includes("(") ? tail.slice(1) : tail;
    const found = match[0].slice(0, match[0].length - inner.length);
    const url = URL.canParse(found) ? new URL(found) : null;
    if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: url.href });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** The text with its addresses as links: they open apart, tell the other site nothing, and gain nothing. */
export function linked(text: string, new_tab: string): Node[] {
  return pieces_of(text).map(({ text: shown, href }) =>
    href === undefined ? document.createTextNode(shown) : h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", title: `${href} (${new_tab})` }, shown),
  );
}
