import { createStore } from "zustand/vanilla";

/** A short word of what just happened, at the edge of the screen. */
export interface Notice {
  id: number;
  text: string;
  tone: "plain" | "bad";
  /** Until somebody dismisses it: what it tells is nowhere else. */
  stays: boolean;
}

export const notices = createStore<{ list: readonly Notice[] }>(() => ({ list: [] }));

const shownMs = 6_000;
const listMax = 4;
let last = 0;

export function dismiss(id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) }));
}

/** Nothing that one person was told stays for the next. */
export const clearNotices = (): void => notices.setState({ list: [] });

export function notify(text: string, tone: Notice["tone"] = "plain"): void {
  window.setTimeout(dismiss, shownMs, add({ text, tone, stays: false }));
}

/** Bad news that stay until they are dismissed. */
export function notifyForGood(text: string): void {
  add({ text, tone: "bad", stays: true });
}

function add(one: Omit<Notice, "id">): number {
  const id = ++last;
  notices.setState(({ list }) => {
    const passing = list.filter((other) => !other.stays).slice(1 - listMax);
    return { list: [...list.filter((other) => other.stays || passing.includes(other)), { ...one, id }] };
  });
  return id;
}
