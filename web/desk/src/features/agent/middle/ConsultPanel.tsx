import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import type { LiveInteraction } from "@/api/types";
import { Button } from "@/shared/ui/Button";
import { end } from "../store/commands";
import styles from "@/shared/ui/PanelForm.module.css";

/** Somebody's question about their conversation: read, and hand back. On a call, who hears one now. */
export function ConsultPanel({ live }: { live: LiveInteraction }) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const mine = live.parties.find(({ user }) => user === me.user);
  const talk = mine && (mine.kind === "joined" ? "joined" : live.on_hold ? "private" : "wait");
  return (
    <section className={styles.raised} aria-label={t("state.consult")}>
      <p role="status">{talk ? t(`consult.${talk}`) : t("consult.words")}</p>
      <div className={styles.buttons}>
        <Button onClick={() => void end(live.id)}>{t(mine?.kind === "joined" ? "consult.leaveCall" : "consult.leave")}</Button>
      </div>
    </section>
  );
}
