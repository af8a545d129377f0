// One end's sound: a tone of its own sent as RTP in mu-law, and everything that it hears.

import { createSocket } from "node:dgram";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rate = 8000;
const frame = 160;
const frame_ms = 20;

export function mu_law_byte(sample) {
  const sign = sample < 0 ? 0x7f : 0xff;
  const magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
  const segment = 31 - Math.clz32(magnitude) - 7;
  return ((segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) ^ sign;
}

export function mu_law_value(byte) {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

export function a_law_byte(sample) {
  const sign = sample < 0 ? 0x55 : 0xd5;
  const magnitude = Math.min(Math.abs(sample), 32767) >> 4;
  if (magnitude < 16) return magnitude ^ sign;
  const segment = 31 - Math.clz32(magnitude) - 3;
  return ((segment << 4) | ((magnitude >> (segment - 1)) & 0x0f)) ^ sign;
}

export function a_law_value(byte) {
  const bits = byte ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 0x0f) << 1) | 1;
  const magnitude = (segment === 0 ? step : (step | 0x20) << (segment - 1)) << 3;
  return bits & 0x80 ? magnitude : -magnitude;
}

const laws = {
  mu: { type: 0, byte: mu_law_byte, value: mu_law_value },
  a: { type: 8, byte: a_law_byte, value: a_law_value },
};
const key_type = 101;
const all_keys = "0123456789*#ABCD";

/// The two tones of a key (ITU-T Q.23).
export function tones_of(key) {
  const at = "123A456B789C*0#D".indexOf(key);
  return [[697, 770, 852, 941][at >> 2], [1209, 1336, 1477, 1633][at & 3]];
}

/// The peak of the sine of this frequency in the samples (Goertzel's filter).
export function peak_at(samples, hertz) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
  const power = last * last + before * before - coefficient * last * before;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
}

/// The loudness of all that is heard, as the peak of a sine of its power.
export function loudness(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(samples.length, 1);
  return Math.sqrt(2 * power);
}

/// The highest of these peaks in parts of so many samples, from the first on.
export function loudest(samples, hertz, part = 4_000) {
  return Math.max(...Array.from({ length: Math.floor(samples.length / part) }, (_, at) => peak_at(samples.slice(part * at, part * (at + 1)), hertz)));
}

/// Where an end's RTP comes and goes. It sends its tone to whoever sends to it.
export class End {
  static async open(hertz, law = "mu", host = "127.0.0.1") {
    const end = new this();
    end.hertz = hertz;
    end.law = laws[law];
    end.socket = createSocket(host.includes(":") ? "udp6" : "udp4");
    end.packets = [];
    end.line = { lost: () => false, late_ms: () => 0 }; // what becomes of the packet of this number on its way
    end.keys = ""; // that it was sent as events
    end.dialled = []; // keys whose tones it sends in the place of its own
    await new Promise((bound) => end.socket.bind(0, host, bound));
    end.port = end.socket.address().port;
    end.socket.unref();  // an end left open does not keep the test from ending
    end.socket.on("message", (packet, from) => end.take(packet, from));
    return end;
  }

  take(packet, from) {
    if (packet.length >= 16 && (packet[1] & 0x7f) === key_type) this.take_key(packet);
    if (packet.length < 12 || (packet[1] & 0x7f) !== this.law.type) return;
    this.heard_source = packet.readUInt32BE(8);
    this.packets.push({ at: Date.now(), samples: Array.from(packet.subarray(12), this.law.value), sequence: packet.readUInt16BE(2) });
    if (this.peer?.port === from.port) return;
    this.peer = from;
    if (!this.timer) this.begin();
  }

  /// Each key once, however often it is told of.
  take_key(packet) {
    const time = packet.readUInt32BE(4);
    if (time !== this.last_key) this.keys += all_keys[packet[12]];
    this.last_key = time;
  }

  begin() {
    const started = Date.now();
    this.sent = 0;
    this.timer = setInterval(() => {
      // As many as the clock says, so that a busy machine makes no gaps.
      for (; this.sent * frame_ms <= Date.now() - started; ++this.sent) this.send(this.sent);
    }, frame_ms);
    this.timer.unref();
  }

