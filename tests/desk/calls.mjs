// Callers with a tone, and an agent whose browser is their phone: what each hears, measured.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Sipp, free_udp_port } from "../phone/sipp.mjs";
import { End } from "../phone/sound.mjs";

const rate = 48_000;
const peak = 8000;

/// A second of this tone as WAV; the browser plays it over and over, so it must fit in a whole number of times.
function wav_of(hertz) {
  const file = Buffer.alloc(44 + 2 * rate);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + 2 * rate, 4);
  file.write("WAVEfmt ", 8, "latin1");
  [16, 1 | (1 << 16)].forEach((word, at) => file.writeUInt32LE(word, 16 + 4 * at));
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt32LE(2 | (16 << 16), 32);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(2 * rate, 40);
  for (let i = 0; i < rate; ++i) file.writeInt16LE(Math.round(peak * Math.sin((2 * Math.PI * hertz * i) / rate)), 44 + 2 * i);
  return file;
}

/// A browser whose microphone hears nothing but this tone.
export async function open_speaking_browser(hertz) {
  const folder = mkdtempSync(join(tmpdir(), "rapport-tone-"));
  const wav = join(folder, "tone.wav");
  writeFileSync(wav, wav_of(hertz));
  const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...sandbox, "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-audio-capture=${wav}`, "--autoplay-policy=no-user-gesture-required"],
  });
  browser.on("disconnected", () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}

/// Runs in the page before it does: the voice as it is, and its connections kept to be listened at. Where its tab keeps
/// "only_ipv6", it is told of no other ways.
export function listen_in() {
  localStorage.setItem("rapport.phone.devices", JSON.stringify({ cleaned: false }));
  const Peer = window.RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Peer {
    constructor(...args) {
      super(...args);
      window.peers.push(this);
    }
    setRemoteDescription({ type, sdp }) {
      const only = sessionStorage.getItem("only_ipv6") !== null;
      return super.setRemoteDescription({ type, sdp: only ? sdp.replace(/a=candidate:.* \d+\.\d+\.\d+\.\d+ .*\r\n/g, "") : sdp });
    }
  };
}

/// How much louder than its surroundings this tone is in what the page hears, in dB; null: it hears nobody.
export function hears(page, hertz) {
  return page.evaluate(async (wanted) => {
    const track = window.peers.at(-1)?.getReceivers()[0]?.track;
    if (!track || track.readyState !== "live") return null;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    await new Promise((later) => setTimeout(later, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    await context.close();
    const at = Math.round((wanted * analyser.fftSize) / context.sampleRate);
    const near = Math.max(...bins.slice(at - 3, at + 4));
    const others = [...bins.slice(20, 600)].filter((one, i) => Math.abs(i + 20 - at) > 12).sort((a, b) => a - b);
    return Math.round(near - others[Math.floor(others.length * 0.9)]);
  }, hertz);
}

/// In what the page's sound comes and goes.
export function spoken_in(page) {
  return page.evaluate(async () => {
    const stats = await window.peers.at(-1).getStats();
    const of = (kind) => [...stats.values()].find((one) => one.type === kind);
    return ["inbound-rtp", "outbound-rtp"].map((kind) => stats.get(of(kind)?.codecId)?.mimeType);
  });
}

/// The address by which the page reaches the server.
export function reached_at(page) {
  return page.evaluate(async () => {
    const stats = await window.peers.at(-1).getStats();
    const transport = [...stats.values()].find((one) => one.type === "transport");
    return stats.get(stats.get(transport.selectedCandidatePairId).remoteCandidateId).address;
  });
}

/// Somebody who calls the queue "billing" with a tone of their own.
export async function call_in(centre, scenario, hertz, more = {}) {
  const end = await End.open(hertz);
  const sipp = new Sipp(scenario, { to: centre.sip, port: await free_udp_port(), rtp: end.port, service: "billing", ...more });
  return { end, sipp };
}
export { free_udp_port };
