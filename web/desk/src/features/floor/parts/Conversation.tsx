import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
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
  const watched = useConversation(id);
  const fetchFile = useFetchFile(id);
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // The browser tells of what grew when it has laid out the page and before it draws it.
  useEffect(() => {
    if (!box.current || !inside.current) return;
    const watch = new ResizeObserver(() => atEnd.current && box.current?.scrollTo({ top: box.current.scrollHeight }));
    watch.observe(box.current);
    watch.observe(inside.current);
    return () => watch.disconnect();
  }, [watched.loaded]);
  const { data } = useHead(id, watched.events);
  const people = data?.participants;
  const names = useFloor(useShallow((state) => people?.map((one) => state.agents.get(one.person ?? one.id)?.name)));
  const customer = live?.customer_name || null;
  const lines = useMemo(() => {
    const speaker = speakers(people, (person) => names?.[people?.findIndex((one) => (one.person ?? one.id) === person) ?? -1]);
    const nameOf = (event: SeenEvent): string | null => speaker(event) ?? (event.by === "customer" ? customer : null);
    return linesOf(watched.events, nameOf);
  }, [people, names, customer, watched.events]);
  if (!watched.loaded) return <div className={styles.box}><Skeleton lines={6} /></div>;
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
      <div ref={inside}>
        {lines.length === 0 && <Empty title={t("beside.nothing")} />}
        {lines.map((line) => (
          <TimelineLine key={line.key} line={line} time={timeText(watched.startedAt + line.event.at_ms, i18n.language)} exact={exactText(watched.startedAt + line.event.at_ms, i18n.language)} fetchFile={fetchFile} />
        ))}
        {watched.ended && <p className={styles.over}>{t("beside.over")}</p>}
      </div>
    </div>
  );
}
