import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { feed, useFeedState } from "@/feed/page-feed";
import { agoText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { notify } from "@/shared/ui/notices";
import styles from "./ConnectionBand.module.css";

/** Says when the screen is not live, since when, and what happens now. Silent while all is well. */
export function ConnectionBand() {
  const { t } = useTranslation();
  const state = useFeedState();
  const wasLost = useRef(false);
  useEffect(() => {
    if (state.state === "lost") wasLost.current = true;
    if (state.state !== "live" || !wasLost.current) return;
    wasLost.current = false;
    notify(t("feed.healed"));
  }, [state.state, t]);
  const behind = state.state === "live" && state.behind.length > 0;
  return (
    <div role="status" className={styles.place}>
      {state.state === "lost" && <Lost since={state.since} retryAt={state.retryAt} />}
      {behind && <p className={styles.band}>{t("feed.behind")}</p>}
    </div>
  );
}

function Lost({ since, retryAt }: { since: number; retryAt: number }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  return (
    <div className={styles.band}>
      <Icon name="plug" />
      <p>{t("feed.lost", { ago: agoText(since, Math.max(now, since), i18n.language) })}</p>
      <p className={styles.next} aria-hidden="true">
        {seconds > 1 && t("feed.lostNext", { seconds })}
      </p>
      <Button className={styles.button} onClick={() => feed.retryNow()}>
        {t("feed.now")}
      </Button>
    </div>
  );
}
