// An agent's telephone with two lines: it logs in, lifts when it rings, and calls, holds and joins its calls as it is
// told. Each line has a tone of its own, which it sends whether it holds or not.

import assert from "node:assert/strict";
import { TelephoneSystem } from "./carrier.mjs";
import { End } from "./sound.mjs";

const status_of = (answer) => Number(answer.first.split(" ")[1]);

export class DeskPhone extends TelephoneSystem {
  requests = []; // that it got
  lines = 0;

  /// `to`: the server's SIP port.
  static async log_in({ login, password, to }, [hertz, second]) {
    const phone = Object.assign(await this.open({ hertz, user: login, password }), { login, to, second: await End.open(second) });
    const { answer } = await phone.prove(to, "REGISTER", `sip:127.0.0.1:${to}`);
    assert.equal(status_of(answer), 200);
    return phone;
  }

  proves() {
    return true; // nobody who rings it
  }
  take(message, from) {
    if (message.method && !message.first.startsWith("SIP/2.0")) this.requests.push(message);
    super.take(message, from);
  }
  /// Of this call, the newest last.
  got(method, line) {
    return this.requests.filter((one) => one.method === method && one.one("call-id") === line.id);
  }

  words(end, direction = "sendrecv") {
    return `v=0\r\no=phone 1 ${++this.lines} IN IP4 ${this.host}\r\ns=-\r\nc=IN IP4 ${this.host}\r\nt=0 0\r\nm=audio ${end.port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=${direction}\r\n`;
  }

  /// Calls, by this end: what it was told, and its line where it was answered.
  async dial(whom, end = this.end, password = this.password) {
    const uri = `sip:${whom}@127.0.0.1:${this.to}`;
    const body = this.words(end);
    const id = this.say(this.to, "INVITE", uri, { body });
    const asked = await this.answer(id, 1);
    assert.equal(status_of(asked), 401, "each call proves the password");
    this.say(this.to, "ACK", uri, { id, tag: `;tag=${/tag=(\S+)/.exec(asked.one("to"))[1]}` });
    this.say(this.to, "INVITE", uri, { id, sequence: 2, more: this.proof(asked, "INVITE", uri, password), body });
    const answer = await this.answer(id, 2, 90_000);
    assert.ok(answer, "it is answered");
    this.say(this.to, "ACK", uri, { id, sequence: 2, tag: `;tag=${/tag=(\S+)/.exec(answer.one("to"))[1]}` });
    const line = { id, end, from: `<sip:${this.user}@${this.host}>;tag=s`, to: answer.one("to"), target: /<([^>]+)>/.exec(answer.one("contact") ?? "")?.[1], sequence: 2, own: "s", peer: /tag=(\S+)/.exec(answer.one("to"))[1] };
    return { status: status_of(answer), reason: answer.first.split(" ").slice(2).join(" "), line };
  }

  /// Waits no more for what it dials.
  cancel() {
    const ringing = this.answers.findLast((one) => one.first.includes(" 180 "));
    const uri = /<([^>]+)>/.exec(ringing.one("to"))[1];
    this.socket.send(`CANCEL ${uri} SIP/2.0\r\nVia: ${ringing.one("via")}\r\nFrom: ${ringing.one("from")}\r\nTo: <${uri}>\r\nCall-ID: ${ringing.one("call-id")}\r\nCSeq: 2 CANCEL\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n`, this.to, this.host);
  }

  /// The line of the call that rang it last.
  rung() {
    const call = this.calls.at(-1);
    const { message } = call;
    return { id: call.id, end: this.end, from: `${message.one("to")};tag=${call.tag}`, to: message.one("from"), target: /<([^>]+)>/.exec(message.one("contact"))[1], sequence: 0, own: call.tag, peer: /tag=(\S+)/.exec(message.one("from"))[1] };
  }

  send(line, method, sequence, { more = "", body = "" } = {}) {
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    const via = `Via: SIP/2.0/UDP ${this.host}:${this.port};branch=z9hG4bK${method}${++this.sent}${this.nonce};rport\r\n`;
    this.socket.send(`${method} ${line.target} SIP/2.0\r\n${via}From: ${line.from}\r\nTo: ${line.to}\r\nCall-ID: ${line.id}\r\nCSeq: ${sequence} ${method}\r\nContact: <sip:${this.user}@${this.host}:${this.port}>\r\nMax-Forwards: 70\r\n${more}${type}Content-Length: ${body.length}\r\n\r\n${body}`, this.to, this.host);
  }
  /// Says it within the call: the answer's status.
  async ask(line, method, more = {}) {
    const sequence = ++line.sequence;
    this.send(line, method, sequence, more);
    const answer = await this.answer(line.id, sequence);
    assert.ok(answer, `${method} is answered`);
    if (method === "INVITE") this.send(line, "ACK", sequence);
    return status_of(answer);
  }

  async hold(line, holds = true) {
    assert.equal(await this.ask(line, "INVITE", { body: this.words(line.end, holds ? "sendonly" : "sendrecv") }), 200);
  }
  async leave(line) {
    assert.equal(await this.ask(line, "BYE"), 200);
  }
  /// Joins the call `line` with the other one; `peer` stands for the other end's tag.
  join(line, other, peer = other.peer) {
    const replaces = encodeURIComponent(`${other.id};to-tag=${peer};from-tag=${other.own}`);
    return this.ask(line, "REFER", { more: `Refer-To: <sip:colleague@127.0.0.1:${this.to}?Replaces=${replaces}>\r\n` });
  }
  /// What it was told of its REFERs, in turn.
  told(line) {
    return this.got("NOTIFY", line).map((one) => Number(one.body.split(" ")[1]));
  }

  close() {
    this.second.close();
    super.close();
  }
}
