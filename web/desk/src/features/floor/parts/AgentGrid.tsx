import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { may } from "@/api/session";
import type { AgentState } from "@/api/types";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
import { Empty } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import { setPresence } from "../model/commands";
import { doingOf, inOrder, upsetMs } from "../model/agent-cell";
import { useFloor } from "../model/floor";
import { useCapacities } from "../model/reads";
import { BreakDialog } from "./BreakDialog";
import { StateShape } from "./StateShape";
import styles from "./AgentGrid.module.css";

const minuteMs = 60_000;

/** The agents as a compact grid: state by shape and word, how long, how much they have. */
export function AgentGrid({ onOpen }: { onOpen: (interaction: string) => void }) {
  const { t } = useTranslation("floor");
  const agents = useFloor((state) => state.agents);
  const list = useMemo(() => inOrder([...agents.values()]), [agents]);
  const [pausing, setPausing] = useState<AgentState | null>(null);
  if (list.length === 0) return <Empty title={t("agents.none")}>{t("agents.noneWords")}</Empty>;
  return (
    <>
      <ul className={styles.grid}>
        {list.map((agent) => (
          <li key={agent.agent}>
            <Cell agent={agent} onOpen={onOpen} onBreak={() => setPausing(agent)} />
          </li>
        ))}
      </ul>
      {pausing && <BreakDialog agent={pausing} onClose={() => setPausing(null)} />}
    </>
  );
}

function Cell({ agent, onOpen, onBreak }: { agent: AgentState; onOpen: (interaction: string) => void; onBreak: () => void }) {
  const { t } = useTranslation("floor");
  const now = useNow();
  const checklists = useFloor((state) => state.checklists);
  const capacity = useCapacities().get(agent.agent) ?? 0;
  const doing = doingOf(agent);
  const upset = upsetMs(agent, checklists, now);
  const items = useItems(agent, onOpen, onBreak);
  const held = agent.in_hand.length;
  const since = clockText(now - Date.parse(agent.since));
  const load = capacity === 0 ? t("agents.held", { count: held }) : t("agents.load", { held, capacity });
  const button = (
    <>
      <span className={styles.top}>
        <StateShape doing={doing} />
        <span className={styles.name}>{agent.name}</span>
      </span>
      <span className={styles.line}>
        <span>{t(`doing.${doing}`)}</span>
        <span>{since}</span>
      </span>
      <span className={styles.line}>
        <span className="visually-hidden">{load}</span>
        <Pips held={held} capacity={Math.max(capacity, held)} />
        {upset !== null && <span className={styles.upset}>{upset < minuteMs ? t("agents.upset") : t("agents.upsetMinutes", { count: Math.floor(upset / minuteMs) })}</span>}
      </span>
    </>
  );
  const label = t("agents.label", { name: agent.name, doing: t(`doing.${doing}`), since, load });
  if (items.length === 0) return <div className={styles.cell}>{button}</div>;
  return <Menu label={label} button={button} buttonClass={styles.cell} items={items} wordless={false} />;
}

function Pips({ held, capacity }: { held: number; capacity: number }) {
  return (
    <span className={styles.pips} aria-hidden="true">
      {Array.from({ length: Math.min(capacity, 8) }, (_, at) => (
        <span key={at} className={at < held ? styles.full : styles.room} />
      ))}
    </span>
  );
}

function useItems(agent: AgentState, onOpen: (interaction: string) => void, onBreak: () => void): MenuItem[] {
  const { t } = useTranslation("floor");
  const me = useMe();
  const tell = useTell();
  const live = useFloor((state) => state.live);
  const present = async (presence: "available" | "offline") => {
    const done = await setPresence(agent.agent, presence, "");
    if (!done.ok) tell(done.failure);
  };
  const items: MenuItem[] = agent.in_hand
    .filter((one) => live.has(one.interaction))
    .map((one) => ({ id: one.interaction, label: t("agents.open", { customer: live.get(one.interaction)?.customer_name || t("customer") }), run: () => onOpen(one.interaction) }));
  if (!may(me, "presence.others")) return items;
  if (agent.presence !== "available") items.push({ id: "available", label: t("agents.available"), run: () => void present("available") });
  if (agent.presence !== "break") items.push({ id: "break", label: t("agents.break"), run: onBreak });
  if (agent.presence !== "offline") items.push({ id: "offline", label: t("agents.offline"), run: () => void present("offline") });
  return items;
}
