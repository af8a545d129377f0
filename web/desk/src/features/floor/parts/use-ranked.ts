import { useEffect, useMemo, useRef, useState } from "react";
import type { LiveInteraction, Queue } from "@/api/types";
import { Each } from "@/shared/each";
import { useNow } from "@/shared/time/now";
import { useFloor } from "../model/floor";
import { useQueues } from "../model/reads";
import { ranked, riskOf, type Ranked } from "../model/risk";
import type { ChecklistItem } from "../model/state";

const none: readonly ChecklistItem[] = [];

/** What a rank is made of. */
interface Inputs {
  live: LiveInteraction;
  items: readonly ChecklistItem[];
  queue: Queue | undefined;
  now: number;
}

/** All live conversations, the one that needs an eye most on top. While `still`, nobody changes places: what comes stands below. */
export function useRanked(still: boolean): Ranked[] {
  const now = useNow();
  const live = useFloor((state) => state.live);
  const checklists = useFloor((state) => state.checklists);
  const queues = useQueues();
  const [ranks] = useState(() => new Each(({ live: { id } }: Inputs) => id, ({ live: one, items, queue, now: at }): Ranked => ({ live: one, risk: riskOf(one, items, queue, at) })));
  const fresh = useMemo(() => {
    const going = [...live.values()].filter((one) => one.stage !== "over" && one.stage !== "finished");
    const inputs = going.map((one): Inputs => ({ live: one, items: checklists.get(one.id) ?? none, queue: queues.get(one.queue), now }));
    return ranked(ranks.of(inputs, Object.values));
  }, [ranks, live, checklists, queues, now]);
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const latest = useRef(fresh);
  useEffect(() => {
    latest.current = fresh;
  });
  useEffect(() => setHeld(still ? latest.current.map((one) => one.live.id) : null), [still]);
  return useMemo(() => (held === null ? fresh : inPlaces(fresh, held)), [fresh, held]);
}

function inPlaces(fresh: Ranked[], places: readonly string[]): Ranked[] {
  const at = new Map(places.map((id, place) => [id, place]));
  return fresh.toSorted((one, other) => (at.get(one.live.id) ?? places.length) - (at.get(other.live.id) ?? places.length));
}
