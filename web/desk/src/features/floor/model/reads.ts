import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useBrands } from "@/api/names";
import { fetched } from "@/api/result";
import { useMe } from "@/api/use-session";
import { may } from "@/api/session";
import type { AgentProfile, Queue } from "@/api/types";

const pageMax = 500;

/** The queues as they are configured: names and targets. */
export function useQueues(): ReadonlyMap<string, Queue> {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ["floor", "queues"],
    queryFn: () => fetched(api.GET("/api/v1/queues", { params: { query: { limit: pageMax } } })),
    enabled: may(me, "configuration.read"),
    select: (page) => new Map(page.items.map((one) => [one.id, one])),
  });
  return data ?? none;
}

const none: ReadonlyMap<string, never> = new Map<string, never>();

/** How many conversations each agent can have at a time, of the channel with most. */
export function useCapacities(): ReadonlyMap<string, number> {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ["floor", "agents"],
    queryFn: () => fetched(api.GET("/api/v1/agents", { params: { query: { limit: pageMax } } })),
    enabled: may(me, "configuration.read"),
    select: (page) => new Map(page.items.map((one) => [one.id, capacityOf(one)])),
  });
  return data ?? none;
}

const usualCapacity = 3;

function capacityOf({ capacity }: AgentProfile): number {
  const values = Object.values(capacity ?? {});
  return values.length === 0 ? usualCapacity : Math.max(...values);
}

/** The brands whose inboxes are ours: those of the user, or all that there are. */
export function useInboxBrands(): readonly string[] {
  const { brands } = useMe();
  const { data } = useBrands();
  return brands.includes("*") ? (data ?? []).map((one) => one.id) : brands;
}
