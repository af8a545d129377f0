import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { newId } from "@/shared/new-id";
import { chosenDevices, closeMicrophone, microphonesAllowed, onDevicesChosen, openMicrophone, playOn } from "./devices";
import type { CallTold, IncomingCall, Line, OpenLine } from "./line";
import { startRinging, stopRinging } from "./ringer";

/** The phone of this page: one line, one call at a time. The server decides whom it rings for and when a call is over. */
export interface Phone {
  /** `forbidden`: the page may have no microphone, or none is there. */
  line: "off" | "connecting" | "ready" | "broken" | "forbidden";
  call: Call | null;
}
export interface Call {
  interaction: string;
  /** Offered; lifted, and not yet heard; both hear each other. */
  state: "ringing" | "connecting" | "talking";
  muted: boolean;
}

export const phone = createStore<Phone>(() => ({ line: "off", call: null }));
export function usePhone<Part>(select: (now: Phone) => Part): Part {
  return useStore(phone, select);
}

const storageKey = "rapport.phone";
/** Whether this browser is its agent's phone, as they once said. */
export const isWanted = (): boolean => localStorage.getItem(storageKey) === "on";

let line: Line | null = null;
/** What the line said last of itself. */
let connected = false;
let opening = 0;
let incoming: IncomingCall | null = null;
let microphone: MediaStream | null = null;
let earpiece: HTMLAudioElement | null = null;

const load = async (): Promise<OpenLine> => (await import("./jssip-line")).openLine;

/** With the same id a connection that broke goes on; a page that is loaded anew has another. */
const pageId = newId("page");
const socketUrl = () => `${window.location.origin.replace(/^http/, "ws")}/api/v1/me/phone/socket?page=${pageId}`;

/** Asks for the microphone now, so that nobody is asked while a caller waits. */
export async function turnOn(): Promise<void> {
  localStorage.setItem(storageKey, "on");
  if (line) return tryMicrophone();
  const mine = ++opening;
  phone.setState({ line: "connecting" });
  try {
    if (!microphonesAllowed()) throw new Error("no microphone without TLS");
    closeMicrophone(await openMicrophone());
    const open = await load();
    if (mine !== opening) return;
    line = open(socketUrl(), {
      ready: (ready) => {
        connected = ready;
        // A microphone that is missing is not there because the line is.
        if (phone.getState().line !== "forbidden") phone.setState({ line: ready ? "ready" : "broken" });
      },
      rings,
    });
  } catch {
    if (mine === opening) phone.setState({ line: "forbidden" });
  }
}

/** The line stands, and a call found no microphone: whether there is one now. */
async function tryMicrophone(): Promise<void> {
  if (phone.getState().line !== "forbidden") return;
  const mine = opening;
  try {
    closeMicrophone(await openMicrophone());
    if (mine === opening) phone.setState({ line: connected ? "ready" : "broken" });
  } catch {
    // Still none: the state says so already.
  }
}

/** Whoever leaves the desk leaves the line; `turnOff` is said by somebody who wants no phone here. */
export function hangUpLine(): void {
  ++opening;
  line?.close();
  line = null;
  connected = false;
  over(incoming);
  phone.setState({ line: "off" });
}
export function turnOff(): void {
  localStorage.removeItem(storageKey);
  hangUpLine();
}

function rings(call: IncomingCall): CallTold {
  if (incoming) {
    call.refuse();
    return { talking: () => undefined, heard: () => undefined, over: () => undefined };
  }
  incoming = call;
  phone.setState({ call: { interaction: call.interaction, state: "ringing", muted: false } });
  startRinging();
  return {
    talking: () => change({ state: "talking" }),
    heard: (sound) => {
      earpiece ??= new Audio();
      earpiece.srcObject = sound;
      void playOn(earpiece, chosenDevices().speaker);
    },
    over: () => over(call),
  };
}

function change(part: Partial<Call>): void {
  phone.setState(({ call }) => ({ call: call && { ...call, ...part } }));
}

function over(call: IncomingCall | null): void {
  if (call === null || call !== incoming) return;
  incoming = null;
  stopRinging();
  closeMicrophone(microphone);
  microphone = null;
  if (earpiece) earpiece.srcObject = null;
  phone.setState({ call: null });
}

/** Lifts what rings for this interaction; nothing where nothing does. */
export async function lift(interaction: string): Promise<void> {
  const call = incoming;
  if (call?.interaction !== interaction || phone.getState().call?.state !== "ringing") return;
  stopRinging();
  change({ state: "connecting" });
  try {
    const opened = await openMicrophone();
    if (call !== incoming) return closeMicrophone(opened);
    microphone = opened;
    call.answer(opened);
  } catch {
    phone.setState({ line: "forbidden" });
    call.refuse();
  }
}

export function mute(muted: boolean): void {
  incoming?.mute(muted);
  change({ muted });
}

/** Other devices were chosen: in the middle of a call, too. */
onDevicesChosen(() => {
  if (earpiece?.srcObject) void playOn(earpiece, chosenDevices().speaker);
  const call = incoming;
  if (!microphone || !call) return;
  void openMicrophone().then(
    (opened) => {
      if (call !== incoming) return closeMicrophone(opened);
      closeMicrophone(microphone);
      microphone = opened;
      call.useMicrophone(opened);
      if (phone.getState().call?.muted) call.mute(true);
    },
    () => undefined, // The one before goes on.
  );
});
