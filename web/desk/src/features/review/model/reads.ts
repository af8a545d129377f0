import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { request, withQuery } from "@/api/request";
import { asked as answerOf, CallFailed, fetched, type Failure } from "@/api/result";
import { may } from "@/api/session";
import type { Interaction, WholeInteraction } from "@/api/types";
import { useMe } from "@/api/use-session";
import { asked, type Filters } from "./filters";
import type { Ledger, Review, Verdict } from "./ledger";

const pageLimit = 100;
const namesMax = 500;

type Page = { items: Interaction[]; next: string | null };

/** The list, page by page as one scrolls. */
export function useFound(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ["review", "find", filters],
    queryFn: ({ pageParam }) => fetched(request<Page>("GET", withQuery("/api/v1/interactions", { ...asked(filters), limit: pageLimit, after: pageParam }))),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
}

export const useInteraction = (id: string) => useQuery({ queryKey: ["review", "one", id], queryFn: () => fetched(api.GET("/api/v1/interactions/{id}", { params: { path: { id } } })) as Promise<WholeInteraction> });

export const ledgerKey = (id: string) => ["review", "ledger", id];

/** The scorecard; `null`: there is none (yet). */
export const useLedger = (id: string) =>
  useQuery({
    queryKey: ledgerKey(id),
    queryFn: async (): Promise<Ledger | null> => {
      const answer = await answerOf(api.GET("/api/v1/interactions/{id}/ledger", { params: { path: { id } } }));
      if (answer.ok) return answer.value as Ledger;
      if (["not_found", "no_ledger"].includes(answer.failure.code)) return null;
      throw new CallFailed(answer.failure);
    },
  });

export interface Said {
  practice: string;
  verdict: Verdict;
  reason?: string;
}

/** Agrees with a verdict, or puts another in its place, which needs a reason. */
export function useSay(id: string, onRefused: (failure: Failure) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (said: Said) => {
      const done = await answerOf(request<Review>("POST", `/api/v1/interactions/${encodeURIComponent(id)}/verdicts`, said));
      if (!done.ok) onRefused(done.failure);
      else await queries.invalidateQueries({ queryKey: ledgerKey(id) });
      return done;
    },
  });
}

export type Names = ReadonlyMap<string, string>;
const none: Names = new Map();

export function useQueueNames(): Names {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ["review", "queues"],
    queryFn: () => fetched(api.GET("/api/v1/queues", { params: { query: { limit: namesMax } } })),
    enabled: may(me, "configuration.read"),
    select: (page): Names => new Map(page.items.map((one) => [one.id, one.label || one.id])),
  });
  return data ?? none;
}
