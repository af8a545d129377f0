import { lastWords, momentOf, waitsSince, type Conversation } from "./conversation";
import type { Slot } from "./hands";

/** Who waits longest for this agent is on top; then those in wrap-up; then by their last words, newest first. */
export function inOrder(slots: readonly Slot[], of: (interaction: string) => Conversation | undefined): Slot[] {
  const place = (slot: Slot): [number, number] => {
    const conversation = of(slot.interaction);
    if (!conversation) return [3, 0];
    const waits = slot.state === "connected" && !slot.consult ? waitsSince(conversation) : null;
    if (waits !== null) return [0, waits];
    if (slot.state !== "connected") return [1, 0];
    const last = lastWords(conversation);
    return [2, last ? -momentOf(conversation, last) : 0];
  };
  return slots
    .map((slot) => ({ slot, place: place(slot) }))
    .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1] || a.slot.interaction.localeCompare(b.slot.interaction))
    .map(({ slot }) => slot);
}

/** How a waiting clock looks: it warms with age. Milliseconds. */
export function warmth(waitedMs: number): "cool" | "warm" | "hot" {
  if (waitedMs < 45_000) return "cool";
  return waitedMs < 120_000 ? "warm" : "hot";
}
