import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { asked, fetched, type Result } from "@/api/result";
import { may } from "@/api/session";
import type { CallResult, Preview } from "@/api/types";
import { useMe } from "@/api/use-session";
import { useDesk } from "./desk";
import { useHasPhone } from "./reads";

/** Who is before the agent to be called, from a list. */
const key = ["preview"];
const anewMs = 15_000;

/** Lists that somebody may call from, if there are any and there is a phone. */
export function useCallingLists(): boolean {
  const places = may(useMe(), "calls.place");
  const there = useHasPhone();
  const lists = useQuery({ queryKey: ["calling-lists"], enabled: places && there, staleTime: 60_000, queryFn: async () => (await fetched(api.GET("/api/v1/calling-lists", { params: { query: { limit: 500 } } }))).items });
  return (lists.data ?? []).some((one) => one.active);
}

/** Whether the agent is available with nothing in hand: what comes in goes before what goes out. */
export const useIsFree = (): boolean => useDesk((now) => now.agent?.presence === "available" && now.slots.size === 0);

/** The one before the agent. `coming`: the next is asked for by itself, and again while there is none. */
export function usePreview(coming: boolean): { preview: Preview | null; asking: boolean; code: string | null; ask: () => void } {
  const free = useIsFree();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: key,
    enabled: free && coming,
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data ? false : anewMs),
    queryFn: async () => (await fetched(api.POST("/api/v1/me/preview"))).preview,
    retry: false,
  });
  const preview = free ? (query.data ?? null) : null;
  const until = preview?.until;
  // What was in hand goes back when something else comes, or the time is over.
  useEffect(() => {
    if (!free) queries.setQueryData(key, null);
  }, [free, queries]);
  useEffect(() => {
    if (until === undefined) return;
    const timer = window.setTimeout(() => queries.setQueryData(key, null), Math.max(0, Date.parse(until) - Date.now()));
    return () => window.clearTimeout(timer);
  }, [until, queries]);
  const failure = query.error as { failure?: { code: string } } | null;
  return { preview, asking: query.isFetching, code: failure?.failure?.code ?? null, ask: () => void query.refetch() };
}

/** After it was called or settled: there is none, and the next may be asked for. */
export function useDone(): () => void {
  const queries = useQueryClient();
  return () => {
    queries.setQueryData(key, null);
    void queries.invalidateQueries({ queryKey: key });
  };
}

export const callPreview = (entry: string) => asked(api.POST("/api/v1/me/preview/call", { body: { entry } }));
export type Settled = { came: "skipped" | "later" | "do_not_call" | "wrong_number"; reason?: string; at?: string };
export const settlePreview = (entry: string, { came, reason, at }: Settled): Promise<Result<unknown>> =>
  asked(api.POST("/api/v1/me/preview/settle", { body: { entry, came, ...(reason && { reason }), ...(at && { at }) } }));
/** Without an answer for so long it is tried again: a wrap-up waits for it. */
const answeredWithinMs = 8_000;
export const tellCallResult = (id: string, came: CallResult, at?: string): Promise<Result<unknown>> =>
  asked(api.POST("/api/v1/interactions/{id}/call-result", { params: { path: { id } }, body: { came, ...(at && { at }) }, signal: AbortSignal.timeout(answeredWithinMs) }));
