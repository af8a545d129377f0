import { session } from "./session";

/**
 * What must survive a reload and nothing longer: drafts, and words on their way. It lies in
 * the tab's session storage, under the user, and is gone with the conversation, the tab, or a
 * sign-out: what customers said does not stay on a shared desk. Where the browser has no more
 * room it lasts as long as the page: writing goes on.
 */
const prefix = "rapport.desk.";

/** `null`: nobody is here to keep it for. */
function place(what: string, of: string): string | null {
  const now = session.getState();
  return now.state === "in" ? `${prefix}${now.me.user}.${what}.${of}` : null;
}

export function recall<Value>(what: string, of: string): Value | null {
  const key = place(what, of);
  const text = key === null ? null : sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

/** `of`: the conversation, or whatever else it belongs to. Nothing, "" and an empty list are forgotten. */
export function keep(what: string, of: string, value: unknown): void {
  const key = place(what, of);
  if (key === null) return;
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  try {
    if (empty) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full: what was kept before is better than nothing.
  }
}

export function forgetConversation(interaction: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix) && key.endsWith(`.${interaction}`)) sessionStorage.removeItem(key);
}

function forgetAll(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}
// A session that ran out may be taken up again by its owner; a sign-out is the end, in whatever tab.
session.subscribe((now) => now.state === "out" && !now.ended && forgetAll());
