import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { Skeleton } from "@/shared/ui/States";
import type { Slot } from "../model/hands";
import { useAsked } from "../store/asked";
import { notReached, putBack } from "../store/commands";
import { useConversation } from "../store/desk";
import { Band } from "./Band";
import { CallBar } from "./call/CallBar";
import { CallResult } from "./call/CallResult";
import { LeftMessage } from "./call/LeftMessage";
import { Composer } from "./Composer";
import { ConsultPanel } from "./ConsultPanel";
import styles from "./ConversationView.module.css";
import { EndPanel } from "./EndPanel";
import { HandOver } from "./HandOver";
import { HelpPanel } from "./HelpPanel";
import { Leaving } from "./Leaving";
import { Listeners } from "./Listeners";
import { PendingTransfer } from "./PendingTransfer";
import { PromisePanel } from "./PromisePanel";
import { Transcript } from "./Transcript";
import { TransferPanel } from "./TransferPanel";
import { WrapUpForm } from "./WrapUpForm";

type Panel = "transfer" | "promise" | "help" | "end";

/** One conversation: who and how it stands, what was said, and what comes next. */
export function ConversationView({ slot }: { slot: Slot }) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const id = slot.interaction;
  const conversation = useConversation(id);
  const [panel, setPanel] = useState<Panel | null>(null);
  const asked = useAsked(id);
  const mine = slot.state === "connected" && !slot.consult;
  const open = mine ? panel : null;
  // The answer may come when another one is open: the feed tells what was done, too.
  const close = (one: Panel) => () => setPanel((now) => (now === one ? null : now));
  const toggle = (one: Panel) => (mine ? () => setPanel(panel === one ? null : one) : null);

  useAction("agent.transfer", asked || conversation?.live?.outside ? null : toggle("transfer"));
  useAction("agent.promise", toggle("promise"));
  useAction("agent.help", me.permissions.includes("help.ask") ? toggle("help") : null);
  useAction("agent.end", toggle("end"));
  useAction("agent.putBack", mine ? () => void putBack(id) : null);
  useAction("agent.notReached", mine && conversation?.live?.direction === "outbound" ? () => void notReached(id) : null);

  if (!conversation?.live || !conversation.loaded) {
    return (
      <div className={styles.loading}>
        <Skeleton lines={7} />
      </div>
    );
  }
  return (
    <div className={styles.view}>
      <div>
        <Band slot={slot} conversation={conversation} />
        <Listeners live={conversation.live} />
        {conversation.live.channel === "voice" && mine && !conversation.live.voicemail && <CallBar conversation={conversation} />}
        {conversation.live.direction === "outbound" && (mine || slot.state === "wrap_up") && <CallResult conversation={conversation} />}
        {conversation.live.voicemail && slot.state !== "receiving" && <LeftMessage id={id} />}
      </div>
      <Transcript conversation={conversation} mine={mine} />
      <div className={styles.foot}>
        {mine && asked && <PendingTransfer live={conversation.live} asked={asked} />}
        {mine && conversation.live.outside !== null && <Leaving conversation={conversation} number={conversation.live.outside} />}
        {open === "transfer" && <TransferPanel conversation={conversation} onDone={close("transfer")} />}
        {open === "promise" && <PromisePanel id={id} onDone={close("promise")} />}
        {open === "help" && <HelpPanel id={id} onDone={close("help")} />}
        {open === "end" && <EndPanel id={id} name={conversation.live.customer_name || t("customer.unnamed")} onDone={close("end")} />}
        {slot.state === "receiving" && <HandOver slot={slot} conversation={conversation} />}
        {slot.state === "connected" && slot.consult && <ConsultPanel live={conversation.live} />}
        {mine && <Composer id={id} brand={conversation.live.brand} customer={conversation.live.customer_name} onPhone={conversation.live.channel === "voice"} />}
        {slot.state === "wrap_up" && <WrapUpForm slot={slot} conversation={conversation} />}
      </div>
    </div>
  );
}
