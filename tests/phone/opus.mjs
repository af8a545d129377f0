// An end that speaks Opus (RFC 7587): its tone encoded by opusenc beforehand, what it hears decoded by opusdec.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { End } from "./sound.mjs";

const rate = 8000; // at which it hears
const wide_rate = 16000; // at which it speaks
const ticks = 960; // of RTP's clock in 20 ms
const seconds = 10; // of the tone, then it begins anew
export const opus_type = 111;

function in_folder(work) {
  const folder = mkdtempSync(join(tmpdir(), "rapport-opus-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/// The packets of an Ogg file (RFC 3533, section 6), without the two of its head (RFC 7845).
function packets_of(file) {
  const packets = [];
  let open = [];
  for (let at = 0; at < file.length; ) {
    const segments = file.subarray(at + 27, at + 27 + file[at + 26]);
    at += 27 + segments.length;
    for (const size of segments) {
      open.push(file.subarray(at, at + size));
      at += size;
      if (size === 255) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
  }
  return packets.slice(2);
}

const crc_table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; ++bit) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum >>> 0;
});

function page(packet, number, granule, kind) {
  const lacing = Buffer.from([...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const head = Buffer.alloc(27);
  head.write("OggS", 0, "latin1");
  head[5] = kind;
  head.writeUInt32LE(granule, 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  const whole = Buffer.concat([head, lacing, packet]);
  let sum = 0;
  for (const byte of whole) sum = ((sum << 8) ^ crc_table[((sum >>> 24) ^ byte) & 0xff]) >>> 0;
  whole.writeUInt32LE(sum, 22);
  return whole;
}

function ogg_of(packets) {
  const head = Buffer.from([...Buffer.from("OpusHead"), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  const tags = Buffer.from([...Buffer.from("OpusTags"), 0, 0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([page(head, 0, 0, 2), page(tags, 1, 0, 0), ...packets.map((packet, at) => page(packet, at + 2, (at + 1) * ticks, at + 1 === packets.length ? 4 : 0))]);
}

/// A tone with another one `above` it, which only wide-band sound holds; 0: none.
function encode_tone(hertz, above) {
  const wave = (pitch, i) => (pitch === 0 ? 0 : Math.sin((2 * Math.PI * pitch * i) / wide_rate));
  const sound = Buffer.alloc(2 * wide_rate * seconds);
  for (let i = 0; i < wide_rate * seconds; ++i) sound.writeInt16LE(Math.round(8000 * (wave(hertz, i) + wave(above, i))), 2 * i);
  return in_folder((folder) => {
    writeFileSync(join(folder, "in.raw"), sound);
    execFileSync("opusenc", ["--quiet", "--raw", "--raw-rate", String(wide_rate), "--raw-chan", "1", "--bitrate", above === 0 ? "24" : "48", "--framesize", "20", join(folder, "in.raw"), join(folder, "out.opus")]);
    return packets_of(readFileSync(join(folder, "out.opus")));
  });
}

function decode_packets(packets) {
  if (packets.length === 0) return [];
  return in_folder((folder) => {
    writeFileSync(join(folder, "in.opus"), ogg_of(packets));
    execFileSync("opusdec", ["--quiet", "--rate", String(rate), join(folder, "in.opus"), join(folder, "out.wav")]);
    const wav = readFileSync(join(folder, "out.wav"));
    const begin = wav.indexOf("data", 12, "latin1") + 8;
    return Array.from({ length: Math.floor((wav.length - begin) / 2) }, (_, i) => wav.readInt16LE(begin + 2 * i));
  });
}

export class OpusEnd extends End {
  static async open(hertz, host = "127.0.0.1", above = 0) {
    const end = await super.open(hertz, "mu", host);
    end.tone = encode_tone(hertz, above);
    end.other_types = 0; // packets that are no Opus
    return end;
  }

  take(packet, from) {
    if (packet.length < 13) return;
    if ((packet[1] & 0x7f) !== opus_type) return void ++this.other_types;
    this.packets.push({ at: Date.now(), payload: Buffer.from(packet.subarray(12)) });
    if (this.peer?.port === from.port) return;
    this.peer = from;
    if (!this.timer) this.begin();
  }

  send(number) {
    const header = this.header(opus_type, number, 0);
    header.writeUInt32BE((number * ticks) >>> 0, 4);
    if (!this.closed && !this.line.lost(number)) this.socket.send(Buffer.concat([header, this.tone[number % this.tone.length]]), this.peer.port, this.peer.address);
  }

  heard(since = 0) {
    return decode_packets(this.packets.filter((one) => one.at >= since).map((one) => one.payload));
  }
}
