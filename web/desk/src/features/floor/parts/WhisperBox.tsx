import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { may } from "@/api/session";
import type { LiveInteraction } from "@/api/types";
import { useDraft } from "@/api/use-draft";
import { useAction } from "@/shared/actions/actions";
import { Button } from "@/shared/ui/Button";
import { useFailureText } from "@/shared/ui/use-tell";
import { whisper } from "../model/commands";
import { isWaiting } from "../model/risk";
import styles from "./WhisperBox.module.css";

/** A word to the agent that the customer does not see. Enter sends; what is typed outlives a look at another conversation. */
export function WhisperBox({ live }: { live: LiveInteraction }) {
  const { t } = useTranslation("floor");
  const words = useFailureText();
  const me = useMe();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft("whisper", live.id, "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const possible = may(me, "floor.supervise") && !isWaiting(live) && live.agent !== "" && live.agent !== me.user;
  useAction("floor.whisper", possible ? () => box.current?.focus() : null);
  if (!possible) return null;
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const sent = text.trim();
    if (sent === "" || busy) return;
    setBusy(true);
    box.current?.focus(); // not when the answer comes: by then they may be elsewhere
    const done = await whisper(live.id, sent);
    setBusy(false);
    if (!done.ok) return setError(words(done.failure));
    setError(undefined);
    if (box.current?.value.trim() === sent) setText("");
  };
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)}>
      <textarea
        ref={box}
        className={styles.text}
        rows={2}
        aria-label={t("whisper.label")}
        aria-describedby={error === undefined ? undefined : "whisper-error"}
        placeholder={t("whisper.placeholder")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") box.current?.blur();
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <Button kind="plain" type="submit" busy={busy} disabled={text.trim() === ""}>
        {t("whisper.send")}
      </Button>
      {error !== undefined && (
        <p id="whisper-error" className={styles.error} role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
