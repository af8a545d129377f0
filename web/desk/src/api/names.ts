import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { fetched } from "./result";
import { may } from "./session";
import { useMe } from "./use-session";

/** What people and brands are called, for whoever may read it; of everybody the first so many. */
const namesMax = 500;
const nobody: ReadonlyMap<string, string> = new Map();

/** Users' names by their ids; empty where they may not be read. */
export function useUserNames(): ReadonlyMap<string, string> {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ["names", "users"],
    queryFn: () => fetched(api.GET("/api/v1/users", { params: { query: { limit: namesMax } } })),
    enabled: may(me, "users.read", "users.write"),
    select: (page): ReadonlyMap<string, string> => new Map(page.items.map((one) => [one.id, one.name])),
  });
  return data ?? nobody;
}

export const brandsKey = ["names", "brands"];

/** The brands of this user, with what is configured of them; no data where they may not be read. */
export function useBrands() {
  const me = useMe();
  return useQuery({
    queryKey: brandsKey,
    queryFn: async () => (await fetched(api.GET("/api/v1/brands", { params: { query: { limit: namesMax } } }))).items,
    enabled: may(me, "configuration.read", "brands.write"),
  });
}
