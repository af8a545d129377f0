import { useTranslation } from "react-i18next";
import { useAction } from "@/shared/actions/actions";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import type { Conversation } from "../model/conversation";
import { cueKey, cueNow } from "../model/cue";
import { dismissCues } from "../store/desk";
import styles from "./CueCard.module.css";

/** One hint at a time, with its plain reason; it moves nothing, and goes when it is done, dismissed or old. */
export function CueCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const cue = cueNow(conversation.cues, conversation.checklist, conversation.dismissed, now);
  useAction("agent.dismissCue", cue ? () => dismissCues(conversation.id) : null);
  return (
    <section className={styles.place} aria-label={t("cue.title")} aria-live="polite">
      {cue ? (
        <div className={styles.cue} key={cueKey(cue)}>
          <p className={styles.text}>
            <Icon name="spark" />
            {cue.text}
          </p>
          <p className={styles.why}>{t("cue.why", { why: cue.why })}</p>
          <ActionButton action="agent.dismissCue" kind="quiet" className={styles.dismiss} />
        </div>
      ) : (
        <p className={styles.none}>{t("cue.none")}</p>
      )}
    </section>
  );
}
