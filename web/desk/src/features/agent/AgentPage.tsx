import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Route, Routes, useNavigate, useParams } from "react-router";
import { useShallow } from "zustand/react/shallow";
import { useAction } from "@/shared/actions/actions";
import { useStored } from "@/shared/hooks/stored";
import { Button } from "@/shared/ui/Button";
import { Empty, Skeleton } from "@/shared/ui/States";
import "./actions";
import styles from "./AgentPage.module.css";
import { ConversationList } from "./left/ConversationList";
import { Offers } from "./left/Offers";
import { PhoneCard } from "./left/PhoneCard";
import { PreviewCard } from "./left/PreviewCard";
import { PresenceCard } from "./left/PresenceCard";
import { ConversationView } from "./middle/ConversationView";
import { heldOf, offersOf } from "./model/hands";
import { inOrder } from "./model/order";
import { SidePanel } from "./right/SidePanel";
import { beBack, setPresence } from "./store/commands";
import { useConversation, useDesk } from "./store/desk";
import { openScreenPop, useScreenPop } from "./store/screen-pop";

/** The agent's desk: presence, offers and conversations; the conversation; what helps with it. */
export default function AgentPage() {
  return (
    <Routes>
      <Route path=":interaction?" element={<Columns />} />
    </Routes>
  );
}

function Columns() {
  const { t } = useTranslation("agent");
  const { interaction } = useParams();
  const navigate = useNavigate();
  const ready = useDesk((now) => now.ready);
  const slots = useDesk((now) => now.slots);
  const [panel, setPanel] = useStored<"open" | "folded">("rapport.agent-panel", "open");
  // The columns are drawn again when the order is another, not with every word in it.
  const ordered = useDesk(useShallow((now) => inOrder(heldOf(now.slots), (id) => now.conversations.get(id))));
  const here = ordered.find((slot) => slot.interaction === interaction);
  const first = ordered[0]?.interaction;
  // Accepted, and the feed has not said so yet: it will in a moment.
  const coming = here === undefined && interaction !== undefined && slots.has(interaction);

  // Where nothing is chosen, or what was chosen is gone, the one who waits longest is next.
  useEffect(() => {
    if (!ready || here || coming) return;
    if (first !== undefined) void navigate(`/desk/${first}`, { replace: true });
    else if (interaction !== undefined) void navigate("/desk", { replace: true });
  }, [ready, here, coming, first, interaction, navigate]);

  const step = (by: number) => {
    const at = ordered.findIndex((slot) => slot.interaction === interaction);
    const next = ordered[(at + by + ordered.length) % ordered.length];
    if (next) void navigate(`/desk/${next.interaction}`);
  };
  useAction("agent.next", ordered.length > 1 ? () => step(1) : null);
  useAction("agent.previous", ordered.length > 1 ? () => step(-1) : null);
  useAction("agent.panel", here ? () => setPanel(panel === "open" ? "folded" : "open") : null);

  return (
    <main className={[styles.columns, (!here || panel === "folded") && styles.folded].filter(Boolean).join(" ")}>
      <h1 className="visually-hidden">{t("area")}</h1>
      <ScreenPop interaction={offersOf(slots)[0]?.interaction ?? here?.interaction ?? ""} />
      <aside className={styles.left} aria-label={t("left")}>
        <PresenceCard />
        <PhoneCard />
        <Offers />
        <PreviewCard />
        <ConversationList ready={ready} slots={ordered} chosen={interaction} />
      </aside>
      <section className={styles.middle} aria-label={t("middle")}>
        {(!ready || coming) && <Loading />}
        {ready && !here && !coming && (
          <div className={styles.nothing}>
            <NothingHere />
          </div>
        )}
        {here && <ConversationView key={here.interaction} slot={here} />}
      </section>
      {here && panel === "open" && (
        <aside className={styles.right} aria-label={t("right")}>
          <SidePanel key={here.interaction} slot={here} />
        </aside>
      )}
    </main>
  );
}

/** Opens the other system for who is offered, as they matter now; else for whose conversation is open. */
function ScreenPop({ interaction }: { interaction: string }) {
  const url = useScreenPop(useConversation(interaction));
  useAction("agent.screenPop", url === null ? null : () => openScreenPop(url));
  return null;
}

function Loading() {
  return (
    <div className={styles.loading}>
      <Skeleton lines={6} />
    </div>
  );
}

/** An empty desk says why it is empty and what to do about it. */
function NothingHere() {
  const { t } = useTranslation("agent");
  const agent = useDesk((now) => now.agent);
  const offered = useDesk((now) => offersOf(now.slots)[0]?.interaction ?? "");
  const live = useConversation(offered)?.live;
  if (agent?.work_state === "not_responding") {
    return (
      <Empty title={t("empty.notResponding")}>
        <p>{t("empty.notRespondingWords")}</p>
        <Button kind="primary" className={styles.emptyButton} onClick={() => void beBack()}>
          {t("presence.beBack")}
        </Button>
      </Empty>
    );
  }
  if (agent && agent.presence !== "available") {
    return (
      <Empty title={t(`empty.${agent.presence}`)}>
        <p>{t("empty.away")}</p>
        <Button kind="primary" className={styles.emptyButton} onClick={() => void setPresence("available")}>
          {t("action.available")}
        </Button>
      </Empty>
    );
  }
  if (live) return <Empty title={t("empty.offered", { who: live.customer_name || t("customer.unnamed") })}>{t("empty.offeredWords")}</Empty>;
  return <Empty title={t("empty.title")}>{t("empty.words")}</Empty>;
}
