import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseDevices, closeMicrophone, microphonesAllowed, openMicrophone, useDevices } from "@/phone/devices";
import { useLevel } from "@/phone/level";
import { turnOff, usePhone } from "@/phone/phone";
import { tryRinger } from "@/phone/ringer";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import styles from "./PhoneDialog.module.css";

/** Louder than this somebody speaks. */
const spoken = 0.35;

/** What to speak into and hear with, and whether it works, before anybody calls. */
export function PhoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("agent");
  const chosen = useDevices();
  const line = usePhone((now) => now.line);
  const talking = usePhone((now) => now.call !== null);
  const { microphone, failed } = useMicrophone(`${chosen.microphone} ${chosen.cleaned}`);
  const found = useFound(microphone);
  const level = useLevel(microphone);
  const [heard, setHeard] = useState(false);
  if (level > spoken && !heard) setHeard(true);
  const devices = (kind: MediaDeviceKind) =>
    found
      .filter((one) => one.kind === kind && one.deviceId !== "default")
      .map((one, at) => (
        <option key={one.deviceId} value={one.deviceId}>
          {one.label || t("phone.unnamed", { number: at + 1 })}
        </option>
      ));
  return (
    <Dialog title={t("phone.devices")} onClose={onClose}>
      <div className={styles.fields}>
        <SelectField label={t("phone.microphone")} value={chosen.microphone} error={failed ? t("phone.line.forbidden") : undefined} onChange={(event) => chooseDevices({ microphone: event.target.value })}>
          <option value="">{t("phone.usual")}</option>
          {devices("audioinput")}
        </SelectField>
        <meter className={styles.level} aria-label={t("phone.level")} min={0} max={1} value={level} />
        <SelectField label={t("phone.speaker")} value={chosen.speaker} onChange={(event) => chooseDevices({ speaker: event.target.value })}>
          <option value="">{t("phone.usual")}</option>
          {devices("audiooutput")}
        </SelectField>
        <SelectField label={t("phone.ringer")} value={chosen.ringer} onChange={(event) => chooseDevices({ ringer: event.target.value })}>
          <option value="">{t("phone.usual")}</option>
          {devices("audiooutput")}
        </SelectField>
        <label className={styles.flag}>
          <input type="checkbox" checked={chosen.cleaned} onChange={(event) => chooseDevices({ cleaned: event.target.checked })} />
          {t("phone.cleaned")}
        </label>
        <ul className={styles.checks} aria-label={t("phone.check.title")}>
          <Check good={microphonesAllowed()} text={t("phone.check.secure")} />
          <Check good={microphone !== null} text={t("phone.check.microphone")} />
          <Check good={heard} text={t("phone.check.heard")} />
          <Check good={line === "ready"} text={t("phone.check.line")} />
        </ul>
        <div className={styles.buttons}>
          <Button icon={<Icon name="bell" />} onClick={tryRinger}>
            {t("phone.tryRinger")}
          </Button>
          <Button kind="quiet" disabled={line === "off" || talking} onClick={turnOff}>
            {t("phone.turnOff")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Check({ good, text }: { good: boolean; text: string }) {
  const { t } = useTranslation("agent");
  return (
    <li data-good={good || undefined}>
      <Icon name={good ? "check" : "clock"} size={14} />
      <span className="visually-hidden">{t(good ? "phone.check.good" : "phone.check.open")}</span>
      {text}
    </li>
  );
}

/** Open as long as somebody looks at its level; another one where `choice` changes. */
function useMicrophone(choice: string): { microphone: MediaStream | null; failed: boolean } {
  const [state, setState] = useState<{ microphone: MediaStream | null; failed: boolean }>({ microphone: null, failed: false });
  useEffect(() => {
    let opened: MediaStream | null = null;
    let gone = false;
    const open = microphonesAllowed() ? openMicrophone() : Promise.reject(new Error("no microphone without TLS"));
    open.then(
      (stream) => {
        opened = stream;
        if (gone) closeMicrophone(stream);
        else setState({ microphone: stream, failed: false });
      },
      () => gone || setState({ microphone: null, failed: true }),
    );
    return () => {
      gone = true;
      closeMicrophone(opened);
    };
  }, [choice]);
  return state;
}

/** What is plugged in; names are told only once the microphone was allowed. */
function useFound(allowed: MediaStream | null): MediaDeviceInfo[] {
  const [found, setFound] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!microphonesAllowed()) return;
    const look = () => void navigator.mediaDevices.enumerateDevices().then(setFound, () => undefined);
    look();
    navigator.mediaDevices.addEventListener("devicechange", look);
    return () => navigator.mediaDevices.removeEventListener("devicechange", look);
  }, [allowed]);
  return found;
}
