import { api } from "./client";
import { asked, type Failure, type Result } from "./result";
import { session, sessionBegan, signedOut, type Session } from "./session";

const isSameSession = (one: Session, other: Session) => (one.state === "in" && other.state === "in" ? one.csrf === other.csrf : one.state === other.state);

/** Asks the server who this page is. Leaves the session as it is when there is no answer. */
export async function readSession(): Promise<Failure | null> {
  const before = session.getState();
  const me = await asked(api.GET("/api/v1/me"));
  if (!isSameSession(before, session.getState())) return null; // who signed in or out meanwhile knows better
  if (me.ok) {
    sessionBegan(me.value, me.value.csrf_token ?? "");
    return null;
  }
  if (me.failure.code === "unauthenticated") {
    if (before.state === "unknown") signedOut(); // else whoever asks anything has seen that it ended
    return null;
  }
  return me.failure;
}

export async function logIn(login: string, password: string, code: string): Promise<Result<null>> {
  const body = code === "" ? { login, password } : { login, password, code };
  const done = await asked(api.POST("/api/v1/login", { body }));
  if (!done.ok) return done;
  sessionBegan(done.value.me, done.value.csrf_token);
  return { ok: true, value: null };
}

export async function logOut(): Promise<Result<null>> {
  const done = await asked(api.POST("/api/v1/logout"));
  if (!done.ok && done.failure.code !== "unauthenticated") return done;
  signedOut();
  return { ok: true, value: null };
}
