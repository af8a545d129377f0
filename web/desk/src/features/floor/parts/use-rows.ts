import { useMemo, useState } from "react";
import type { Queue, QueueState } from "@/api/types";
import { Each } from "@/shared/each";
import { useNow } from "@/shared/time/now";
import { useFloor } from "../model/floor";
import { queueRow, type QueueRow } from "../model/queue-row";
import type { Sample } from "../model/history";
import type { QueueNumbers } from "../model/numbers";
import { useQueues } from "../model/reads";

const none: readonly Sample[] = [];

/** What a row is made of. */
interface Inputs {
  state: QueueState;
  queue: Queue | undefined;
  counted: QueueNumbers | undefined;
  seen: readonly Sample[];
  now: number;
}

/** The queues by name, which keeps each where the eye expects it, ticking. */
export function useQueueRows(): QueueRow[] {
  const now = useNow();
  const states = useFloor((state) => state.queues);
  const numbers = useFloor((state) => state.numbers);
  const history = useFloor((state) => state.history);
  const queues = useQueues();
  const [rows] = useState(() => new Each(({ state }: Inputs) => state.queue, ({ state, queue, counted, seen, now: at }) => queueRow(state, queue, counted, seen, at)));
  return useMemo(() => {
    const inputs = [...states.values()].map((state): Inputs => ({ state, queue: queues.get(state.queue), counted: numbers.get(state.queue), seen: history.get(state.queue) ?? none, now }));
    return rows.of(inputs, Object.values).toSorted((one, other) => one.label.localeCompare(other.label));
  }, [rows, states, numbers, history, queues, now]);
}
