import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useBrands } from "@/api/names";
import { fetched } from "@/api/result";
import { useMe } from "@/api/use-session";

/** What the desk reads beside the feed: what is configured, and what is known of a customer. */
const pageMax = 500;

export const useQueues = () =>
  useQuery({ queryKey: ["queues"], queryFn: async () => (await fetched(api.GET("/api/v1/queues", { params: { query: { limit: pageMax } } }))).items });

/** What a queue is called where it matters whose it is: with its brand in front for whoever has more than one. */
export function useQueueText(): (queue: string, brand: string) => string {
  const queues = useQueues().data ?? [];
  const brands = useBrands().data ?? [];
  return (queue, brand) => {
    const label = queues.find((one) => one.id === queue && one.brand === brand)?.label || queue;
    return brands.length > 1 ? `${brands.find((one) => one.id === brand)?.name || brand}, ${label}` : label;
  };
}

export const useCannedReplies = () =>
  useQuery({ queryKey: ["canned-replies"], queryFn: async () => (await fetched(api.GET("/api/v1/canned-replies", { params: { query: { limit: pageMax } } }))).items });

export function useOwnProfile() {
  const { user } = useMe();
  return useQuery({ queryKey: ["agents", user], queryFn: () => fetched(api.GET("/api/v1/agents/{id}", { params: { path: { id: user } } })) });
}

/** Whether this browser could be its agent's phone. */
export function useHasPhone(): boolean {
  return useQuery({ queryKey: ["own-phone"], staleTime: Infinity, queryFn: () => fetched(api.GET("/api/v1/me/phone")) }).data?.available ?? false;
}

const colleaguesMs = 3_000;
/** Who else could take a conversation; asked anew while somebody looks, for the feed tells an agent of themselves alone. */
export const useColleagues = () =>
  useQuery({ queryKey: ["colleagues"], staleTime: 0, refetchInterval: colleaguesMs, queryFn: async () => (await fetched(api.GET("/api/v1/me/colleagues"))).items });
