import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFetchFile } from "@/api/attachments";
import { speakers, useHead } from "@/api/speakers";
import type { LiveInteraction } from "@/api/types";
import { exactText, timeText } from "@/shared/time/format";
import { linesOf, type SeenEvent } from "@/shared/timeline/lines";
import { TimelineLine } from "@/shared/timeline/TimelineLine";
import { Empty, Skeleton } from "@/shared/ui/States";
import { useConversation } from "../model/conversation";
import { useFloor } from "../model/floor";
import styles from "./Conversation.module.css";

const nearPixels = 48;

/** The timeline as it grows. It follows the end as long as one is there, and stays where one scrolled to. */
export function Conversation({ id, live }: { id: string; live: LiveInteraction | undefined }) {
  const { t, i18n } = useTranslation("floor");
  const agents = useFloor((state) => state.agents);
  const watched = useConversation(id);
  const fetchFile = useFetchFile(id);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [watched.events]);
  useEffect(() => {
    atEnd.current = true;
  }, [id]);
  const { data } = useHead(id, watched.events);
  const speaker = speakers(data?.participants, (person) => agents.get(person)?.name);
  const nameOf = (event: SeenEvent): string | null => speaker(event) ?? (event.by === "customer" ? live?.customer_name || null : null);
  if (!watched.loaded) return <div className={styles.box}><Skeleton lines={6} /></div>;
  const lines = linesOf(watched.events, nameOf);
  return (
    <div
      ref={box}
      className={styles.box}
      tabIndex={0}
      role="log"
      aria-label={t("beside.timeline")}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < nearPixels;
      }}
    >
      {lines.length === 0 && <Empty title={t("beside.nothing")} />}
      {lines.map((line) => (
        <TimelineLine key={line.key} line={line} time={timeText(watched.startedAt + line.event.at_ms, i18n.language)} exact={exactText(watched.startedAt + line.event.at_ms, i18n.language)} fetchFile={fetchFile} />
      ))}
      {watched.ended && <p className={styles.over}>{t("beside.over")}</p>}
    </div>
  );
}
