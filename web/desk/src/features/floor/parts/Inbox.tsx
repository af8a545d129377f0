import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUserNames } from "@/api/names";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import { useFloor } from "../model/floor";
import { changeItem, readInboxAgain, useInbox } from "../model/inbox";
import type { InboxItem } from "../model/inbox-items";
import styles from "./Inbox.module.css";

/** More are drawn when somebody asks for them. */
const drawnMax = 100;

/** Calls for help and flags: what must reach a supervisor, until somebody has seen to it. `onOpen`: opens what is live; all else is in the review. */
export function Inbox({ onOpen }: { onOpen?: (interaction: string) => void }) {
  const { t } = useTranslation("floor");
  const { items, loaded, failure } = useInbox();
  const [drawn, setDrawn] = useState(drawnMax);
  const failed = failure && <Failed code={failure.code} detail={failure.detail} retry={readInboxAgain} />;
  if (!loaded && items.length === 0) return failed ?? <Skeleton lines={3} />;
  if (items.length === 0) return failed ?? <Empty title={t("inbox.none")}>{t("inbox.noneWords")}</Empty>;
  return (
    <>
      {failed}
      <ul className={styles.list}>
        {items.slice(0, drawn).map((item) => (
          <li key={item.id} className={[styles.item, item.state === "taken" && styles.taken].filter(Boolean).join(" ")}>
            <Item item={item} {...(onOpen && { onOpen })} />
          </li>
        ))}
      </ul>
      {items.length > drawn && (
        <Button className={styles.more} onClick={() => setDrawn(drawn + drawnMax)}>
          {t("inbox.more", { count: items.length - drawn })}
        </Button>
      )}
    </>
  );
}

function Item({ item, onOpen }: { item: InboxItem; onOpen?: (interaction: string) => void }) {
  const { t, i18n } = useTranslation("floor");
  const now = useNow();
  const agents = useFloor((state) => state.agents);
  const live = useFloor((state) => state.live.get(item.interaction));
  const at = Date.parse(item.at);
  const users = useUserNames();
  const name = agents.get(item.agent)?.name ?? users.get(item.agent) ?? t("anAgent");
  return (
    <>
      <p className={styles.head}>
        <Icon name={item.kind === "help" ? "help" : "bell"} size={14} />
        <span className={styles.who}>{t(`inbox.${item.kind}`, { name })}</span>
        <span className={styles.time} title={exactText(at, i18n.language)}>
          {agoText(at, Math.max(now, at), i18n.language)}
        </span>
      </p>
      {item.text !== "" && <p className={styles.text}>{item.text}</p>}
      <ItemButtons item={item} open={live && onOpen ? () => onOpen(item.interaction) : null} />
    </>
  );
}

function ItemButtons({ item, open }: { item: InboxItem; open: (() => void) | null }) {
  const { t } = useTranslation("floor");
  const me = useMe();
  const tell = useTell();
  const agents = useFloor((state) => state.agents);
  const users = useUserNames();
  const [busy, setBusy] = useState(false);
  const [closing, setClosing] = useState(false);
  const change = async (to: "take" | "release" | "resolve", note?: string) => {
    setBusy(true);
    const done = await changeItem(item, to, note);
    setBusy(false);
    if (!done.ok) tell(done.failure);
  };
  const mine = item.by === me.user;
  if (closing) return <NoteForm busy={busy} onCancel={() => setClosing(false)} onSend={(note) => void change("resolve", note)} />;
  return (
    <div className={styles.buttons}>
      {item.state === "taken" && <span className={styles.by}>{mine ? t("inbox.mine") : t("inbox.by", { name: agents.get(item.by)?.name ?? users.get(item.by) ?? t("aColleague") })}</span>}
      {open ? <Button onClick={open}>{t("inbox.open")}</Button> : may(me, "interactions.read.all", "interactions.read.team") && <Link className={styles.review} to={`/review/${item.interaction}`}>{t("inbox.review")}</Link>}
      {item.state === "open" && (
        <Button busy={busy} onClick={() => void change("take")}>
          {t("inbox.take")}
        </Button>
      )}
      {item.state === "taken" && mine && (
        <Button busy={busy} onClick={() => void change("release")}>
          {t("inbox.release")}
        </Button>
      )}
      <Button onClick={() => setClosing(true)}>{t("inbox.resolve")}</Button>
    </div>
  );
}

const noteMax = 500;

/** What came of it, in one line. */
function NoteForm({ busy, onCancel, onSend }: { busy: boolean; onCancel: () => void; onSend: (note: string) => void }) {
  const { t } = useTranslation("floor");
  const [note, setNote] = useState("");
  return (
    <form
      className={styles.note}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() !== "") onSend(note.trim());
      }}
    >
      <TextField label={t("inbox.note")} value={note} maxLength={noteMax} autoFocus onChange={(event) => setNote(event.target.value)} />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={note.trim() === ""}>
          {t("inbox.resolve")}
        </Button>
      </div>
    </form>
  );
}
