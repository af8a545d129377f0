// A telephone network behind a trunk: takes registrations and calls by digest, answers questions, and does
// with each call what it is told. One UDP port.

import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { End } from "./sound.mjs";

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
  static async open({ hertz = 700, user = "", password = "", manner = "answers" } = {}) {
    const carrier = new Carrier();
    Object.assign(carrier, { user, password, manner, calls: [], down: false, contact: null, refused: 0, met: [], seen: new Map(), nonce: randomBytes(8).toString("hex") });
    carrier.end = await End.open(hertz);
    carrier.socket = createSocket("udp4");
    carrier.socket.on("message", (bytes, from) => carrier.take(parse(bytes), from));
    await new Promise((bound) => carrier.socket.bind(0, "127.0.0.1", bound));
    carrier.port = carrier.socket.address().port;
    carrier.socket.unref();
    return carrier;
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
    const sdp = `v=0\r\no=carrier 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${this.end.port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`;
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
    const text = `BYE ${target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${this.port};branch=z9hG4bK${randomBytes(6).toString("hex")};rport\r\nFrom: ${message.one("to")};tag=${call.tag}\r\nTo: ${message.one("from")}\r\nCall-ID: ${call.id}\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n`;
    this.socket.send(text, call.from.port, call.from.address);
  }

  reply(message, to, status, { tag = "c", headers = "", body = "" } = {}) {
    const tagged = message.one("to").includes("tag=") ? message.one("to") : `${message.one("to")};tag=${tag}`;
    const contact = headers.includes("Contact:") ? "" : `Contact: <sip:carrier@127.0.0.1:${this.port}>\r\n`;
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    const text = `SIP/2.0 ${status} ${reasons[status]}\r\n${message.all("via").map((via) => `Via: ${via}\r\n`).join("")}From: ${message.one("from")}\r\nTo: ${tagged}\r\nCall-ID: ${message.one("call-id")}\r\nCSeq: ${message.one("cseq")}\r\n${contact}${headers}${type}Content-Length: ${body.length}\r\n\r\n${body}`;
    this.socket.send(text, to.port, to.address);
  }

  close() {
    this.socket.close();
    this.end.close();
  }
}
