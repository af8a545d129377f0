import { useEffect } from "react";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { watchInbox } from "../model/inbox";
import { useInboxBrands } from "../model/reads";

/** What of the inbox somebody may see. */
export function useInboxStreams(): ("flags" | "help")[] {
  const me = useMe();
  return [...(may(me, "flags.read") ? (["flags"] as const) : []), ...(may(me, "help.answer") ? (["help"] as const) : [])];
}

/** Keeps the inbox while the page is there. */
export function useWatchedInbox(): void {
  const brands = useInboxBrands().join(" ");
  const streams = useInboxStreams().join(" ");
  useEffect(() => {
    if (brands === "" || streams === "") return;
    return watchInbox(brands.split(" "), streams.split(" ") as ("flags" | "help")[]);
  }, [brands, streams]);
}
