import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { LiveInteraction } from "@/api/types";
import { mute, usePhone } from "@/phone/phone";
import { useAction } from "@/shared/actions/actions";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { KeyHint } from "@/shared/ui/KeyHint";
import { muteAgent, unmuteAgent } from "../store/commands";

/** What can be done with the call itself. The server mutes, whichever phone it is; this browser's microphone goes off with it. */
export function CallControls({ live }: { live: LiveInteraction }) {
  const { t } = useTranslation("agent");
  const here = usePhone((now) => now.call?.interaction === live.id && now.call.state === "talking");
  const { muted } = live;
  const call = live.channel === "voice" && !live.voicemail;
  const toggle = () => void (muted ? unmuteAgent(live.id) : muteAgent(live.id));
  useEffect(() => {
    if (here) mute(muted);
  }, [here, muted]);
  useAction("agent.mute", call ? toggle : null);
  if (!call) return null;
  return (
    <Button aria-pressed={muted} aria-keyshortcuts="Control+m" kind={muted ? "primary" : "plain"} icon={<Icon name={muted ? "microphoneOff" : "microphone"} />} onClick={toggle}>
      {t(muted ? "phone.muted" : "phone.mute")} <KeyHint of="Ctrl+m" />
    </Button>
  );
}
