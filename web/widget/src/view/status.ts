import type { Shown } from "../conversation.ts";
import type { Words } from "../words.ts";

/** Below the name: with whom one talks. */
export function standing_line(words: Words, { phase, agent, kept }: Shown): string {
  if (phase === "talking" && agent) return words.say("card.talking", { agent });
  if (phase === "line" && !kept.left_message && !kept.callback_asked) return words.say("card.waiting");
  if (phase === "over") return words.say("card.ended");
  return "";
}

/** The first line: how long it will take, or what happens instead. Empty once somebody is there. */
export function status_line(words: Words, shown: Shown, now: Date): string {
  if (shown.phase === "door") return door_line(words, shown, now);
  if (shown.phase !== "line") return "";
  const { place, kept, door } = shown;
  if (kept.callback_asked) return words.say("line.callback_done");
  if (kept.callback_wanted) return words.say("line.callback_wanted");
  if (kept.left_message && door?.queue.open !== true) return left_line(words, shown, now);
  if (!place) return words.say("line.unknown");
  const time = place.wait_seconds === null ? "" : words.wait(place.wait_seconds);
  if (place.position === 1) return time ? words.say("line.next_wait", { time }) : words.say("line.next");
  return time ? words.say("line.place_wait", { place: place.position, time }) : words.say("line.place", { place: place.position });
}

function door_line(words: Words, { door, door_failed }: Shown, now: Date): string {
  if (!door) return words.say(door_failed ? "door.unreachable" : "door.loading");
  const { open, opens_at, takes_messages, estimated_wait_seconds: wait } = door.queue;
  if (open) {
    if (wait === null) return words.say("door.unknown");
    return wait === 0 ? words.say("door.now") : words.say("door.wait", { time: words.wait(wait) });
  }
  const closed = opens_at ? words.say("door.opens", { when: words.when(new Date(opens_at), now) }) : words.say("door.closed");
  return takes_messages ? closed : `${closed} ${words.say("door.no_messages")}`;
}

function left_line(words: Words, { door }: Shown, now: Date): string {
  const thanks = words.say("leave.done");
  const opens_at = door?.queue.opens_at;
  return opens_at ? `${thanks} ${words.say("leave.back", { when: words.when(new Date(opens_at), now) })}` : thanks;
}
