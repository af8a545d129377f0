import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { asked, CallFailed, fetched, type Result } from "@/api/result";
import type { Case, Customer, LiveInteraction } from "@/api/types";
import type { CaseAction } from "../model/case";
import { desk, type Keeper } from "./desk";

/** What the centre knows of a customer, read and changed beside the conversation. */
const casesMax = 100;
const promisesMax = 500;
const earlierMax = 30;

const key = (customer: string) => ["customer", customer];
const path = (id: string) => ({ params: { path: { id } } });

/**
 * What is on record of whose contact it is; `null`: a stranger, who is not asked for, or somebody whose
 * record is gone. No interaction: nothing is read.
 */
export function useCustomer(live: LiveInteraction | null) {
  const customer = live?.customer ?? "";
  return useQuery({
    queryKey: [...key(customer), "record"],
    enabled: customer !== "",
    queryFn: async (): Promise<Customer | null> => {
      if (live?.stranger) return null;
      const answer = await asked(api.GET("/api/v1/customers/{id}", path(customer)));
      if (answer.ok) return answer.value;
      if (answer.failure.code === "not_found") return null;
      throw new CallFailed(answer.failure);
    },
  });
}

/** All cases of somebody on record: those that go on first, the newest on top. */
export const useCases = (customer: string, known: boolean) =>
  useQuery({
    queryKey: [...key(customer), "cases"],
    enabled: known,
    queryFn: async () => (await fetched(api.GET("/api/v1/cases", { params: { query: { customer, limit: casesMax } } }))).items,
  });

/** All that was ever promised to somebody on record. */
export const usePromises = (customer: string, known: boolean) =>
  useQuery({
    queryKey: [...key(customer), "promises"],
    enabled: known,
    queryFn: async () => (await fetched(api.GET("/api/v1/promises", { params: { query: { customer, limit: promisesMax } } }))).items,
  });

/** Earlier and present contacts of somebody on record, newest first. */
export const useEarlier = (customer: string, known: boolean) =>
  useQuery({
    queryKey: [...key(customer), "interactions"],
    enabled: known,
    queryFn: async () => (await fetched(api.GET("/api/v1/customers/{id}/interactions", { params: { path: { id: customer }, query: { limit: earlierMax } } }))).items,
  });

/** An earlier contact with all that was said. */
export const useEarlierOne = (interaction: string) => useQuery({ queryKey: ["interaction", interaction, "whole"], queryFn: () => fetched(api.GET("/api/v1/interactions/{id}", path(interaction))) });

/** Reads the record anew whenever `learnt` changes: what was promised or told just now is on it. */
export function useFreshRecord(customer: string, learnt: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (learnt > 0) void queries.invalidateQueries({ queryKey: key(customer) });
  }, [queries, customer, learnt]);
}

/** Changes, each of which reads the record anew when it is done. */
export function useCustomerChanges(customer: string) {
  const queries = useQueryClient();
  const then = async <Value>(call: Promise<Result<Value>>): Promise<Result<Value>> => {
    const done = await call;
    await queries.invalidateQueries({ queryKey: key(customer) });
    return done;
  };
  return {
    keepPromise: (id: string) => then(asked(api.POST("/api/v1/promises/{id}/keep", { ...path(id), body: {} }))),
    moveCase: (id: string, action: CaseAction) => then(asked(api.POST("/api/v1/cases/{id}/state", { ...path(id), body: { action } }))),
    linkCase: (id: string, interaction: string) => then(asked(api.POST("/api/v1/cases/{id}/interactions", { ...path(id), body: { interaction } }))),
    /** A case with this contact as its first; it stays open if only the linking fails. */
    openCase: (title: string, owner: string, interaction: string): Promise<Result<Case>> =>
      then(
        (async () => {
          const made = await asked(api.POST("/api/v1/cases", { body: { customer, title, owner } }));
          if (!made.ok) return made;
          return asked(api.POST("/api/v1/cases/{id}/interactions", { ...path(made.value.id), body: { interaction } }));
        })(),
      ),
  };
}

/** Until the screen has let go of it. */
const lettingGoMs = 1_000;

/** What was read beside a conversation goes with it: a desk keeps nobody's record who is not there, and a long shift no thousand. */
export const recordKeeper = (queries: QueryClient): Keeper => ({
  closed(interaction) {
    const customer = desk.getState().conversations.get(interaction)?.live?.customer;
    const forget = (queryKey: string[]) => queries.removeQueries({ queryKey, type: "inactive" });
    window.setTimeout(() => {
      forget(["interaction", interaction]);
      if (customer) forget(key(customer));
    }, lettingGoMs);
  },
  stopped: () => undefined,
});
