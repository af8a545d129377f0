import { Fragment, memo, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFetchFile } from "@/api/attachments";
import { useMe } from "@/api/use-session";
import { exactText, timeText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Files } from "@/shared/timeline/Files";
import { Button } from "@/shared/ui/Button";
import { readByCustomer, type Conversation } from "../model/conversation";
import { rowsOf, sameRow, type Row } from "../model/transcript";
import { markSeen } from "../store/desk";
import { useNames } from "../store/names";
import { useOutbox } from "../store/outbox";
import { Happened } from "./Happened";
import { Pending } from "./Pending";
import styles from "./Transcript.module.css";

/** Older rows are drawn when somebody asks for them. */
const drawnMax = 200;
const nearEndPx = 80;

/** What was said, in the order of time; stays at the end while somebody reads there. `mine`: what is read here, the customer is told. */
export function Transcript({ conversation, mine }: { conversation: Conversation; mine: boolean }) {
  const { t } = useTranslation("agent");
  const nameOf = useNames(conversation);
  const outgoing = useOutbox(conversation.id);
  const rows = rowsOf(conversation, outgoing, nameOf);
  const [drawn, setDrawn] = useState(drawnMax);
  const [below, setBelow] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const top = useRef(0);
  const shown = rows.slice(-drawn);
  const read = readByCustomer(conversation);

  const toEnd = () => {
    if (!box.current) return;
    box.current.scrollTop = box.current.scrollHeight;
    // Known at once: who goes up before the browser has told of this scrolling went up from here.
    top.current = box.current.scrollTop;
  };
  /** Where the reader is: at the end, or gone up from it. What grows under somebody at the end moves nobody. */
  const place = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    const near = scrollHeight - scrollTop - clientHeight < nearEndPx;
    const wentUp = scrollTop < top.current;
    top.current = scrollTop;
    if (near || wentUp) atEnd.current = near;
    if (atEnd.current) toEnd();
  };
  const said = conversation.events.length + outgoing.length;
  useEffect(() => setBelow(!atEnd.current), [said]);
  /** How much was said when they were last at the end: what comes in the moment in which they go up is below, too. */
  const saidAtEnd = useRef(said);
  const { id, events } = conversation;
  const look = useCallback(() => {
    if (!document.hidden && atEnd.current) markSeen(id);
  }, [id]);
  useEffect(look, [look, events, mine]);
  useEffect(() => {
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [look]);
  const settle = () => {
    place();
    setBelow(!atEnd.current && said > saidAtEnd.current);
    if (!atEnd.current) return;
    saidAtEnd.current = said;
    look();
  };
  const settled = useRef(settle);
  useEffect(() => {
    settled.current = settle;
  });
  // Words come, a picture grows, something opens below the box, the window changes. The browser tells of it when
  // it has laid out the page and before it draws: to measure in an effect would have it lay out once more.
  useEffect(() => {
    if (!box.current || !inside.current) return;
    const watch = new ResizeObserver(() => settled.current());
    watch.observe(box.current);
    watch.observe(inside.current);
    return () => watch.disconnect();
  }, []);

  return (
    <div className={styles.frame}>
      <div ref={box} className={styles.box} onScroll={settle} tabIndex={0} role="log" aria-label={t("transcript.title")}>
        <div ref={inside} className={styles.rows}>
          {rows.length > drawn && (
            <Button className={styles.earlier} onClick={() => setDrawn(drawn + drawnMax)}>
              {t("transcript.earlier", { count: rows.length - drawn })}
            </Button>
          )}
          {rows.length === 0 && <p className={styles.empty}>{t("transcript.empty")}</p>}
          {shown.map((row) => (
            <RowView key={row.key} row={row} interaction={id} read={read !== null && holds(row, read) ? read : null} />
          ))}
          <Typing until={conversation.typingUntil} who={conversation.live?.customer_name || t("customer.unnamed")} />
        </div>
      </div>
      {below && (
        <Button
          className={styles.below}
          onClick={() => {
            atEnd.current = true;
            setBelow(false);
            toEnd();
            look();
          }}
        >
          {t("transcript.below")}
        </Button>
      )}
    </div>
  );
}

const holds = (row: Row, event: string): boolean => row.kind === "turn" && row.parts.some((part) => part.id === event);

type RowProps = {
  row: Row;
  interaction: string;
  /** The part of it that the customer has read last; `null`: none of it. */
  read: string | null;
};

/** Drawn again only where it says something else: a long conversation costs no more than its last words. */
const RowView = memo(
  DrawnRow,
  (one: RowProps, other: RowProps) => one.interaction === other.interaction && one.read === other.read && sameRow(one.row, other.row),
);

function DrawnRow({ row, interaction, read }: RowProps) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const fetchFile = useFetchFile(interaction);
  if (row.kind === "happened") return <Happened row={row} />;
  if (row.kind === "note") {
    return (
      <article id={`event-${row.id}`} className={styles.note} data-whisper={row.whisper || undefined}>
        <p className={styles.speaker}>
          <strong>{t(row.whisper ? "note.whisper" : "note.internal")}</strong>
          <span>{row.speaker ?? me.name}</span>
          <Moment at={row.at} />
        </p>
        <p className={styles.text}>{row.text}</p>
        {row.pending && <Pending interaction={interaction} id={row.id} state={row.pending} />}
      </article>
    );
  }
  const name = row.speaker ?? (row.side === "agent" ? me.name : t("customer.unnamed"));
  return (
    <article className={styles.turn} data-side={row.side}>
      <p className={styles.speaker}>
        <strong>{name}</strong>
        <Moment at={row.at} />
      </p>
      {row.parts.map((part) => (
        <Fragment key={part.id}>
          <div id={`event-${part.id}`} className={styles.bubble} data-pending={part.pending}>
            {part.text !== "" && <p>{part.text}</p>}
            <Files of={part.files} fetchFile={fetchFile} />
          </div>
          {part.pending && <Pending interaction={interaction} id={part.id} state={part.pending} />}
          {part.id === read && <p className={styles.read}>{t("transcript.read")}</p>}
        </Fragment>
      ))}
    </article>
  );
}

function Moment({ at }: { at: number }) {
  const { i18n } = useTranslation();
  return (
    <time className={styles.moment} dateTime={new Date(at).toISOString()} title={exactText(at, i18n.language)}>
      {timeText(at, i18n.language)}
    </time>
  );
}

function Typing({ until, who }: { until: number; who: string }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  return (
    <p className={styles.typing} role="status">
      {now < until && t("transcript.typing", { who })}
    </p>
  );
}
