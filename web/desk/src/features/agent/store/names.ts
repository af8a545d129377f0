import { useMe } from "@/api/use-session";
import type { TimelineEvent } from "@/api/types";
import type { Conversation } from "../model/conversation";
import { useHead } from "./reads";

/** Who did an event, by name; `null` where it is not known (yet). */
export function useNames(conversation: Conversation): (event: TimelineEvent) => string | null {
  const me = useMe();
  const { live } = conversation;
  // Somebody joins by answering, or by speaking for the first time.
  const people = new Set(conversation.events.map((one) => one.participant)).size;
  const { data } = useHead(conversation.id, people);
  const names = new Map(data?.participants?.map((one) => [one.id, one.person === me.user ? me.name : one.name]));
  return (event) => {
    const known = event.participant === undefined ? undefined : names.get(event.participant);
    if (known) return known;
    // Until the head was read, an agent who is alone with the customer is this one.
    if (event.by === "agent" && live?.agents.length === 1 && live.agents[0] === me.user) return me.name;
    return event.by === "customer" && live ? live.customer_name || null : null;
  };
}
