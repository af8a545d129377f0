import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";

/** What somebody speaks into, hears callers with, and is rung by; empty: what the browser takes. */
export interface Devices {
  microphone: string;
  speaker: string;
  ringer: string;
  /** Whether the browser takes echo and noise out and levels the voice; a good headset needs none of it. */
  cleaned: boolean;
}

const storageKey = "rapport.phone.devices";
const unchosen: Devices = { microphone: "", speaker: "", ringer: "", cleaned: true };

/** What was kept, as far as it can be used. */
export function devicesFrom(kept: string | null): Devices {
  let read: unknown = null;
  try {
    read = JSON.parse(kept ?? "null");
  } catch {
    // Whatever wrote that, it is no choice of devices.
  }
  if (typeof read !== "object" || read === null) return unchosen;
  const { microphone, speaker, ringer, cleaned } = read as Record<string, unknown>;
  const id = (value: unknown) => (typeof value === "string" ? value : "");
  return { microphone: id(microphone), speaker: id(speaker), ringer: id(ringer), cleaned: cleaned !== false };
}

const devices = createStore<Devices>(() => devicesFrom(localStorage.getItem(storageKey)));
export const useDevices = (): Devices => useStore(devices);
export const chosenDevices = (): Devices => devices.getState();
export const onDevicesChosen = (told: () => void): (() => void) => devices.subscribe(told);

export function chooseDevices(chosen: Partial<Devices>): void {
  devices.setState(chosen);
  localStorage.setItem(storageKey, JSON.stringify(devices.getState()));
}

/** Whether this page may ask for a microphone at all: not without TLS, but on this very machine. */
export const microphonesAllowed = (): boolean => window.isSecureContext && "mediaDevices" in navigator;

const constraintsOf = ({ microphone, cleaned }: Devices, exact: boolean): MediaTrackConstraints => ({
  ...(microphone !== "" && exact ? { deviceId: { exact: microphone } } : {}),
  echoCancellation: cleaned,
  noiseSuppression: cleaned,
  autoGainControl: cleaned,
});

/** The chosen microphone, or another one where that is not plugged in; throws where there is none or it is forbidden. */
export async function openMicrophone(): Promise<MediaStream> {
  const chosen = devices.getState();
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: constraintsOf(chosen, true) });
  } catch (failure) {
    if (chosen.microphone === "" || !(failure instanceof DOMException) || failure.name === "NotAllowedError") throw failure;
    return navigator.mediaDevices.getUserMedia({ audio: constraintsOf(chosen, false) });
  }
}

export function closeMicrophone(microphone: MediaStream | null): void {
  microphone?.getTracks().forEach((track) => track.stop());
}

/** Plays on the chosen device, or on the usual one where that is gone or cannot be chosen. */
export async function playOn(audio: HTMLAudioElement, device: string): Promise<void> {
  if ("setSinkId" in audio) await audio.setSinkId(device).catch(() => audio.setSinkId("").catch(() => undefined));
  // Silent until somebody has pressed something on the page; whoever goes to their desk has.
  await audio.play().catch(() => undefined);
}
