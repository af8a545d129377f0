import { memo, useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CannedReply } from "@/api/types";
import { may } from "@/api/session";
import { useDraft } from "@/api/use-draft";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { nobodyWrites } from "@/shared/actions/cut-off";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { inserted, matching, slashWord } from "../model/canned";
import { typing } from "../store/commands";
import { useMessageDraft } from "../store/drafts";
import { say } from "../store/outbox";
import { useCannedReplies } from "../store/reads";
import { attach } from "../store/uploads";
import { AttachButton } from "./AttachButton";
import { CannedList } from "./CannedList";
import styles from "./Composer.module.css";
import { ElsewhereLine } from "./ElsewhereLine";
import { Uploads } from "./Uploads";

type Mode = "message" | "note";
const typingEveryMs = 3_000;

type Props = { id: string; brand: string; customer: string; onPhone: boolean };

/**
 * Where the agent writes: a reply, or a note that stays inside. What is typed survives everything but its sending.
 * `onPhone`: the customer is spoken with, a reply would reach nobody; notes alone are written.
 */
export const Composer = memo(function Composer({ id, brand, customer, onPhone }: Props) {
  const { t } = useTranslation("agent");
  const [chosen, setMode] = useState<Mode>("message");
  const mode = onPhone ? "note" : chosen;
  const [message, setMessage] = useMessageDraft(id);
  const [note, setNote] = useDraft("note", id, "");
  const [text, setText] = mode === "note" ? [note, setNote] : [message, setMessage];
  const area = useRef<HTMLTextAreaElement>(null);
  const told = useRef(0);
  const canned = useCanned(brand, text, mode);
  const list = useId();

  const focusOn = (next: Mode) => {
    setMode(next);
    area.current?.focus();
  };
  useAction("agent.write", () => focusOn("message"));
  useAction("agent.note", () => focusOn(mode === "note" ? "message" : "note"));
  const startCanned = () => {
    setMode("message");
    setMessage(message === "" || /\s$/.test(message) ? `${message}/` : `${message} /`);
    focusOn("message");
  };
  useAction("agent.canned", onPhone ? null : startCanned);
  useEffect(() => {
    // Where nobody is doing anything else, the next word is a reply; in a call the next key is a command.
    if (!onPhone && nobodyWrites()) area.current?.focus();
  }, [onPhone]);

  const send = () => {
    const words = text.trim();
    if (words === "") return;
    say(id, mode, words);
    setText("");
    if (mode === "note") setMode("message");
  };
  const write = (next: string) => {
    setText(next);
    const now = performance.now();
    if (mode === "note" || next === "" || (told.current !== 0 && now - told.current < typingEveryMs)) return;
    told.current = now;
    typing(id);
  };
  const take = (reply: CannedReply | undefined) => {
    if (!reply || !canned.slash || !area.current) return;
    const next = inserted(text, area.current.selectionEnd, canned.slash.from, reply);
    setText(next.text);
    canned.close();
    window.setTimeout(() => area.current?.setSelectionRange(next.cursor, next.cursor));
  };
  // A note stays inside, a file does not: none is sent while a note is written.
  const sends = may(useMe(), "attachments.use") && mode === "message" ? (files: readonly File[]) => attach(id, files) : null;
  const pasted = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || !sends) return;
    event.preventDefault();
    sends(files);
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (canned.replies.length > 0 && canned.walk(event, take)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") area.current?.blur();
  };

  return (
    <div className={styles.composer} data-mode={mode}>
      {canned.replies.length > 0 && <CannedList id={list} replies={canned.replies} at={canned.at} onTake={take} />}
      {mode === "message" && <ElsewhereLine interaction={id} />}
      <Uploads interaction={id} />
      <textarea
        ref={area}
        className={styles.area}
        aria-label={t(mode === "note" ? "composer.note" : "composer.message", { name: customer || t("customer.unnamed") })}
        aria-autocomplete="list"
        aria-controls={canned.replies.length > 0 ? list : undefined}
        aria-activedescendant={canned.replies.length > 0 ? `${list}-${canned.at}` : undefined}
        placeholder={t(mode === "note" ? "composer.noteHint" : "composer.messageHint")}
        rows={2}
        value={text}
        onChange={(event) => {
          write(event.target.value);
          canned.look(event.target);
        }}
        onSelect={(event) => canned.look(event.currentTarget)}
        onKeyDown={pressed}
        onPaste={pasted}
      />
      <div className={styles.bar}>
        <ActionButton action="agent.note" kind="quiet" icon={<Icon name="note" />} />
        {!onPhone && <ActionButton action="agent.canned" kind="quiet" />}
        {!onPhone && <AttachButton onFiles={sends} />}
        <ActionButton action="agent.promise" kind="quiet" icon={<Icon name="promise" />} />
        <Button kind="primary" className={styles.send} icon={<Icon name="send" />} disabled={text.trim() === ""} onClick={send}>
          {t(mode === "note" ? "composer.keep" : "composer.send")}
        </Button>
      </div>
    </div>
  );
});

/** The list of canned replies under a slash. */
function useCanned(brand: string, text: string, mode: Mode) {
  const { data = [] } = useCannedReplies();
  const [slash, setSlash] = useState<{ from: number; typed: string } | null>(null);
  const [at, setAt] = useState(0);
  const wanted = slash !== null && mode === "message" && text !== "";
  const replies = wanted ? matching(data.filter((one) => one.brand === brand), slash.typed) : [];
  const close = () => setSlash(null);
  return {
    slash,
    replies,
    at: Math.min(at, Math.max(0, replies.length - 1)),
    close,
    look(area: HTMLTextAreaElement) {
      const found = area.selectionStart === area.selectionEnd ? slashWord(area.value, area.selectionEnd) : null;
      if (found?.from === slash?.from && found?.typed === slash?.typed) return;
      setSlash(found);
      setAt(0);
    },
    /** True: the key was the list's. */
    walk(event: KeyboardEvent, take: (reply: CannedReply | undefined) => void): boolean {
      const step = { ArrowDown: 1, ArrowUp: replies.length - 1 }[event.key];
      if (step !== undefined) setAt((at + step) % replies.length);
      else if (event.key === "Enter" || event.key === "Tab") take(replies[at]);
      else if (event.key === "Escape") close();
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
