import { chosenDevices, playOn } from "./devices";

const ringing = { hertz: [400, 450], onSeconds: 0.4, gapSeconds: 0.2, everySeconds: 3 };
const loudness = 0.12;

let context: AudioContext | null = null;
let audio: HTMLAudioElement | null = null;
let timer: number | null = null;

/** Two short rings, the oscillators' pitch; made here, not fetched. */
function ringOnce(into: AudioContext, out: AudioNode): void {
  for (const from of [0, ringing.onSeconds + ringing.gapSeconds]) {
    const volume = into.createGain();
    const begin = into.currentTime + from;
    volume.gain.setValueAtTime(loudness, begin);
    volume.gain.setValueAtTime(0, begin + ringing.onSeconds);
    volume.connect(out);
    for (const hertz of ringing.hertz) {
      const tone = into.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(volume);
      tone.start(begin);
      tone.stop(begin + ringing.onSeconds);
    }
  }
}

/** Rings on the chosen device until `stopRinging`. */
export function startRinging(): void {
  if (timer !== null) return;
  context ??= new AudioContext();
  const into = context;
  const out = into.createMediaStreamDestination();
  if (into.state === "suspended") void into.resume();
  audio ??= new Audio();
  audio.srcObject = out.stream;
  void playOn(audio, chosenDevices().ringer);
  ringOnce(into, out);
  timer = window.setInterval(() => ringOnce(into, out), ringing.everySeconds * 1_000);
}

export function stopRinging(): void {
  if (timer === null) return;
  window.clearInterval(timer);
  timer = null;
  if (audio) audio.srcObject = null;
}

/** One ring, to hear where it sounds. */
export function tryRinger(): void {
  startRinging();
  window.setTimeout(stopRinging, (2 * ringing.onSeconds + ringing.gapSeconds) * 1_000);
}
