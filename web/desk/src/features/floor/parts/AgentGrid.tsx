import { memo, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { useMe } from "@/api/use-session";
import { may } from "@/api/session";
import type { AgentState } from "@/api/types";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
import { Empty } from "@/shared/ui/States";
import { useTell } from "@/shared/ui/use-tell";
import { setPresence } from "../model/commands";
import { doingOf, inOrder, upsetFrom } from "../model/agent-cell";
import { useFloor } from "../model/floor";
import { useNow } from "@/shared/time/now";
import { useCapacities } from "../model/reads";
import { BreakDialog } from "./BreakDialog";
import { Since } from "./Since";
import { StateShape } from "./StateShape";
import styles from "./AgentGrid.module.css";

const minuteMs = 60_000;

/** The agents as a compact grid: state by shape and word, how long, how much they have. */
export function AgentGrid({ onOpen }: { onOpen: (interaction: string) => void }) {
  const { t } = useTranslation("floor");
  const agents = useFloor((state) => state.agents);
  const list = useMemo(() => inOrder([...agents.values()]), [agents]);
  const capacities = useCapacities();
  const [pausing, setPausing] = useState<AgentState | null>(null);
  const pause = useCallback((agent: AgentState) => setPausing(agent), []);
  if (list.length === 0) return <Empty title={t("agents.none")}>{t("agents.noneWords")}</Empty>;
  return (
    <>
      <ul className={styles.grid}>
        {list.map((agent) => (
          <li key={agent.agent}>
            <Cell agent={agent} capacity={capacities.get(agent.agent) ?? 0} onOpen={onOpen} onBreak={pause} />
          </li>
        ))}
      </ul>
      {pausing && <BreakDialog agent={pausing} onClose={() => setPausing(null)} />}
    </>
  );
}

type CellProps = { agent: AgentState; capacity: number; onOpen: (interaction: string) => void; onBreak: (agent: AgentState) => void };

/** Drawn again when this agent is another, whatever happens to the others. */
const Cell = memo(function Cell({ agent, capacity, onOpen, onBreak }: CellProps) {
  const { t } = useTranslation("floor");
  const doing = doingOf(agent);
  const upset = useFloor((state) => upsetFrom(agent, state.checklists));
  const items = useItems(agent, onOpen, onBreak);
  const held = agent.in_hand.length;
  const load = capacity === 0 ? t("agents.held", { count: held }) : t("agents.load", { held, capacity });
  const button = (
    <>
      <span className={styles.top}>
        <StateShape doing={doing} />
        <span className={styles.name}>{agent.name}</span>
      </span>
      <span className={styles.line}>
        <span>{t(`doing.${doing}`)}</span>
        <span>
          <Since at={agent.since} />
        </span>
      </span>
      <span className={styles.line}>
        <span className="visually-hidden">{load}</span>
        <Pips held={held} capacity={Math.max(capacity, held)} />
        {upset !== null && <Upset since={upset} />}
      </span>
    </>
  );
  const label = t("agents.label", { name: agent.name, doing: t(`doing.${doing}`), load });
  if (items.length === 0) return <div className={styles.cell}>{button}</div>;
  return <Menu label={label} button={button} buttonClass={styles.cell} items={items} wordless={false} />;
});

function Upset({ since }: { since: number }) {
  const { t } = useTranslation("floor");
  const lasts = useNow() - since;
  return <span className={styles.upset}>{lasts < minuteMs ? t("agents.upset") : t("agents.upsetMinutes", { count: Math.floor(lasts / minuteMs) })}</span>;
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

function useItems(agent: AgentState, onOpen: (interaction: string) => void, onBreak: (agent: AgentState) => void): MenuItem[] {
  const { t } = useTranslation("floor");
  const me = useMe();
  const tell = useTell();
  const customers = useFloor(useShallow((state) => agent.in_hand.map((one) => state.live.get(one.interaction)?.customer_name)));
  const present = async (presence: "available" | "offline") => {
    const done = await setPresence(agent.agent, presence, "");
    if (!done.ok) tell(done.failure);
  };
  const items: MenuItem[] = agent.in_hand.flatMap(({ interaction }, at) => {
    const customer = customers[at];
    return customer === undefined ? [] : [{ id: interaction, label: t("agents.open", { customer: customer || t("customer") }), run: () => onOpen(interaction) }];
  });
  if (!may(me, "presence.others")) return items;
  if (agent.presence !== "available") items.push({ id: "available", label: t("agents.available"), run: () => void present("available") });
  if (agent.presence !== "break") items.push({ id: "break", label: t("agents.break"), run: () => onBreak(agent) });
  if (agent.presence !== "offline") items.push({ id: "offline", label: t("agents.offline"), run: () => void present("offline") });
  return items;
}
