import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes, useNavigate, useSearchParams } from "react-router";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Failed, Skeleton } from "@/shared/ui/States";
import { AgentGrid } from "./parts/AgentGrid";
import { Beside } from "./parts/Beside";
import { Inbox } from "./parts/Inbox";
import { LiveList } from "./parts/LiveList";
import { QueueTable } from "./parts/QueueTable";
import { useInboxStreams, useWatchedInbox } from "./parts/use-inbox";
import { useRanked } from "./parts/use-ranked";
import { Wallboard } from "./parts/Wallboard";
import { readFloorAgain, useFloor, watchFloor } from "./model/floor";
import type { FloorState } from "./model/state";
import { useInbox } from "./model/inbox";
import "./actions";
import styles from "./FloorPage.module.css";

export default function FloorPage() {
  useEffect(watchFloor, []);
  return (
    <Routes>
      <Route index element={<Floor />} />
      <Route path="wallboard" element={<Wallboard />} />
      <Route path="*" element={<Navigate to="/floor" replace />} />
    </Routes>
  );
}

/** Everything on one page; what is opened stands beside it, never instead of it. */
function Floor() {
  const { t } = useTranslation("floor");
  const loaded = useFloor((state) => state.loaded);
  const failure = useFloor((state) => state.failure);
  const [open, setOpen] = useOpened();
  useWatchedInbox();
  if (!loaded) return <main className={styles.alone}>{failure ? <Failed code={failure.code} detail={failure.detail} retry={readFloorAgain} /> : <Skeleton lines={8} />}</main>;
  return (
    <main className={[styles.floor, open !== null && styles.withBeside].filter(Boolean).join(" ")}>
      <h1 className="visually-hidden">{t("area")}</h1>
      <div className={styles.left}>
        <section className={styles.part} aria-labelledby="floor-queues">
          <div className={styles.title}>
            <h2 id="floor-queues">{t("queues.title")}</h2>
            <ActionButton action="floor.wallboard" kind="quiet" className={styles.end} />
          </div>
          <QueueTable />
          <Unwatched of="queues" />
        </section>
        <section className={styles.part} aria-labelledby="floor-agents">
          <h2 id="floor-agents" className={styles.title}>{t("agents.title")}</h2>
          <AgentGrid onOpen={setOpen} />
          <Unwatched of="agents" />
        </section>
      </div>
      <Middle open={open} onOpen={setOpen} />
      {open !== null && <Beside key={open} id={open} onClose={() => setOpen(null)} />}
    </main>
  );
}

/** The conversations, or the inbox: two tabs of one place. */
function Middle({ open, onOpen }: { open: string | null; onOpen: (id: string) => void }) {
  const { t } = useTranslation("floor");
  const navigate = useNavigate();
  const [tab, setTab] = useState<"live" | "inbox">("live");
  const [still, setStill] = useState(false);
  const rows = useRanked(still);
  const waiting = useInbox().items.filter((one) => one.state === "open").length;
  const sees = useInboxStreams().length > 0;
  const at = rows.findIndex((row) => row.live.id === open);
  const step = (by: number) => rows[(at + by + rows.length) % rows.length]?.live.id;
  const go = (by: number) => {
    const id = at < 0 ? rows[0]?.live.id : step(by);
    if (id !== undefined) onOpen(id);
  };
  useAction("floor.next", rows.length > 0 ? () => go(1) : null);
  useAction("floor.previous", rows.length > 0 ? () => go(-1) : null);
  useAction("floor.inbox", sees ? () => setTab(tab === "inbox" ? "live" : "inbox") : null);
  useAction("floor.wallboard", () => void navigate("/floor/wallboard"));
  return (
    <section className={styles.middle} aria-label={t(`tab.${tab}`)}>
      <div className={styles.tabs} role="group" aria-label={t("tab.label")}>
        <button type="button" className={styles.tab} aria-pressed={tab === "live"} onClick={() => setTab("live")}>
          {t("tab.live")} <span className={styles.count}>{rows.length}</span>
        </button>
        {sees && (
          <button type="button" className={styles.tab} aria-pressed={tab === "inbox"} onClick={() => setTab("inbox")}>
            {t("tab.inbox")} <span className={[styles.count, waiting > 0 && styles.some].filter(Boolean).join(" ")}>{waiting}</span>
          </button>
        )}
      </div>
      <div className={styles.list}>{tab === "live" ? <LiveList rows={rows} open={open} onOpen={onOpen} onStill={setStill} /> : <Inbox onOpen={onOpen} />}</div>
      {tab === "live" && <Unwatched of="live" />}
      {tab === "live" && <Unwatched of="checklists" />}
    </section>
  );
}

/** Says what is not followed live, because there is more than one connection may watch. */
function Unwatched({ of }: { of: keyof FloorState["unwatched"] }) {
  const { t } = useTranslation("floor");
  const count = useFloor((state) => state.unwatched[of]);
  return count === 0 ? null : <p className={styles.cut}>{t(`unwatched.${of}`, { count })}</p>;
}

/** Which conversation stands beside the floor; in the address, so that it can be shared and reloaded. */
function useOpened(): [string | null, (id: string | null) => void] {
  const [query, setQuery] = useSearchParams();
  const setting = useRef(setQuery);
  useEffect(() => {
    setting.current = setQuery;
  });
  // The same function always: hundreds of cells have it.
  const setOpen = useCallback((id: string | null) => setting.current(id === null ? {} : { open: id }, { replace: true }), []);
  return [query.get("open"), setOpen];
}
