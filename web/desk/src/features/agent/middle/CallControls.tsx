import { useTranslation } from "react-i18next";
import { mute, usePhone } from "@/phone/phone";
import { useAction } from "@/shared/actions/actions";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { KeyHint } from "@/shared/ui/KeyHint";

/** What can be done with the call itself where this browser is its phone. */
export function CallControls({ interaction }: { interaction: string }) {
  const { t } = useTranslation("agent");
  const call = usePhone((now) => (now.call?.interaction === interaction && now.call.state === "talking" ? now.call : null));
  const muted = call?.muted ?? false;
  useAction("agent.mute", call ? () => mute(!muted) : null);
  if (!call) return null;
  return (
    <Button aria-pressed={muted} aria-keyshortcuts="Control+m" kind={muted ? "primary" : "plain"} icon={<Icon name={muted ? "microphoneOff" : "microphone"} />} onClick={() => mute(!muted)}>
      {t(muted ? "phone.muted" : "phone.mute")} <KeyHint of="Ctrl+m" />
    </Button>
  );
}
