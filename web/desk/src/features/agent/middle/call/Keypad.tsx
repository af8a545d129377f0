import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { pressKeys } from "@/features/agent/store/commands";
import styles from "./CallBar.module.css";

const keys = [..."123456789*0#"];

/** Keys for the customer's end; what is pressed is kept nowhere. With the keypad in focus the keyboard's keys count, too. */
export function Keypad({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("agent");
  const first = useRef<HTMLDivElement>(null);
  const [sent, setSent] = useState<{ key: string; count: number }>({ key: "", count: 0 });
  // One after the other, so that they arrive in the order in which they were pressed.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => first.current?.querySelector("button")?.focus(), []);
  const press = (key: string) => {
    line.current = line.current.then(() => pressKeys(id, key)).then((done) => done && setSent((before) => ({ key, count: before.count + 1 })));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") onClose();
    else if (keys.includes(event.key)) press(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={first} className={styles.keypad} role="group" aria-label={t("call.keypad")} onKeyDown={pressed}>
      {keys.map((key) => (
        <Button key={key} aria-label={t("call.key", { key })} onClick={() => press(key)}>
          {key}
        </Button>
      ))}
      <p role="status">{sent.count > 0 && t("call.sent", { key: sent.key, count: sent.count })}</p>
      <Button kind="quiet" className={styles.close} onClick={onClose}>
        {t("call.closeKeypad")}
      </Button>
    </div>
  );
}
