import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useBrands } from "@/api/names";
import { causeOf } from "@/api/result";
import { Choice, SelectField, TextField } from "@/shared/ui/Field";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import styles from "./AgreementPage.module.css";
import { inOrder, turned, useAgreement, type Agreement, type PracticeAgreement, type Span } from "./model/agreement";
import { namesOf } from "@/shared/practice/names";
import { PracticeChoice } from "@/shared/practice/PracticeChoice";
import { ReviewedList } from "./parts/ReviewedList";
import { ShareBar } from "./parts/ShareBar";

/** How often reviewers said what the machine had said, by practice; where they differ most is on top. */
export function AgreementPage() {
  const { t } = useTranslation("review");
  const [query, setQuery] = useSearchParams();
  const brands = useBrands();
  const only = brands.data?.[0]?.id ?? "";
  const span: Span = { brand: query.get("brand") ?? only, from: query.get("from") ?? "", to: query.get("to") ?? "" };
  const [practice, setPractice] = useState<string | null>(null);
  const [overridden, setOverridden] = useState(true);
  const found = useAgreement(span);
  const change = (more: Partial<Span>) => setQuery(Object.fromEntries(Object.entries({ ...span, ...more }).filter(([, value]) => value !== "")), { replace: true });
  const failure = causeOf(found.error);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("agreement.title")}</h1>
        <div className={styles.filters}>
          {brands.isError ? (
            <TextField label={t("filter.brand")} value={span.brand} onChange={(event) => change({ brand: event.target.value })} />
          ) : (
            <SelectField label={t("filter.brand")} value={span.brand} onChange={(event) => change({ brand: event.target.value })}>
              {brands.data?.map((one) => (
                <option key={one.id} value={one.id}>{one.name}</option>
              ))}
            </SelectField>
          )}
          <TextField label={t("filter.from")} type="date" value={span.from} onChange={(event) => change({ from: event.target.value })} />
          <TextField label={t("filter.to")} type="date" value={span.to} onChange={(event) => change({ to: event.target.value })} />
        </div>
      </header>
      {(found.isPending || brands.isPending) && <div className={styles.state}><Skeleton lines={8} /></div>}
      {found.isError && <Failed code={failure.code} retry={() => void found.refetch()} />}
      {found.data && found.data.overall.reviewed === 0 && <Empty title={t("agreement.none")}>{t("agreement.noneWords")}</Empty>}
      {found.data && found.data.overall.reviewed > 0 && (
        <div className={styles.panes}>
          <section className={styles.list} tabIndex={0} aria-label={t("agreement.byPractice")}>
            <Overall one={found.data.overall} />
            <Table practices={inOrder(found.data.practices)} chosen={practice} onChoose={setPractice} />
            <p className={styles.caution}>{t("agreement.caution")}</p>
          </section>
          <aside className={styles.aside} aria-label={t("agreement.reviews")} tabIndex={0}>
            {practice === null ? (
              <Empty title={t("agreement.choose")} />
            ) : (
              <>
                <h2 className={styles.practiceTitle}>{namesOf(practice).name}</h2>
                <Choice label={t("agreement.show")} hideLabel value={overridden ? "overridden" : "all"} options={[{ value: "overridden", label: t("agreement.onlyOverridden") }, { value: "all", label: t("agreement.all") }]} onChange={(value) => setOverridden(value === "overridden")} />
                <ReviewedList key={`${practice} ${String(overridden)}`} brand={span.brand} practice={practice} overridden={overridden} />
              </>
            )}
          </aside>
        </div>
      )}
    </main>
  );
}

function usePercent(): (value: number) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (value) => format.format(value);
}

function Overall({ one }: { one: Agreement }) {
  const { t } = useTranslation("review");
  const percent = usePercent();
  if (!one.agreement) return null;
  return (
    <div className={styles.overall}>
      <p className={styles.figure}>{percent(one.agreement.value)}</p>
      <div>
        <p>{t("agreement.overall", { agreed: one.agreed, count: one.reviewed })}</p>
        <p className={styles.quiet}>{t("agreement.interval", { low: percent(one.agreement.low), high: percent(one.agreement.high) })}</p>
      </div>
    </div>
  );
}

function Table({ practices, chosen, onChoose }: { practices: readonly PracticeAgreement[]; chosen: string | null; onChoose: (practice: string) => void }) {
  const { t } = useTranslation("review");
  const percent = usePercent();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("agreement.practice")}</th>
          <th scope="col">{t("agreement.share")}</th>
          <th scope="col">{t("agreement.reviewed")}</th>
          <th scope="col">{t("agreement.turned")}</th>
        </tr>
      </thead>
      <tbody>
        {practices.map((one) => (
          <tr key={one.practice} data-chosen={one.practice === chosen || undefined}>
            <th scope="row">
              <PracticeChoice practice={one.practice} chosen={one.practice === chosen} onChoose={() => onChoose(one.practice)} />
            </th>
            <td>
              {one.agreement && (
                <span className={styles.share} title={t("agreement.interval", { low: percent(one.agreement.low), high: percent(one.agreement.high) })}>
                  <ShareBar share={one.agreement} />
                  {percent(one.agreement.value)}
                </span>
              )}
            </td>
            <td className={styles.number}>{t("agreement.ofReviewed", { agreed: one.agreed, count: one.reviewed })}</td>
            <td className={styles.quiet}>{turned(one).map((count) => t("agreement.turn", { from: t(`verdict.${count.machine}`), to: t(`verdict.${count.verdict}`), count: count.count })).join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
