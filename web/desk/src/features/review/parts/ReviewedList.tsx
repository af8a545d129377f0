import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUserNames } from "@/api/names";
import { causeOf } from "@/api/result";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { useReviews } from "../model/agreement";
import styles from "./ReviewedList.module.css";

/** What people said of one practice, each a way to the interaction; their reasons stand there. */
export function ReviewedList({ brand, practice, overridden }: { brand: string; practice: string; overridden: boolean }) {
  const { t, i18n } = useTranslation("review");
  const users = useUserNames();
  const found = useReviews(brand, practice, overridden);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const failure = causeOf(found.error);
  if (found.isPending) return <Skeleton lines={4} />;
  if (found.isError) return <Failed code={failure.code} retry={() => void found.refetch()} />;
  if (items.length === 0) return <Empty title={t(overridden ? "agreement.noneOverridden" : "agreement.noneOf")} />;
  return (
    <>
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={`${one.interaction} ${one.by}`}>
            <Link to={`/review/${one.interaction}`} className={styles.row}>
              <span className={styles.verdicts}>
                {one.agrees ? t("agreement.agreedWith", { verdict: t(`verdict.${one.verdict}`) }) : t("agreement.put", { machine: t(`verdict.${one.machine}`), verdict: t(`verdict.${one.verdict}`) })}
              </span>
              <span className={styles.by}>{t("agreement.by", { name: users.get(one.by) ?? t("aReviewer"), at: exactText(Date.parse(one.at), i18n.language) })}</span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage && <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("agreement.more")}</Button>}
    </>
  );
}
