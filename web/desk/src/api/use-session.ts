import { useStore } from "zustand";
import { session, type Session } from "./session";
import type { Principal } from "./types";

export function useSession(): Session {
  return useStore(session);
}

/** Who is logged in. Only below the login. */
export function useMe(): Principal {
  const now = useStore(session);
  if (now.state !== "in") throw new Error("useMe: nobody is logged in");
  return now.me;
}
