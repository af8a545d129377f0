import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asked, fetched, type Result } from "@/api/result";
import type { DeadLetter } from "@/api/types";
import { exactText } from "@/shared/time/format";
import { Button } from "@/shared/ui/Button";
import { notify } from "@/shared/ui/notices";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import styles from "./Extras.module.css";

const pageMax = 50;

/** What a webhook could not be told, and why: once more, all once more, or never. */
export function WebhookLetters({ webhook }: { webhook: string }) {
  const { t } = useTranslation("admin");
  const tell = useTell();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const key = ["admin", "dead-letters", webhook];
  const read = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetched(api.GET("/api/v1/dead-letters", { params: { query: { webhook, limit: pageMax, ...(pageParam === undefined ? {} : { after: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const letters = read.data?.pages.flatMap((page) => page.items) ?? [];
  const run = async (what: string, call: Promise<Result<unknown>>, said: string) => {
    setBusy(what);
    const done = await call;
    setBusy(null);
    if (done.ok) notify(said);
    else tell(done.failure);
    await queries.invalidateQueries({ queryKey: key });
  };
  const one = (id: string) => ({ params: { path: { id } } });
  return (
    <section className={styles.box} aria-label={t("letters.title")}>
      <div className={styles.part}>
        <div className={styles.head}>
          <h3 className={styles.title}>{t("letters.title")}</h3>
          {letters.length > 0 && (
            <Button busy={busy === "all"} onClick={() => void run("all", asked(api.POST("/api/v1/webhooks/{id}/retry", one(webhook))), t("letters.allAgain"))}>
              {t("letters.retryAll")}
            </Button>
          )}
        </div>
        {read.isPending && <Skeleton lines={2} />}
        {read.isError && <Failed code="other" retry={() => void read.refetch()} />}
        {read.data && letters.length === 0 && <p className={styles.words}>{t("letters.none")}</p>}
        <ul className={styles.letters}>
          {letters.map((letter) => (
            <Letter
              key={letter.id}
              letter={letter}
              busy={busy === letter.id}
              onRetry={() => void run(letter.id, asked(api.POST("/api/v1/dead-letters/{id}/retry", one(letter.id))), t("letters.again"))}
              onDrop={() => void run(letter.id, asked(api.DELETE("/api/v1/dead-letters/{id}", one(letter.id))), t("letters.dropped"))}
            />
          ))}
        </ul>
        {read.hasNextPage && <Button busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t("letters.more")}</Button>}
      </div>
    </section>
  );
}

function Letter({ letter, busy, onRetry, onDrop }: { letter: DeadLetter; busy: boolean; onRetry: () => void; onDrop: () => void }) {
  const { t, i18n } = useTranslation("admin");
  return (
    <li className={styles.letter}>
      <span className={styles.event}>{t(`option.${letter.event}`)}</span>
      <span className={styles.why}>{letter.why}</span>
      <span className={styles.when}>{t("letters.tried", { count: letter.attempts, at: exactText(Date.parse(letter.at), i18n.language) })}</span>
      <div>
        <Button busy={busy} onClick={onRetry}>{t("letters.retry")}</Button>
        <Button kind="quiet" disabled={busy} onClick={onDrop}>{t("letters.drop")}</Button>
      </div>
    </li>
  );
}
