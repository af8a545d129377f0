// What SIP ends do beside calling and hanging up: hold, keys, another law, CANCEL that comes too late,
// session timers.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { setTimeout as pass } from "node:timers/promises";
import { Centre, available, away, eventually, hear_just, loud, nothing, recently, talking } from "./centre.mjs";
import { loudest, loudness, peak_at } from "./sound.mjs";


let centre;
let ana;

before(async () => {
  centre = await Centre.open();
  ana = await centre.agent("ana", 1000);
});
after(() => centre?.stop());

const no_calls = () => eventually("no call is open", async () => (await centre.metric("rapport_phone_calls_open")) === 0);

test("an agent's phone holds by its own key: music for the caller, a hold in the timeline, and on again", async () => {
  const phone = centre.phone(ana, "phone_holds_when_told");
  await available(ana);
  const caller = await centre.caller("caller_stays", 700);
  await talking(caller, ana);
  const live = await centre.live("connected");
  await phone.tell();
  await eventually("the caller hears music, not the agent", () => {
    const heard = caller.end.heard(recently());
    return peak_at(heard, 1000) < nothing && loudness(heard) > nothing;
  });
  await eventually("nothing is sent to who holds", () => ana.end.heard(recently()).length === 0);
  await pass(500);
  await phone.tell(/a=sendonly[\s\S]*^ACK /m);
  await talking(caller, ana);
  await ana.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(live.id);
  const hold = closed.events.filter((event) => event.kind === "hold");
  assert.equal(hold.length, 1);
  assert.equal(hold[0].by, "agent");
  assert.ok(hold[0].end_ms - hold[0].at_ms >= 500);
  await away(ana);
  caller.end.close();
});

test("A-law carries both ways, and is recorded", async () => {
  const cleo = await centre.agent("cleo", 1600, "a");
  const phone = centre.phone(cleo, "phone_answers", { law: "PCMA" });
  await available(cleo);
  const caller = await centre.caller("caller_stays", 700, { law: "PCMA" });
  await talking(caller, cleo);
  await pass(500);
  await hear_just([caller.end, [1600], [700]], [cleo.end, [700], [1600]]);
  const live = await centre.live("connected");
  await cleo.client.expect(200, "POST", `/api/v1/interactions/${live.id}/end`);
  await caller.sipp.done();
  await phone.done();
  await centre.closed(live.id);
  const recorded = await centre.recording(live.id);
  assert.ok(loudest(recorded.customer, 700) > loud);
  assert.ok(loudest(recorded.agents, 1600) > loud);
  await away(cleo);
  caller.end.close();
  cleo.end.close();
});

test("keys come by INFO and by RFC 4733, and one that is told by both ways counts once", async () => {
  const pressed = () => centre.metric('rapport_phone_keys_total{by="caller"}');
  const before_ = await pressed();
  const both = await centre.caller("caller_presses", 700, { duration: 1500 });
  await eventually("the caller's end has a peer", () => both.end.sent > 10);
  await both.end.press("15#");
  await both.sipp.done();
  await no_calls();
  assert.equal(await pressed(), before_ + 3);
  both.end.close();
  const one = await centre.caller("caller_hangs_up_when_told", 700);
  await eventually("the caller's end has a peer", () => one.end.sent > 10);
  await one.end.press("0*A");
  await eventually("all three count", async () => (await pressed()) === before_ + 6);
  await one.sipp.tell();
  await one.sipp.done();
  await no_calls();
  assert.equal(await pressed(), before_ + 6);
  one.end.close();
});

test("a CANCEL after the answer changes nothing; the caller hangs up", async () => {
  const caller = await centre.caller("caller_cancels_late", 700);
  await caller.sipp.done();
  await no_calls();
  caller.end.close();
});

test("a phone that is lifted just as the caller gives up is hung up", async () => {
  const phone = centre.phone(ana, "phone_answers_cancelled");
  await available(ana);
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  const offered = await centre.live("offered");
  await phone.came(/^SIP\/2\.0 180/m);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  const closed = await centre.closed(offered.id);
  assert.ok(closed.events.every((event) => event.kind !== "answered"));
  await no_calls();
  await away(ana);
  caller.end.close();
});

/// A caller who cancels `delay` ms after calling, and does what has to be done with whatever comes.
/// Resolves to the status of their INVITE.
async function cancels_after(delay, name) {
  const socket = createSocket("udp4");
  await new Promise((ready) => socket.bind(0, "127.0.0.1", ready));
  const own = socket.address().port;
  const to = centre.sip_port();
  const say = (method, sequence, branch, tag = "", body = "") => socket.send([
    `${method} sip:support@127.0.0.1:${to} SIP/2.0`, `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK${branch}`, "Max-Forwards: 70",
    `From: <sip:+442079460123@127.0.0.1>;tag=${name}`, `To: <sip:support@127.0.0.1>${tag}`, `Call-ID: ${name}@test`, `CSeq: ${sequence} ${method === "ACK" && branch !== name ? "ACK" : method}`,
    `Contact: <sip:caller@127.0.0.1:${own}>`, ...(body ? ["Content-Type: application/sdp"] : []), `Content-Length: ${body.length}`, "", body].join("\r\n"), to, "127.0.0.1");
  const description = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${own} RTP/AVP 0\r\n`;
  let hung_up = false;
  let cancelling;
  const status = await new Promise((done) => {
    socket.on("message", (bytes) => {
      const text = bytes.toString("latin1");
      const [, code] = /^SIP\/2\.0 (\d+)/.exec(text) ?? [];
      const [, method] = /\r\nCSeq: *\d+ (\w+)/i.exec(text) ?? [];
      const [, tag] = /\r\nTo:[^\r]*(;tag=[^;\r]+)/i.exec(text) ?? [];
      if (method === "BYE" && code) return done(200);
      if (method !== "INVITE" || Number(code) < 200) return;
      if (Number(code) >= 300) {
        say("ACK", 1, name, tag);
        return done(Number(code));
      }
      say("ACK", 1, `${name}a`, tag);
      if (!hung_up) say("BYE", 2, `${name}b`, tag);
      hung_up = true;
    });
    say("INVITE", 1, name, "", description);
    cancelling = setTimeout(() => say("CANCEL", 1, name), delay);
  });
  clearTimeout(cancelling);
  socket.close();
  return status;
}

test("a CANCEL that races with the answer leaves no call behind, whoever wins", async () => {
  const statuses = [];
  for (let round = 0; round < 4; ++round) statuses.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => cancels_after(i, `race${round}x${i}`)))));
  assert.ok(statuses.every((status) => status === 200 || status === 487), statuses.join(" "));
  await no_calls();
  await eventually("nobody waits", async () => {
    const page = await centre.sue.expect(200, "GET", "/api/v1/interactions?live=true");
    return page.items.length === 0;
  });
});

test("a session timer is agreed on, and said again in the answer to a refresh", async () => {
  const caller = await centre.caller("caller_refreshes", 700);
  await caller.sipp.done();
  const short = await centre.caller("caller_asks_short_timer", 700);
  await short.sipp.done();
  await no_calls();
  for (const one of [caller, short]) one.end.close();
});
