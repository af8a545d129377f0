import { session, signedOut } from "./session";

/**
 * The tabs of a browser share the session: who signs out in one has signed out in all, and nothing of
 * theirs stays in any. (A session that ends elsewhere is told by the server instead.)
 */
export function shareSignOut(): void {
  const others = new BroadcastChannel("rapport.session");
  let told = false; // and passes it on to nobody: a tab that sleeps would sign out those who signed in again
  others.onmessage = () => {
    told = true;
    signedOut();
    told = false;
  };
  session.subscribe((now, before) => {
    // The feed may have heard of the end before the answer to the sign-out came.
    const wasHere = before.state === "in" || (before.state === "out" && before.ended);
    if (!told && wasHere && now.state === "out" && !now.ended) others.postMessage("signed out");
  });
}
