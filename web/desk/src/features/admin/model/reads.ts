import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { request, withQuery } from "@/api/request";
import { asked, CallFailed, fetched, type Result } from "@/api/result";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import type { Item } from "./form";
import { resourceOf, type Resource } from "./resources";

type Page = { items: Item[]; next: string | null };
const pageMax = 500;

export const listKey = (resource: string) => ["admin", "list", resource];

/** All of a kind: there are hundreds, not thousands, of most. */
export function useList(resource: Resource | undefined) {
  const me = useMe();
  return useQuery({
    queryKey: listKey(resource?.id ?? ""),
    queryFn: async () => {
      const items: Item[] = [];
      let after: string | undefined;
      do {
        const page: Page = await fetched(request<Page>("GET", withQuery(`/api/v1/${resource?.id ?? ""}`, { limit: pageMax, after })));
        items.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return items;
    },
    enabled: resource !== undefined && may(me, ...resource.reads),
  });
}

/** An item with the version that it is of. */
export interface Versioned {
  item: Item;
  etag: string;
}

export async function readItem(resource: Resource, id: string): Promise<Result<Versioned>> {
  let etag = "";
  const answer = await asked(request<Item>("GET", `/api/v1/${resource.id}/${encodeURIComponent(id)}`).then((got) => {
    etag = got.response.headers.get("ETag") ?? "";
    return got;
  }));
  return answer.ok ? { ok: true, value: { item: answer.value, etag } } : answer;
}

export const useItem = (resource: Resource, id: string | null) =>
  useQuery({
    queryKey: ["admin", "item", resource.id, id],
    queryFn: async () => {
      const got = await readItem(resource, id ?? "");
      if (!got.ok) throw new CallFailed(got.failure);
      return got.value;
    },
    enabled: id !== null,
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
  });

/** Names of the items of a kind, for choosing and showing them. */
export function useNames(id: string | undefined): ReadonlyMap<string, string> {
  const { data } = useList(resourceOf(id));
  return useMemo(() => new Map((data ?? []).map((one) => [one.id, nameOf(one)])), [data]);
}

/** What an item is called. */
export const nameOf = (item: Item): string => [item["name"], item["label"], item["title"], item["value"], item.id].map((one) => (typeof one === "string" ? one : "")).find((one) => one !== "") ?? "";

export interface AuditEntry {
  number: number;
  at: string;
  who: string;
  action: string;
  subject: string;
  brand: string;
  address: string;
  detail: string;
}

export interface AuditFilters {
  who?: string;
  action?: string;
  subject?: string;
}

const auditPage = 100;

export const useAudit = (filters: AuditFilters) =>
  useInfiniteQuery({
    queryKey: ["admin", "audit", filters],
    queryFn: ({ pageParam }) => fetched(request<{ items: AuditEntry[]; next: string | null }>("GET", withQuery("/api/v1/audit", { ...filters, limit: auditPage, after: pageParam }))),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
