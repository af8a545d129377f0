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
/** So many are on their way in one conversation; the server takes fewer still, and says so of each. */
const waitingMax = 50;
/** So many stand there, with those that were refused and not thrown away. */
const linesMax = 100;

/** `beyond`: how many were chosen and not taken up. */
interface Uploading {
  of: ReadonlyMap<string, readonly Upload[]>;
  beyond: ReadonlyMap<string, number>;
}
const nobody: Uploading = { of: new Map(), beyond: new Map() };
const uploads = createStore<Uploading>(() => nobody);
const none: readonly Upload[] = [];
export const uploadsOf = (interaction: string): readonly Upload[] => uploads.getState().of.get(interaction) ?? none;
export const beyondOf = (interaction: string): number => uploads.getState().beyond.get(interaction) ?? 0;
export const useUploads = (interaction: string): readonly Upload[] => useStore(uploads, ({ of }) => of.get(interaction) ?? none);
export const useBeyond = (interaction: string): number => useStore(uploads, ({ beyond }) => beyond.get(interaction) ?? 0);

/** How to stop the one that is being sent, by its id. */
const stops = new Map<string, () => void>();
const running = new Set<string>();

function put(interaction: string, list: readonly Upload[]): void {
  uploads.setState(({ of }) => ({ of: new Map(of).set(interaction, list) }));
}

function putBeyond(interaction: string, count: number): void {
  uploads.setState(({ beyond }) => ({ beyond: new Map(beyond).set(interaction, count) }));
}

/** What was not taken up has been read. */
export const dropBeyond = (interaction: string): void => putBeyond(interaction, 0);

/** Nothing where it is no longer there. */
function update(interaction: string, id: string, more: Partial<Upload>): void {
  const list = uploadsOf(interaction);
  if (list.some((one) => one.id === id)) put(interaction, list.map((one) => (one.id === id ? { ...one, ...more } : one)));
}

function refusalOf({ size }: File): Failure | null {
  if (size === 0) return { code: "empty" };
  return size > bytesMax ? { code: "body_too_large" } : null;
}

export function attach(interaction: string, files: readonly File[]): void {
  const list = [...uploadsOf(interaction)];
  let waiting = list.filter((one) => one.state !== "refused").length;
  let beyond = beyondOf(interaction);
  for (const file of files) {
    const failure = refusalOf(file);
    if (list.length >= linesMax || (!failure && waiting >= waitingMax)) {
      beyond += 1;
      continue;
    }
    if (!failure) waiting += 1;
    list.push({ id: newId("file"), file, state: failure ? "refused" : "waiting", share: 0, failure });
  }
  put(interaction, list);
  putBeyond(interaction, beyond);
  void sendAll(interaction);
}

export function attachAgain(interaction: string, id: string): void {
  update(interaction, id, { state: "waiting", failure: null, share: 0 });
  void sendAll(interaction);
}

/** Stops it, or throws it away. */
export function dropUpload(interaction: string, id: string): void {
  put(interaction, uploadsOf(interaction).filter((one) => one.id !== id));
  stops.get(id)?.();
}

/** One after the other, in the order of choosing. */
async function sendAll(interaction: string): Promise<void> {
  if (running.has(interaction)) return;
  running.add(interaction);
  try {
    for (;;) {
      const next = uploadsOf(interaction).find((one) => one.state === "waiting");
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
  if (done.ok) put(interaction, uploadsOf(interaction).filter((one) => one.id !== id));
  else update(interaction, id, { state: "refused", failure: done.failure });
}

/** Of the conversations in hand; runs beside the desk. */
export const uploadKeeper: Keeper = {
  closed(interaction) {
    const left = uploadsOf(interaction);
    if (left.length > 0) tellLost(left.map((one) => one.file.name));
    const others = <Value>(all: ReadonlyMap<string, Value>) => new Map([...all].filter(([id]) => id !== interaction));
    uploads.setState(({ of, beyond }) => ({ of: others(of), beyond: others(beyond) }));
    for (const one of left) stops.get(one.id)?.();
  },
  stopped() {
    uploads.setState(nobody);
    for (const stop of [...stops.values()]) stop();
  },
};
