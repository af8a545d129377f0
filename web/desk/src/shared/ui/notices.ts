import { createStore } from "zustand/vanilla";

/** A short word of what just happened, at the edge of the screen. */
export interface Notice {
  id: number;
  text: string;
  tone: "plain" | "bad";
}

export const notices = createStore<{ list: readonly Notice[] }>(() => ({ list: [] }));

const shownMs = 6_000;
const listMax = 4;
let last = 0;

export function dismiss(id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) }));
}

export function notify(text: string, tone: Notice["tone"] = "plain"): void {
  const id = ++last;
  notices.setState(({ list }) => ({ list: [...list.slice(1 - listMax), { id, text, tone }] }));
  window.setTimeout(() => dismiss(id), shownMs);
}
