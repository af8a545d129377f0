import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { causeOf } from "@/api/result";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { FilterForm } from "./parts/FilterForm";
import { FoundList } from "./parts/FoundList";
import { asQuery, readFilters, type Filters } from "./model/filters";
import { useFound } from "./model/reads";
import styles from "./FindPage.module.css";

/** Finds interactions by what is known of them, or by words that were said. */
export function FindPage() {
  const { t } = useTranslation("review");
  const [query, setQuery] = useSearchParams();
  const filters = readFilters(query);
  const change = (next: Filters) => setQuery(asQuery(next));
  return (
    <main className={styles.page}>
      <h1 className="visually-hidden">{t("find.title")}</h1>
      <FilterForm filters={filters} onChange={change} />
      <Results filters={filters} onClear={() => change({})} />
    </main>
  );
}

function Results({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  const { t } = useTranslation("review");
  const found = useFound(filters);
  if (found.isPending) return <div className={styles.state}><Skeleton lines={10} /></div>;
  const failure = causeOf(found.error);
  if (found.isError && !found.data) {
    return <Failed code={failure.code} detail={failure.detail} retry={() => void found.refetch()} />;
  }
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filters).length > 0;
  if (items.length === 0) {
    return (
      <Empty title={filtered ? t("find.nothing") : t("find.none")}>
        {filtered ? (
          <button type="button" className={styles.clear} onClick={onClear}>
            {t("find.clear")}
          </button>
        ) : (
          t("find.noneWords")
        )}
      </Empty>
    );
  }
  return <FoundList items={items} more={found.hasNextPage} busy={found.isFetchingNextPage} failure={found.isFetchNextPageError ? failure : null} onMore={() => void found.fetchNextPage()} />;
}
