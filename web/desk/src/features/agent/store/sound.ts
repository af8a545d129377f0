import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";

/** Sounds are made here, not fetched: two soft tones for an offer, one for a message. */
const storageKey = "rapport.sound";
const sound = createStore(() => ({ on: localStorage.getItem(storageKey) !== "off" }));
export const useSound = (): boolean => useStore(sound).on;

export function toggleSound(): void {
  const on = !sound.getState().on;
  localStorage.setItem(storageKey, on ? "on" : "off");
  sound.setState({ on });
  if (!on) return;
  chime("message");
  // The browser lets pages ask for this only when somebody pressed something.
  if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
}

const tones = { offer: [659, 880], message: [587] } as const;
const toneSeconds = 0.16;
const loudness = 0.08;
let context: AudioContext | null = null;

export function chime(what: keyof typeof tones): void {
  if (!sound.getState().on) return;
  context ??= new AudioContext();
  // Until somebody has pressed something on this page the browser keeps it silent.
  if (context.state === "suspended") void context.resume();
  const { currentTime, destination } = context;
  for (const [index, frequency] of tones[what].entries()) {
    const from = currentTime + index * toneSeconds;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loudness, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + toneSeconds * 1.5);
    tone.connect(volume).connect(destination);
    tone.start(from);
    tone.stop(from + toneSeconds * 1.5);
  }
}

/** A notice of the system, for a page that nobody looks at. */
export function showDesktopNotice(title: string, body: string): void {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  new Notification(title, { body, tag: "rapport-offer" });
}
