import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { fetched } from "@/api/result";
import { may } from "@/api/session";
import type { Trial } from "@/api/types";
import { useMe } from "@/api/use-session";

/** What the screens of the playbooks read. */
const pageMax = 100;
const namesMax = 500;
const lookAgainMs = 700;

export const listKey = ["playbooks", "list"];
export const trialsKey = ["playbooks", "trials"];

/** Built in, and what people wrote, the newest first. */
export const usePlaybooks = () =>
  useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam }) => fetched(api.GET("/api/v1/playbooks", { params: { query: { limit: pageMax, ...(pageParam === undefined ? {} : { after: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One with its files; a version never changes. */
export const usePlaybook = (id: string) =>
  useQuery({ queryKey: ["playbooks", "one", id], staleTime: Infinity, queryFn: () => fetched(api.GET("/api/v1/playbooks/{id}", { params: { path: { id } } })) });

export const useDifference = (id: string, to: string) =>
  useQuery({ queryKey: ["playbooks", "difference", id, to], staleTime: Infinity, enabled: to !== "", queryFn: () => fetched(api.GET("/api/v1/playbooks/{id}/difference", { params: { path: { id }, query: { to } } })) });

export function useQueueNames() {
  const me = useMe();
  return useQuery({
    queryKey: ["playbooks", "queues"],
    enabled: may(me, "configuration.read"),
    queryFn: async () => (await fetched(api.GET("/api/v1/queues", { params: { query: { limit: namesMax } } }))).items,
  });
}

export const goesOn = (trial: Trial): boolean => trial.state === "waiting" || trial.state === "running";

/** A trial, looked at again as long as it goes on. */
export const useTrial = (id: string) =>
  useQuery({
    queryKey: ["playbooks", "trial", id],
    queryFn: () => fetched(api.GET("/api/v1/trials/{id}", { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && goesOn(state.data) ? lookAgainMs : false),
    staleTime: 0,
  });

/** The interactions that would be judged otherwise; read anew as `changed` grows. */
export const useResults = (id: string, changed: number) =>
  useInfiniteQuery({
    queryKey: ["playbooks", "results", id, changed],
    queryFn: ({ pageParam }) => fetched(api.GET("/api/v1/trials/{id}/results", { params: { path: { id }, query: { limit: pageMax, ...(pageParam === undefined ? {} : { after: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const useTrials = (enabled: boolean) => useQuery({ queryKey: trialsKey, enabled, staleTime: 0, queryFn: async () => (await fetched(api.GET("/api/v1/trials"))).items });
