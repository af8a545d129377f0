import { createStore } from "zustand/vanilla";
import type { Principal } from "./types";

/** Who is logged in at this page. `unknown` until the server was asked. */
export type Session =
  | { state: "unknown" }
  | { state: "out"; ended: boolean }
  | { state: "in"; me: Principal; csrf: string };

export const session = createStore<Session>(() => ({ state: "unknown" }));

export function csrfToken(): string | null {
  const now = session.getState();
  return now.state === "in" ? now.csrf : null;
}

export function sessionBegan(me: Principal, csrf: string): void {
  session.setState({ state: "in", me, csrf }, true);
}

/** The server no longer knows the session: expired, signed out elsewhere, or a changed password. */
export function sessionEnded(): void {
  if (session.getState().state === "in") session.setState({ state: "out", ended: true }, true);
}

/** Nobody is logged in, and nobody was. */
export function signedOut(): void {
  session.setState({ state: "out", ended: false }, true);
}

/** Whether somebody has at least one of the permissions. */
export function may(me: Principal, ...permissions: string[]): boolean {
  return permissions.some((one) => me.permissions.includes(one));
}
