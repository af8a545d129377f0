import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { fetched } from "@/api/result";
import type { Verdict } from "./ledger";

const pageMax = 50;

export interface Share {
  value: number;
  low: number;
  high: number;
}

/** How often people said what the machine had said; of one practice, or of all. */
export interface Agreement {
  reviewed: number;
  agreed: number;
  overridden: number;
  agreement: Share | null;
  verdicts: readonly { machine: Verdict; verdict: Verdict; count: number }[];
}

export type PracticeAgreement = Agreement & { practice: string };

/** Where people and machine differ most on top; what few looked at below what many did. */
export const inOrder = (practices: readonly PracticeAgreement[]): PracticeAgreement[] =>
  practices.toSorted((one, other) => (one.agreement?.value ?? 2) - (other.agreement?.value ?? 2) || other.reviewed - one.reviewed || one.practice.localeCompare(other.practice));

/** What was overridden, by what it was and what it became, the most frequent first. */
export const turned = (one: Agreement): Agreement["verdicts"] => one.verdicts.filter((count) => count.machine !== count.verdict).toSorted((a, b) => b.count - a.count);

const dayMs = 86_400_000;
/** A day of the field as the API's moment; `addDays`: to mean its end. Nothing for what is no day. */
export function dayStart(day: string, addDays = 0): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`);
  return day === "" || Number.isNaN(at) ? undefined : new Date(at + addDays * dayMs).toISOString();
}

export interface Span {
  brand: string;
  from: string;
  to: string;
}

export const useAgreement = ({ brand, from, to }: Span) => {
  const [first, last] = [dayStart(from), dayStart(to, 1)];
  return useQuery({
    queryKey: ["review", "agreement", brand, first, last],
    enabled: brand !== "",
    staleTime: 0,
    queryFn: () => fetched(api.GET("/api/v1/verdict-agreement", { params: { query: { brand, ...(first && { from: first }), ...(last && { to: last }) } } })),
  });
};

/** The reviews of a practice, those of the newest interactions first; `overridden`: only where people disagreed. */
export const useReviews = (brand: string, practice: string, overridden: boolean) =>
  useInfiniteQuery({
    queryKey: ["review", "reviews", brand, practice, overridden],
    staleTime: 0,
    queryFn: ({ pageParam }) =>
      fetched(api.GET("/api/v1/verdict-reviews", { params: { query: { brand, practice, limit: pageMax, ...(overridden && { agrees: false }), ...(pageParam === undefined ? {} : { after: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
