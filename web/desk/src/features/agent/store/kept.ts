import { session } from "@/api/session";

/**
 * What must survive a reload and nothing longer: drafts, and words on their way. It lies in
 * the tab's session storage, under the user, and is gone with the conversation, the tab, or a
 * sign-out: what customers said does not stay on a shared desk.
 */
const prefix = "rapport.desk.";

function place(what: string, interaction: string): string {
  const now = session.getState();
  return `${prefix}${now.state === "in" ? now.me.user : ""}.${what}.${interaction}`;
}

export function recall<Value>(what: string, interaction: string): Value | null {
  const text = sessionStorage.getItem(place(what, interaction));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

export function keep(what: string, interaction: string, value: unknown): void {
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) sessionStorage.removeItem(place(what, interaction));
  else sessionStorage.setItem(place(what, interaction), JSON.stringify(value));
}

export function forgetConversation(interaction: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix) && key.endsWith(`.${interaction}`)) sessionStorage.removeItem(key);
}

function forgetAll(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}
// A session that ran out may be taken up again by its owner; a sign-out is the end.
session.subscribe((now) => now.state === "out" && !now.ended && forgetAll());
