/** A version at the server. An empty text: it has none. */
export interface Elsewhere {
  text: string;
  /** RFC 3339, by the server's clock. */
  changedAt: string;
}

/** What stands in the composer of this browser. */
export interface Draft {
  text: string;
  /** When it was written, by the server's clock; 0: nothing was. */
  at: number;
  /** The server's version that this browser put there or saw last; `null`: none yet. */
  server: Elsewhere | null;
}

/** Whether the server has it as it stands here. */
export const kept = ({ text, server }: Draft): boolean => (text.trim() === "" ? (server?.text ?? "") === "" : server?.text === text);

/**
 * What stands here, and what was found at the server (`null`: nothing). Where nothing is written here, the
 * server's is taken; where something else is, the newer one goes first: here without a word, there only if
 * its agent says so (`elsewhere`).
 */
export function met(draft: Draft, found: Elsewhere | null): { draft: Draft; elsewhere: Elsewhere | null } {
  if (found === null) return { draft: { ...draft, server: draft.server === null ? null : afterGone(draft) }, elsewhere: null };
  // Card numbers are masked there: what this browser has put there is its own, whatever it reads like.
  if (found.changedAt === draft.server?.changedAt) return { draft, elsewhere: null };
  if (found.text === draft.text) return { draft: { ...draft, server: found }, elsewhere: null };
  const newer = Date.parse(found.changedAt) > draft.at;
  if (draft.text.trim() === "" && newer) return { draft: { text: found.text, at: Date.parse(found.changedAt), server: found }, elsewhere: null };
  return newer ? { draft, elsewhere: found } : { draft: { ...draft, server: found }, elsewhere: null };
}

/** Sent or thrown away in another browser: what stands here stays, and is put there again only if it was changed since. */
const afterGone = (draft: Draft): Elsewhere => ({ text: kept(draft) ? draft.text : "", changedAt: "" });
