import type { Customer, LiveInteraction, Participant } from "@/api/types";
import type { Values } from "@/shared/screen-pop";

/** The identifier of a kind: a verified one first, in the one writing by which machines compare. */
function identifier(type: string, onRecord: Customer | null, participant: Participant | undefined): string {
  const all: readonly { type?: unknown; value?: unknown; verified?: unknown }[] = onRecord?.identifiers ?? participant?.identifiers ?? [];
  const fitting = all.filter((one) => one.type === type);
  const found = fitting.find((one) => one.verified === true) ?? fitting[0];
  return typeof found?.value === "string" ? found.value : "";
}

/** What a template may ask for; what is not known is empty. */
export function popValues(live: LiveInteraction, onRecord: Customer | null, participant: Participant | undefined, agent: string): Values {
  return {
    "customer.id": live.stranger ? "" : (onRecord?.id ?? live.customer),
    "customer.own_id": identifier("own_id", onRecord, participant),
    "customer.account": identifier("account", onRecord, participant),
    "customer.phone": identifier("tel", onRecord, participant),
    "customer.email": identifier("email", onRecord, participant),
    "customer.name": onRecord?.name || live.customer_name,
    "case.id": live.case,
    "interaction.id": live.id,
    "brand.id": live.brand,
    "queue.id": live.queue,
    "agent.id": agent,
    channel: live.channel,
  };
}
