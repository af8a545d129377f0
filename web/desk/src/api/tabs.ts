import { session, signedOut } from "./session";

/**
 * The tabs of a browser share the session: who signs out in one has signed out in all, and nothing of
 * theirs stays in any. (A session that ends elsewhere is told by the server instead.)
 */
export function shareSignOut(): void {
  const others = new BroadcastChannel("rapport.session");
  others.onmessage = signedOut;
  session.subscribe((now, before) => before.state === "in" && now.state === "out" && !now.ended && others.postMessage("signed out"));
}
