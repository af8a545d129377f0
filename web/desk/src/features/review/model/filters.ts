/** What can be asked of the list, by the names of the API's parameters. */
export const filterNames = ["words", "from", "to", "channel", "queue", "agent", "outcome", "disposition", "missed", "score_below", "customer", "case", "live", "brand"] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** The filters that stand in the address. */
export function readFilters(query: URLSearchParams): Filters {
  const found: Filters = {};
  for (const name of filterNames) {
    const value = query.get(name);
    if (value) found[name] = value;
  }
  return found;
}

export const asQuery = (filters: Filters): URLSearchParams => new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));

const dayMs = 86_400_000;

/** As the API asks for them: a day is the whole day, where the reader is. Nothing for what is no day. */
export function asked(filters: Filters): Record<string, string | undefined> {
  const moment = (day: string | undefined, addMs: number) => {
    if (day === undefined) return undefined;
    const at = new Date(`${day}T00:00:00`).getTime();
    return Number.isNaN(at) ? undefined : new Date(at + addMs).toISOString();
  };
  return { ...filters, from: moment(filters.from, 0), to: moment(filters.to, dayMs) };
}
