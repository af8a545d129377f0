import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import i18next from "i18next";
import type { AgentState } from "@/api/types";
import { notify } from "@/shared/ui/notices";
import { answeredBetween, askedOf, type Asked } from "../model/asked";
import { useDesk, type Keeper } from "./desk";

/** Who did not take a conversation that they were asked to take over, by conversation. */
const declined = createStore<{ of: ReadonlyMap<string, string> }>(() => ({ of: new Map() }));
/** Requests that this agent has called off: their end is no news. */
const calledOff = new Set<string>();

const without = (of: ReadonlyMap<string, string>, id: string) => new Map([...of].filter(([one]) => one !== id));

/** What colleagues have answered; runs beside the desk. */
export const askedKeeper: Keeper = {
  agent(before: AgentState | null, after: AgentState) {
    for (const { interaction, name, what } of answeredBetween(before, after)) {
      if (what === "declined") declined.setState(({ of }) => ({ of: new Map(of).set(interaction, name) }));
      else {
        if (!calledOff.has(interaction)) notify(i18next.t(name === "" ? "agent:transfer.goneNobody" : "agent:transfer.gone", { name }), "bad");
        calledOff.delete(interaction);
        declined.setState(({ of }) => ({ of: without(of, interaction) }));
      }
    }
  },
  closed(interaction) {
    calledOff.delete(interaction);
    declined.setState(({ of }) => ({ of: without(of, interaction) }));
  },
  stopped() {
    calledOff.clear();
    declined.setState({ of: new Map() });
  },
};

/** The end of the request is this agent's own wish; `done`: it came to nothing, and goes on. */
export function callOff(interaction: string, done = true): void {
  if (done) calledOff.add(interaction);
  else calledOff.delete(interaction);
}

/** Who is asked to take it over, and who of them did not; `null`: nobody is asked. */
export function useAsked(interaction: string): (Asked & { declined: string | null }) | null {
  const asked = useDesk((now) => askedOf(now.agent, interaction));
  const name = useStore(declined, ({ of }) => of.get(interaction));
  return asked ? { ...asked, declined: name ?? null } : null;
}
