import { speakers, useHead } from "@/api/speakers";
import { useMe } from "@/api/use-session";
import type { TimelineEvent } from "@/api/types";
import type { Conversation } from "../model/conversation";

/** Who did an event, by name; `null` where it is not known (yet). */
export function useNames({ id, events, live }: Conversation): (event: TimelineEvent) => string | null {
  const me = useMe();
  const { data } = useHead(id, events);
  const nameOf = speakers(data?.participants, (person) => (person === me.user ? me.name : undefined));
  return (event) => {
    const known = nameOf(event);
    if (known) return known;
    // Until the head was read, an agent who is alone with the customer is this one.
    if (event.by === "agent" && live?.agents.length === 1 && live.agents[0] === me.user) return me.name;
    return event.by === "customer" && live ? live.customer_name || null : null;
  };
}
