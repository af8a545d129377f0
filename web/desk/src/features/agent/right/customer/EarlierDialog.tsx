import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFetchFile } from "@/api/attachments";
import { speakers } from "@/api/speakers";
import type { Interaction, WholeInteraction } from "@/api/types";
import { exactText, timeText } from "@/shared/time/format";
import { linesOf, withEvent, type SeenEvent } from "@/shared/timeline/lines";
import { TimelineLine } from "@/shared/timeline/TimelineLine";
import { Dialog } from "@/shared/ui/Dialog";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { record } from "@/features/agent/store/commands";
import { useEarlierOne } from "@/features/agent/store/customer";
import styles from "./Customer.module.css";

/** An earlier contact as it was, to be read beside the present one; the timeline tells that it was looked at. */
export function EarlierDialog({ interaction, current, onClose }: { interaction: Interaction; current: string; onClose: () => void }) {
  const { t, i18n } = useTranslation("agent");
  const whole = useEarlierOne(interaction.id);
  useEffect(() => {
    void record(current, { kind: "history_viewed" });
  }, [current, interaction.id]);
  const started = exactText(Date.parse(interaction.started_at), i18n.language);
  return (
    <Dialog wide title={t("earlier.title", { channel: t(`channel.${interaction.channel}`), when: started })} onClose={onClose}>
      <p className={styles.words}>
        {[interaction.disposition, interaction.outcome === "" ? t("outcome.open") : t(`outcome.${interaction.outcome}`)].filter((one) => one !== "").join(" · ")}
      </p>
      <div className={styles.transcript} tabIndex={0} role="region" aria-label={t("earlier.words")}>
        {whole.isPending && <Skeleton lines={6} />}
        {whole.isError && <Failed code="other" retry={() => void whole.refetch()} />}
        {whole.data && <Lines whole={whole.data} />}
      </div>
    </Dialog>
  );
}

function Lines({ whole }: { whole: WholeInteraction }) {
  const { t, i18n } = useTranslation("agent");
  const startedAt = Date.parse(whole.started_at);
  const fetchFile = useFetchFile(whole.id);
  const nameOf = speakers(whole.head.participants, () => undefined);
  const lines = linesOf((whole.events as SeenEvent[]).reduce<SeenEvent[]>(withEvent, []), nameOf);
  if (lines.length === 0) return <Empty title={t("earlier.nothing")} />;
  return lines.map((line) => <TimelineLine key={line.key} line={line} time={timeText(startedAt + line.event.at_ms, i18n.language)} exact={exactText(startedAt + line.event.at_ms, i18n.language)} fetchFile={fetchFile} />);
}
