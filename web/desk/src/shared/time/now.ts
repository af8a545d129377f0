import { useSyncExternalStore } from "react";

/** One clock for all that counts on the screen: everything ticks in the same moment, once a second. */
const listeners = new Set<() => void>();
let now = Date.now();
let ahead: () => number = () => 0;
let timer: number | null = null;

function tick(): void {
  now = Date.now();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    window.clearInterval(timer);
    timer = null;
  };
}

/** By how many milliseconds the server's clock is ahead of the page's. */
export function setServerAhead(read: () => number): void {
  ahead = read;
}

/** The server's time in milliseconds, anew every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => (listeners.size > 0 ? now : (now = Date.now()))) + ahead();
}
