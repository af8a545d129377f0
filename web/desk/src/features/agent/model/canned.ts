import type { CannedReply } from "@/api/types";

/** The slash word under the cursor: "/hel" at the start of a word. `null`: none. */
export function slashWord(text: string, cursor: number): { from: number; typed: string } | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, cursor));
  if (!found) return null;
  const typed = found[1] ?? "";
  return { from: cursor - typed.length - 1, typed };
}

const shownMax = 6;

/** Replies for what was typed: by shortcut first, then by title. */
export function matching(replies: readonly CannedReply[], typed: string): CannedReply[] {
  const wanted = typed.toLocaleLowerCase();
  const points = (reply: CannedReply): number => {
    if (reply.shortcut.toLocaleLowerCase().startsWith(wanted)) return 2;
    return reply.title.toLocaleLowerCase().includes(wanted) ? 1 : 0;
  };
  return replies
    .filter((reply) => points(reply) > 0)
    .sort((a, b) => points(b) - points(a) || a.shortcut.localeCompare(b.shortcut))
    .slice(0, shownMax);
}

/** The text with the slash word replaced by the reply, and where the cursor then stands. */
export function inserted(text: string, cursor: number, from: number, reply: CannedReply): { text: string; cursor: number } {
  return { text: text.slice(0, from) + reply.text + text.slice(cursor), cursor: from + reply.text.length };
}
