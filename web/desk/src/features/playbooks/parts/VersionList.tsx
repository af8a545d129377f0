import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useBrands } from "@/api/names";
import { causeOf } from "@/api/result";
import { may } from "@/api/session";
import type { PlaybookVersion, Trial } from "@/api/types";
import { useMe } from "@/api/use-session";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Failed, Skeleton } from "@/shared/ui/States";
import { goesOn, usePlaybooks, useTrials } from "../model/reads";
import { progress } from "../model/trial";
import styles from "./VersionList.module.css";

/** All playbooks that one may see, which of them judges which brand, and what is being tried. */
export function VersionList({ playbook, trial }: { playbook: string | undefined; trial: string | undefined }) {
  const { t } = useTranslation("playbooks");
  const me = useMe();
  const list = usePlaybooks();
  const brands = useBrands();
  const tries = may(me, "playbooks.trial");
  const trials = useTrials(tries);
  const liveAt = (id: string): string[] => (brands.data ?? []).filter((one) => one.playbook === id).map((one) => one.name);
  const builtIn = list.data?.pages[0]?.built_in ?? [];
  const versions = list.data?.pages.flatMap((page) => page.items) ?? [];
  const failure = causeOf(list.error);
  return (
    <nav className={styles.box} aria-label={t("area")}>
      <h1 className={styles.title}>{t("area")}</h1>
      {list.isPending && <Skeleton lines={5} />}
      {list.isError && <Failed code={failure.code} retry={() => void list.refetch()} />}
      <ul className={styles.list}>
        {builtIn.map((id) => (
          <li key={id}>
            <Entry to={`/playbooks/${encodeURIComponent(id)}`} current={id === playbook} title={id} words={t("builtIn")} live={liveAt(id)} />
          </li>
        ))}
        {versions.map((one) => (
          <li key={one.id}>
            <VersionEntry one={one} current={one.id === playbook} live={liveAt(one.id)} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button kind="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
      {tries && (trials.data ?? []).length > 0 && (
        <>
          <h2 className={styles.title}>{t("trial.list")}</h2>
          <ul className={styles.list}>
            {trials.data?.map((one) => (
              <li key={one.id}>
                <TrialEntry one={one} current={one.id === trial} versions={versions} />
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function VersionEntry({ one, current, live }: { one: PlaybookVersion; current: boolean; live: readonly string[] }) {
  const { t, i18n } = useTranslation("playbooks");
  const now = useNow();
  const at = Date.parse(one.at);
  const words = [one.note || t("noNote"), agoText(at, now, i18n.language)].join(" · ");
  return <Entry to={`/playbooks/${one.id}`} current={current} title={t("version", { name: one.name, version: one.version })} words={words} exact={exactText(at, i18n.language)} live={live} />;
}

function TrialEntry({ one, current, versions }: { one: Trial; current: boolean; versions: readonly PlaybookVersion[] }) {
  const { t, i18n } = useTranslation("playbooks");
  const now = useNow();
  const version = versions.find((other) => other.id === one.playbook);
  const title = version ? t("version", { name: version.name, version: version.version }) : one.playbook;
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(progress(one));
  const words = goesOn(one) ? t("trial.at", { percent }) : `${t(`trial.state.${one.state}`)} · ${agoText(Date.parse(one.at), now, i18n.language)}`;
  return <Entry to={`/playbooks/trials/${one.id}`} current={current} title={title} words={words} live={[]} />;
}

function Entry({ to, current, title, words, exact, live }: { to: string; current: boolean; title: string; words: string; exact?: string; live: readonly string[] }) {
  const { t } = useTranslation("playbooks");
  return (
    <Link to={to} className={styles.entry} aria-current={current ? "page" : undefined} title={exact}>
      <span className={styles.name}>{title}</span>
      <span className={styles.words}>{words}</span>
      {live.length > 0 && <span className={styles.live}>{t("liveAt", { brands: live.join(", ") })}</span>}
    </Link>
  );
}
