import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { sendFile } from "@/api/attachments";
import type { Failure } from "@/api/result";
import { newId } from "@/shared/new-id";
import type { Keeper } from "./desk";
import { tellLost } from "./lost";

/** A file on its way to the customer, under an id of its own: sent again it counts once. It lives as long as the page. */
export interface Upload {
  id: string;
  file: File;
  state: "waiting" | "sending" | "refused";
  /** How much of it has left, up to 1. */
  share: number;
  failure: Failure | null;
}

/** Larger than any server takes (docs/attachments.md): need not be tried. */
const bytesMax = 16 << 20;
/** So many wait in one conversation; the server takes fewer still, and says so of each. */
const waitingMax = 50;

const uploads = createStore<{ of: ReadonlyMap<string, readonly Upload[]> }>(() => ({ of: new Map() }));
const none: readonly Upload[] = [];
const listOf = (interaction: string): readonly Upload[] => uploads.getState().of.get(interaction) ?? none;
export const useUploads = (interaction: string): readonly Upload[] => useStore(uploads, ({ of }) => of.get(interaction) ?? none);

/** How to stop the one that is being sent, by its id. */
const stops = new Map<string, () => void>();
const running = new Set<string>();

function put(interaction: string, list: readonly Upload[]): void {
  uploads.setState(({ of }) => ({ of: new Map(of).set(interaction, list) }));
}

/** Nothing where it is no longer there. */
function update(interaction: string, id: string, more: Partial<Upload>): void {
  const list = listOf(interaction);
  if (list.some((one) => one.id === id)) put(interaction, list.map((one) => (one.id === id ? { ...one, ...more } : one)));
}

function refusalOf({ size }: File): Failure | null {
  if (size === 0) return { code: "empty" };
  return size > bytesMax ? { code: "body_too_large" } : null;
}

export function attach(interaction: string, files: readonly File[]): void {
  const room = waitingMax - listOf(interaction).length;
  const more = files.map((file, at): Upload => {
    const failure = at < room ? refusalOf(file) : { code: "too_many_chosen" };
    return { id: newId("file"), file, state: failure ? "refused" : "waiting", share: 0, failure };
  });
  put(interaction, [...listOf(interaction), ...more]);
  void sendAll(interaction);
}

export function attachAgain(interaction: string, id: string): void {
  update(interaction, id, { state: "waiting", failure: null, share: 0 });
  void sendAll(interaction);
}

/** Stops it, or throws it away. */
export function dropUpload(interaction: string, id: string): void {
  put(interaction, listOf(interaction).filter((one) => one.id !== id));
  stops.get(id)?.();
}

/** One after the other, in the order of choosing. */
async function sendAll(interaction: string): Promise<void> {
  if (running.has(interaction)) return;
  running.add(interaction);
  try {
    for (;;) {
      const next = listOf(interaction).find((one) => one.state === "waiting");
      if (!next) return;
      await sendOne(interaction, next);
    }
  } finally {
    running.delete(interaction);
  }
}

async function sendOne(interaction: string, { id, file }: Upload): Promise<void> {
  update(interaction, id, { state: "sending" });
  const sending = sendFile(interaction, id, file, (share) => update(interaction, id, { share }));
  stops.set(id, sending.stop);
  const done = await sending.done;
  stops.delete(id);
  if (done.ok) put(interaction, listOf(interaction).filter((one) => one.id !== id));
  else update(interaction, id, { state: "refused", failure: done.failure });
}

/** Of the conversations in hand; runs beside the desk. */
export const uploadKeeper: Keeper = {
  closed(interaction) {
    const left = listOf(interaction);
    if (left.length > 0) tellLost(left.map((one) => one.file.name));
    uploads.setState(({ of }) => ({ of: new Map([...of].filter(([id]) => id !== interaction)) }));
    for (const one of left) stops.get(one.id)?.();
  },
  stopped() {
    uploads.setState({ of: new Map() });
    for (const stop of [...stops.values()]) stop();
  },
};
