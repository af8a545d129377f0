import { useMemo } from "react";
import { useNow } from "@/shared/time/now";
import { useFloor } from "../model/floor";
import { queueRow, type QueueRow } from "../model/queue-row";
import { useQueues } from "../model/reads";

/** The queues by name, which keeps each where the eye expects it, ticking. */
export function useQueueRows(): QueueRow[] {
  const now = useNow();
  const states = useFloor((state) => state.queues);
  const numbers = useFloor((state) => state.numbers);
  const history = useFloor((state) => state.history);
  const queues = useQueues();
  return useMemo(
    () =>
      [...states.values()]
        .map((state) => queueRow(state, queues.get(state.queue), numbers.get(state.queue), history.get(state.queue) ?? [], now))
        .toSorted((one, other) => one.label.localeCompare(other.label)),
    [states, numbers, history, queues, now],
  );
}
