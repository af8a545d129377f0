// A telephone network behind a trunk: takes registrations and calls by digest, answers questions, and does
// with each call what it is told. One UDP port, or one of TLS with sound under lock; or a telephone system that
// logs in and calls itself.

import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { createServer } from "node:tls";
import { setTimeout as pass } from "node:timers/promises";
import assert from "node:assert/strict";
import { End } from "./sound.mjs";
import { SecureEnd, describe_locked } from "./secure.mjs";

const md5 = (text) => createHash("md5").update(text).digest("hex");
const reasons = { 100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 407: "Proxy Authentication Required", 486: "Busy Here", 487: "Request Terminated", 503: "Service Unavailable", 603: "Decline" };

function parse(bytes) {
  const [head, body = ""] = bytes.toString("latin1").split("\r\n\r\n", 2);
  const [first, ...lines] = head.split("\r\n");
  const headers = lines.map((line) => [line.slice(0, line.indexOf(":")).trim().toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  const all = (name) => headers.filter(([key]) => key === name).map(([, value]) => value);
  return { first, method: first.split(" ")[0], uri: first.split(" ")[1], all, one: (name) => all(name)[0], body };
}

const field = (text, name) => new RegExp(`${name}="?([^",]+)"?`).exec(text)?.[1];

export class Carrier {
  /// `hertz`: the tone of whoever is called. `manner` of the calls to come: answers, early, rings, busy,
  /// declined, wrong, unavailable, silent.
  static async open({ hertz = 700, user = "", password = "", manner = "answers", host = "127.0.0.1", identity = null } = {}) {
    const carrier = new this();
    Object.assign(carrier, { user, password, manner, host, calls: [], down: false, contact: null, refused: 0, met: [], seen: new Map(), nonce: randomBytes(8).toString("hex") });
    carrier.end = identity ? await SecureEnd.open(hertz) : await End.open(hertz, "mu", host);
    await (identity ? carrier.listen_by_tls(identity) : carrier.listen());
    carrier.port = carrier.socket.address().port;
    carrier.socket.unref();
    return carrier;
  }

  async listen() {
    this.transport = "udp";
    this.socket = createSocket("udp4");
    this.socket.on("message", (bytes, { address, port }) => this.take(parse(bytes), { address, port, send: (text) => this.socket.send(text, port, address) }));
    await new Promise((bound) => this.socket.bind(0, this.host, bound));
  }

  /// `identity`: {key, cert}. Whom each connection asked for is in `asked_for`.
  async listen_by_tls(identity) {
    this.transport = "tls";
    this.asked_for = [];
    this.streams = new Set();
    this.socket = createServer(identity, (stream) => {
      let bytes = Buffer.alloc(0);
      this.streams.add(stream);
      this.asked_for.push(stream.servername);
      stream.on("error", () => {});
      stream.on("close", () => this.streams.delete(stream));
      stream.on("data", (more) => {
        bytes = Buffer.concat([bytes, more]);
        for (;;) {
          const head = bytes.indexOf("\r\n\r\n");
          const length = Number(/^Content-Length: *(\d+)/im.exec(bytes.toString("latin1"))?.[1] ?? 0);
          if (head < 0 || bytes.length < head + 4 + length) return;
          this.take(parse(bytes.subarray(0, head + 4 + length)), { send: (text) => stream.write(text) });
          bytes = bytes.subarray(head + 4 + length);
        }
      });
    });
    this.socket.on("tlsClientError", () => (this.broken = (this.broken ?? 0) + 1));
    await new Promise((bound) => this.socket.listen(0, this.host, bound));
  }

  /// Its side of the sound; a lock is answered with its own.
  describe(message) {
    if (this.end instanceof SecureEnd) {
      this.end.learn(message.body);
      return describe_locked(this.end);
    }
    return `v=0\r\no=carrier 1 1 IN IP4 ${this.host}\r\ns=-\r\nc=IN IP4 ${this.host}\r\nt=0 0\r\nm=audio ${this.end.port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`;
  }

  /// As phone.trunks has it in the environment.
  setting(name, more = "", host = "127.0.0.1") {
    const login = this.password ? ` user=${this.user} password=${this.password}` : "";
    return `name=${name} host=${host}:${this.port}${login}${more}`;
  }

  take(message, from) {
    if (this.down || !message.method || message.first.startsWith("SIP/2.0")) return;
    this.met.push(message.method);
    if (message.method === "REGISTER") return this.register(message, from);
    if (message.method === "INVITE") return this.invite(message, from);
    if (message.method === "ACK") return;
    const call = this.calls.find((one) => one.id === message.one("call-id"));
    if (message.method === "CANCEL" && call) {
      call.cancelled = true;
      this.reply(message, from, 200);
      return this.reply(call.message, from, 487, { tag: call.tag });
    }
    if (message.method === "BYE" && call) call.ended = true;
    this.reply(message, from, 200);
  }

  /// Whether it proves the password; else it is asked for it.
  proves(message, from, status) {
    if (!this.password) return true;
    const header = message.one(status === 401 ? "authorization" : "proxy-authorization");
    if (header) {
      const secret = md5(`${this.user}:${field(header, "realm")}:${this.password}`);
      const asked = md5(`${message.method}:${field(header, "uri")}`);
      const qop = field(header, "qop");
      const between = qop ? `${field(header, "nonce")}:${field(header, "nc")}:${field(header, "cnonce")}:${qop}` : field(header, "nonce");
      if (field(header, "nonce") === this.nonce && md5(`${secret}:${between}:${asked}`) === field(header, "response")) return true;
      ++this.refused;
    }
    const name = status === 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
    this.reply(message, from, status, { headers: `${name}: Digest realm="carrier", nonce="${this.nonce}", algorithm=MD5, qop="auth"\r\n` });
    return false;
  }

  register(message, from) {
    if (!this.proves(message, from, 401)) return;
    const leaves = /expires=0|^0$/.test(`${message.one("contact")}`) || message.one("expires") === "0";
    this.contact = leaves ? null : message.one("contact");
    this.reply(message, from, 200, { headers: `Contact: ${message.one("contact")};expires=600\r\n` });
  }

  invite(message, from) {
    if (this.manner === "silent") return;
    const branch = message.one("via");
    if (this.seen.has(branch)) return this.seen.get(branch)();  // sent again: so is its answer
    if (!this.proves(message, from, 407)) return;
    const call = { id: message.one("call-id"), message, from, tag: randomBytes(4).toString("hex"), to: /sip:([^@]+)@/.exec(message.uri)[1], caller: /sip:([^@]+)@/.exec(message.one("from"))[1] };
    this.calls.push(call);
    const final = { busy: 486, declined: 603, wrong: 404, unavailable: 503 }[this.manner];
    const sdp = final ? "" : this.describe(message);
    this.reply(message, from, 100);
    if (final) {
      const answer = () => this.reply(message, from, final, { tag: call.tag });
      this.seen.set(branch, answer);
      return answer();
    }
    const early = this.manner === "early";
    this.reply(message, from, early ? 183 : 180, { tag: call.tag, body: early ? sdp : "" });
    call.answer = () => this.reply(message, from, 200, { tag: call.tag, body: sdp });
    if (this.manner === "answers") setTimeout(call.answer, 600);
  }

  /// Whoever was called hangs up.
  hang_up(call) {
    const { message } = call;
    const [, target] = /<([^>]+)>/.exec(message.one("contact"));
    const text = `BYE ${target} SIP/2.0\r\nVia: SIP/2.0/${this.transport.toUpperCase()} ${this.host}:${this.port};branch=z9hG4bK${randomBytes(6).toString("hex")};rport\r\nFrom: ${message.one("to")};tag=${call.tag}\r\nTo: ${message.one("from")}\r\nCall-ID: ${call.id}\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n`;
    call.from.send(text);
  }

  reply(message, to, status, { tag = "c", headers = "", body = "" } = {}) {
    const tagged = message.one("to").includes("tag=") ? message.one("to") : `${message.one("to")};tag=${tag}`;
    const contact = headers.includes("Contact:") ? "" : `Contact: <sip:carrier@${this.host}:${this.port};transport=${this.transport}>\r\n`;
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    const text = `SIP/2.0 ${status} ${reasons[status]}\r\n${message.all("via").map((via) => `Via: ${via}\r\n`).join("")}From: ${message.one("from")}\r\nTo: ${tagged}\r\nCall-ID: ${message.one("call-id")}\r\nCSeq: ${message.one("cseq")}\r\n${contact}${headers}${type}Content-Length: ${body.length}\r\n\r\n${body}`;
    to.send(text);
  }

  close() {
    this.streams?.forEach((stream) => stream.destroy());
    this.socket.close();
    this.end.close();
  }
}

/// A telephone system that logs in as `user` and calls by itself.
export class TelephoneSystem extends Carrier {
  answers = [];
  sent = 0;

  take(message, from) {
    if (message.first.startsWith("SIP/2.0")) return void this.answers.push(message);
    super.take(message, from);
  }

  /// The last answer to what was sent with this CSeq and Call-ID that is above 100, once there is one.
  async answer(id, sequence, within_ms = 60_000) {
    for (const last = Date.now() + within_ms; Date.now() < last; await pass(50)) {
      const found = this.answers.filter((one) => one.one("call-id") === id && one.one("cseq").startsWith(`${sequence} `) && !/^SIP\/2\.0 1/.test(one.first)).at(-1);
      if (found) return found;
    }
    return null;
  }

  say(to, method, uri, { id = `${++this.sent}@${this.nonce}`, sequence = 1, from = this.user, more = "", body = "", tag = "" } = {}) {
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    const text = `${method} ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP ${this.host}:${this.port};branch=z9hG4bK${randomBytes(6).toString("hex")};rport\r\nFrom: <sip:${from}@${this.host}>;tag=s\r\nTo: <${method === "REGISTER" ? `sip:${from}@${this.host}` : uri}>${tag}\r\nCall-ID: ${id}\r\nCSeq: ${sequence} ${method}\r\nContact: <sip:${from}@${this.host}:${this.port}>\r\nMax-Forwards: 70\r\n${more}${type}Content-Length: ${body.length}\r\n\r\n${body}`;
    this.socket.send(text, to, this.host);
    return id;
  }

  /// What proves the password to who asked for it.
  proof(challenge, method, uri, password = this.password) {
    const nonce = field(challenge.one("www-authenticate"), "nonce");
    const response = md5(`${md5(`${this.user}:rapport:${password}`)}:${nonce}:00000001:c:auth:${md5(`${method}:${uri}`)}`);
    return `Authorization: Digest username="${this.user}", realm="rapport", nonce="${nonce}", uri="${uri}", qop=auth, nc=00000001, cnonce="c", response="${response}"\r\n`;
  }

  /// Says it, is asked for the password, and says it again: the last answer, with what was said.
  async prove(to, method, uri, { password, body = "" } = {}) {
    const id = this.say(to, method, uri, { body });
    const asked = await this.answer(id, 1);
    assert.match(asked?.first ?? "no answer", / 401 /);
    const proof = this.proof(asked, method, uri, password);
    if (method === "INVITE") this.say(to, "ACK", uri, { id, tag: `;tag=${field(asked.one("to"), "tag")}` });
    this.say(to, method, uri, { id, sequence: 2, more: proof, body });
    const answer = await this.answer(id, 2);
    assert.ok(answer, "it is answered");
    if (method === "INVITE") this.say(to, "ACK", uri, { id, sequence: 2, tag: `;tag=${/tag=(\S+)/.exec(answer.one("to"))[1]}` });
    return { id, answer, proof };
  }
}