  /// Presses keys by RFC 4733, in place of some of its sound; each for 100 ms, told three times at its end.
  async press(keys) {
    for (const key of keys) {
      const began = this.sent;
      for (let i = 0; i < 8; ++i, ++this.sent) {
        const event = Buffer.from([all_keys.indexOf(key), i >= 5 ? 0x8a : 0x0a, 0, 0]);
        event.writeUInt16BE(Math.min(i + 1, 6) * frame, 2);
        this.socket.send(Buffer.concat([this.header(key_type, this.sent, began), event]), this.peer.port, this.peer.address);
      }
      await new Promise((later) => setTimeout(later, 8 * frame_ms));
    }
  }

  /// Presses keys as phones without events do: their tones in the place of its own, 100 ms each.
  async dial(keys) {
    for (const key of keys) {
      const [low, high] = tones_of(key);
      this.dialled.push(...Array(5).fill([low, high]), ...Array(3).fill(null));
    }
    while (this.dialled.length > 0) await new Promise((later) => setTimeout(later, frame_ms));
  }

  header(type, number, time) {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = type;
    header.writeUInt16BE(number & 0xffff, 2);
    header.writeUInt32BE(time * frame, 4);
    header.writeUInt32BE(0x1000 + this.port, 8);
    return header;
  }

  send(number) {
    const sound = Buffer.alloc(frame);
    const tones = this.dialled.shift() ?? [this.hertz];
    const sine = (hertz, i) => Math.sin((2 * Math.PI * hertz * (number * frame + i)) / rate);
    for (let i = 0; i < frame; ++i) sound[i] = this.law.byte(Math.round((8000 / tones.length) * tones.reduce((sum, hertz) => sum + sine(hertz, i), 0)));
    const packet = Buffer.concat([this.header(this.law.type, number, number), sound]);
    const send = () => this.closed || this.socket.send(packet, this.peer.port, this.peer.address);
    if (this.line.lost(number)) return;
    const late = this.line.late_ms(number);
    if (late > 0) setTimeout(send, late).unref();
    else send();
  }

  /// Tells whoever sends how much of it was lost, by RTCP (RFC 3550, section 6.4.2).
  report_loss(share) {
    const report = Buffer.alloc(32);
    report.writeUInt16BE(0x81c9, 0);
    report.writeUInt16BE(7, 2);
    report.writeUInt32BE(0x1000 + this.port, 4);
    report.writeUInt32BE(this.heard_source, 8);
    report[12] = Math.round(share * 256);
    this.socket.send(report, this.peer.port + 1, this.peer.address);
  }

  /// What it heard since then, in order; by default all.
  heard(since = 0) {
    return this.packets.filter((one) => one.at >= since).flatMap((one) => one.samples);
  }
  hears(hertz, since = 0) {
    return peak_at(this.heard(since), hertz);
  }
  /// Sends nothing more, as a phone that was unplugged.
  fall_silent() {
    clearInterval(this.timer);
  }
  close() {
    clearInterval(this.timer);
    this.closed = true;
    this.socket.close();
  }
}

/// A tone as a WAV file with linear samples of 16 bit.
export function wav_of(hertz, hertz_of_samples, channels, seconds) {
  const count = hertz_of_samples * seconds;
  const file = Buffer.alloc(44 + 2 * channels * count);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  [16, 1 | (channels << 16), hertz_of_samples, 2 * channels * hertz_of_samples, (2 * channels) | (16 << 16)].forEach((word, at) => file.writeUInt32LE(word, 16 + 4 * at));
  file.write("data", 36, "latin1");
  file.writeUInt32LE(file.length - 44, 40);
  for (let i = 0; i < count; ++i) {
    for (let channel = 0; channel < channels; ++channel) file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / hertz_of_samples)), 44 + 2 * (i * channels + channel));
  }
  return file;
}

/// Both channels of a recording (Opus in Ogg), decoded by opusdec: the customer's, the agents'.
export function decode_recording(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "rapport-recording-"));
  try {
    writeFileSync(join(folder, "in.opus"), bytes);
    execFileSync("opusdec", ["--quiet", "--rate", String(rate), join(folder, "in.opus"), join(folder, "out.wav")]);
    const wav = readFileSync(join(folder, "out.wav"));
    const begin = wav.indexOf("data", 12, "latin1") + 8;
    if (wav.readUInt16LE(22) !== 2 || wav.readUInt32LE(24) !== rate) throw new Error("not two channels at 8 kHz");
    const customer = [];
    const agents = [];
    for (let at = begin; at + 3 < wav.length; at += 4) {
      customer.push(wav.readInt16LE(at));
      agents.push(wav.readInt16LE(at + 2));
    }
    return { customer, agents, seconds: customer.length / rate };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
