// Ends that speak SIP by TLS and send their sound by SRTP (SDES), written from the RFCs and by Node's own
// cryptography, so that ours is heard by another's.

import { connect } from "node:tls";
import { createCipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import assert from "node:assert/strict";
import { End } from "./sound.mjs";

const tag_bytes = 10;

/// The keys of a session (RFC 3711, section 4.3.3, without a rate of derivation).
function derive(master) {
  const from = (label, bytes) => {
    const iv = Buffer.concat([master.subarray(16), Buffer.alloc(2)]);
    iv[7] ^= label;
    return createCipheriv("aes-128-ctr", master.subarray(0, 16), iv).update(Buffer.alloc(bytes));
  };
  return { cipher: from(0, 16), authentic: from(1, 20), salt: from(2, 14) };
}

function crypt(keys, packet) {
  const iv = Buffer.concat([keys.salt, Buffer.alloc(2)]);
  for (let i = 0; i < 4; ++i) iv[4 + i] ^= packet[8 + i]; // SSRC
  for (let i = 0; i < 2; ++i) iv[12 + i] ^= packet[2 + i]; // the sequence, in its first round
  return Buffer.concat([packet.subarray(0, 12), createCipheriv("aes-128-ctr", keys.cipher, iv).update(packet.subarray(12))]);
}

const tag = (keys, packet) => createHmac("sha1", keys.authentic).update(packet).update(Buffer.alloc(4)).digest().subarray(0, tag_bytes);

/// An end whose sound is under lock. `theirs` is set when their key is known.
export class SecureEnd extends End {
  static async open(hertz) {
    const end = Object.setPrototypeOf(await End.open(hertz), SecureEnd.prototype);
    end.master = randomBytes(30);
    end.ours = derive(end.master);
    end.forged = 0;
    const plain = end.socket.send.bind(end.socket);
    end.socket.send = (packet, ...rest) => {
      const locked = crypt(end.ours, packet);
      plain(Buffer.concat([locked, tag(end.ours, locked)]), ...rest);
    };
    return end;
  }
  key_line() {
    return `1 AES_CM_128_HMAC_SHA1_80 inline:${this.master.toString("base64")}`;
  }
  learn(description) {
    const key = description.match(/a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:([A-Za-z0-9+/]{40})/);
    assert.ok(key, `no key in:\n${description}`);
    assert.match(description, /m=audio \d+ RTP\/SAVP /);
    this.theirs = derive(Buffer.from(key[1], "base64"));
  }
  take(packet, from) {
    if (!this.theirs || packet.length < 12 + tag_bytes || (packet[1] & 0x7f) > 34) return;
    const locked = packet.subarray(0, -tag_bytes);
    if (!tag(this.theirs, locked).equals(packet.subarray(-tag_bytes))) return void ++this.forged;
    super.take(crypt(this.theirs, locked), from);
  }
}

/// SIP over one TLS connection: who connects is phone and caller.
export class TlsPhone {
  static async open(port, certificate) {
    const phone = new TlsPhone();
    phone.messages = [];
    phone.waiting = [];
    phone.text = "";
    phone.socket = connect({ port, host: "127.0.0.1", ca: certificate, servername: "localhost" });
    await new Promise((ready, failed) => phone.socket.once("secureConnect", ready).once("error", failed));
    phone.socket.on("error", () => {});
    phone.socket.on("data", (bytes) => phone.read(bytes.toString("latin1")));
    phone.place = `127.0.0.1:${phone.socket.localPort}`;
    phone.number = 0;
    return phone;
  }
  read(text) {
    this.text += text;
    for (;;) {
      const head = this.text.indexOf("\r\n\r\n");
      const size = Number(/^Content-Length: (\d+)/im.exec(this.text)?.[1] ?? 0);
      if (head < 0 || this.text.length < head + 4 + size) return;
      this.messages.push(this.text.slice(0, head + 4 + size));
      this.text = this.text.slice(head + 4 + size);
      this.waiting.splice(0).forEach((look) => look());
    }
  }
  /// The next message that begins so; those before it are dropped.
  async next(begin, within_ms = 60_000) {
    for (const last = Date.now() + within_ms; ; ) {
      const at = this.messages.findIndex((one) => begin.test(one));
      if (at >= 0) return this.messages.splice(0, at + 1).at(-1);
      assert.ok(Date.now() < last, `${begin} did not come, but:\n${this.messages.join("\n")}`);
      await Promise.race([new Promise((look) => this.waiting.push(look)), new Promise((later) => setTimeout(later, 200).unref())]);
    }
  }
  request(method, to, { from, more = "", body = "", sequence = 1, id = `${++this.number}@${this.place}` }) {
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    this.socket.write(`${method} ${to} SIP/2.0\r\nVia: SIP/2.0/TLS ${this.place};branch=z9hG4bK${id}${sequence}${method};rport\r\nFrom: ${from}\r\nTo: ${this.to ?? `<${to}>`}\r\nCall-ID: ${id}\r\nCSeq: ${sequence} ${method}\r\nContact: <sip:me@${this.place};transport=tls>\r\nMax-Forwards: 70\r\n${more}${type}Content-Length: ${body.length}\r\n\r\n${body}`);
    return id;
  }
  reply(to, status, { body = "", mark = "" } = {}) {
    const kept = to.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line)).map((line) => (/^To:/i.test(line) && mark && !line.includes("tag=") ? `${line};tag=${mark}` : line));
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    this.socket.write(`SIP/2.0 ${status}\r\n${kept.join("\r\n")}\r\nContact: <sip:me@${this.place};transport=tls>\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`);
  }
  async log_in(login, password) {
    const to = "sip:127.0.0.1";
    const md5 = (text) => createHash("md5").update(text).digest("hex");
    const asked = { from: `<sip:${login}@127.0.0.1>;tag=r`, id: `${login}@tls` };
    this.to = `<sip:${login}@127.0.0.1>`;
    this.request("REGISTER", to, asked);
    const nonce = /nonce="([^"]+)"/.exec(await this.next(/^SIP\/2\.0 401/))[1];
    const proof = md5(`${md5(`${login}:rapport:${password}`)}:${nonce}:00000001:c:auth:${md5(`REGISTER:${to}`)}`);
    this.request("REGISTER", to, { ...asked, sequence: 2, more: `Authorization: Digest username="${login}", realm="rapport", nonce="${nonce}", uri="${to}", qop=auth, nc=00000001, cnonce="c", response="${proof}"\r\n` });
    await this.next(/^SIP\/2\.0 200/);
    delete this.to;
  }
  close() {
    this.socket.destroy();
  }
}

export const describe_locked = (end, key = end.key_line()) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${end.port} RTP/SAVP 0\r\na=rtpmap:0 PCMU/8000\r\na=crypto:${key}\r\n`;
