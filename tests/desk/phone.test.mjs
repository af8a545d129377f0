// An agent's browser is their phone: a caller by SIP, tones measured at both ends and in the recording.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { setTimeout as pass } from "node:timers/promises";
import { call_in, free_udp_port, hears, listen_in, open_speaking_browser, reached_at, spoken_in } from "./calls.mjs";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { open_network } from "./network.mjs";
import { assert_accessible_both, offer, sign_in, sit_down } from "./people.mjs";
import { decode_recording, loudest, peak_at } from "../phone/sound.mjs";

const agents_hertz = 1000;
const callers_hertz = 700;
const loud = 4000; // of a tone sent with a peak of 8000
const nothing = 300;
const clear_db = 25;

let centre, network, browser, ana;
before(async () => {
  const sip = await free_udp_port();
  [centre, browser] = await Promise.all([start_centre({ env: { RAPPORT_PHONE_SIP: `udp:127.0.0.1:${sip}` } }), open_speaking_browser(agents_hertz)]);
  centre.sip = sip;
  network = await open_network(centre.port);
  ana = await sit_down(browser, network.url, { before: listen_in });
  await sign_in(ana, "ana", centre.password("ana"));
});
after(async () => {
  await browser?.close();
  await network?.close();
  await centre?.stop();
});

const phone = () => ana.getByRole("region", { name: "Phone" });
const line = (words) => phone().getByRole("status").filter({ hasText: words }).waitFor();
const caller_hears = (caller, hertz) => caller.end.hears(hertz, Date.now() - 400);
const both_hear = (caller) => eventually("both hear each other", async () => caller_hears(caller, agents_hertz) > loud && (await hears(ana, callers_hertz)) > clear_db);

async function end() {
  await ana.getByRole("button", { name: "End", exact: true }).click();
  await ana.getByRole("button", { name: "End it" }).click();
}

test("the agent makes the browser their phone, and sees that it works", async () => {
  await line("No phone here");
  await phone().getByRole("button", { name: "Use this browser" }).click();
  await line("Phone ready");
  await phone().getByRole("button", { name: "Devices" }).click();
  const dialog = ana.getByRole("dialog", { name: "Devices" });
  for (const words of ["This address may use a microphone", "The microphone is open", "You were heard", "The phone is connected"]) {
    await dialog.getByRole("listitem").filter({ hasText: words }).filter({ hasText: "Done:" }).waitFor();
  }
  await eventually("microphones are listed", async () => (await dialog.getByLabel("Microphone").getByRole("option").count()) > 1);
  await assert_accessible_both(ana, "devices");
  await ana.keyboard.press("Escape");
});

let caller;
test("a call rings in the browser; the offer's button lifts it, and both hear each other and not themselves", async () => {
  await ana.getByRole("button", { name: "Become available" }).click();
  caller = await call_in(centre, "caller_stays", callers_hertz, { limit: 800 });
  await offer(ana).waitFor();
  await line("Ringing");
  await offer(ana).getByRole("button", { name: "Accept" }).click();
  await line("In a call");
  await both_hear(caller);
  assert.ok(caller_hears(caller, callers_hertz) < nothing, "the caller does not hear themselves");
  assert.ok((await hears(ana, agents_hertz)) < clear_db, "the agent does not hear themselves");
  assert.deepEqual(await spoken_in(ana), ["audio/opus", "audio/opus"], "Opus both ways; the caller speaks G.711");
  await assert_accessible_both(ana, "in a call");
});

test("muted, the caller hears nothing of the agent, and the agent goes on hearing", async () => {
  await ana.getByRole("button", { name: "Mute" }).click();
  await eventually("the agent is not heard", () => caller.end.heard(Date.now() - 400).length > 0 && caller_hears(caller, agents_hertz) < nothing);
  await eventually("the agent goes on hearing", async () => (await hears(ana, callers_hertz)) > clear_db);
  await ana.getByRole("button", { name: "Muted" }).click();
  await both_hear(caller);
});

test("held, the caller hears music instead of the agent", async () => {
  await ana.getByRole("button", { name: /^Hold/ }).click();
  await eventually("the agent is not heard", () => caller.end.heard(Date.now() - 400).length > 0 && caller_hears(caller, agents_hertz) < nothing);
  await ana.getByRole("button", { name: /^Hold/ }).click();
  await both_hear(caller);
});

test("in a call nothing can be written to the customer, whom it would not reach; a note can", async () => {
  const note = ana.getByRole("textbox", { name: /^Internal note about/ });
  assert.equal(await note.evaluate((area) => area === document.activeElement), false, "keys are commands");
  for (const name of [/^Canned reply/, /^File/]) assert.equal(await ana.getByRole("button", { name }).count(), 0);
  await ana.keyboard.press("n");
  await ana.keyboard.type("prefers to be called");
  await ana.keyboard.press("Enter");
  await ana.getByRole("log").getByText("prefers to be called").waitFor();
  await ana.keyboard.press("Escape");
  assert.equal(await ana.getByRole("textbox", { name: /^Message to/ }).count(), 0);
});

const call = () => ana.getByRole("region", { name: "Call" });
test("the desk says how the line is, pauses the recording by a key, and presses keys for the caller's end", async () => {
  await call().getByText("Line: good").click();
  await call().getByRole("row", { name: /customer's side 4\.\d+ 0 %/ }).waitFor();
  await call().getByRole("row", { name: /your side/ }).waitFor();
  await ana.keyboard.press("Control+b");
  await call().getByText("Recording is paused: card data may be said.").waitFor();
  await both_hear(caller);
  await assert_accessible_both(ana, "a paused recording");
  await ana.keyboard.press("Control+b");  // never resumes
  await call().getByRole("button", { name: /^Resume recording/ }).click();
  await call().getByText("Recording is paused").waitFor({ state: "detached" });
  await ana.getByText(/^Recording paused for \d+:/).waitFor();
  await call().getByRole("button", { name: /^Keypad/ }).click();
  const keypad = call().getByRole("group", { name: "Keypad for the customer's end" });
  await keypad.getByRole("button", { name: "Key 4", exact: true }).click();
  await ana.keyboard.press("2");
  await ana.keyboard.press("#");
  await eventually("the caller's end is sent the keys", () => caller.end.keys === "42#");
  await keypad.getByText("Key # sent, 3 in all").waitFor();
  await assert_accessible_both(ana, "the keypad");
  await ana.keyboard.press("Escape");
  await keypad.waitFor({ state: "detached" });
});

/** Whether the server took a REGISTER on a phone's connection that is opened from now on. */
function registers_anew() {
  const now = { registered: false };
  ana.on("websocket", (socket) => {
    if (!socket.url().includes("/me/phone/socket")) return;
    socket.on("framereceived", ({ payload }) => (now.registered ||= /^SIP\/2\.0 200 .*CSeq: \d+ REGISTER/s.test(payload)));
  });
  return now;
}

test("sound goes on while the WebSocket is cut, and the phone is ready again afterwards", async () => {
  const phones_line = registers_anew();
  network.cut();
  await ana.getByText(/Connection lost/).waitFor();
  const since = Date.now();
  await pass(1_000);
  network.mend(); // before the call is given up
  assert.ok(loudest(caller.end.heard(since), agents_hertz, 1_000) > loud, "the agent was heard");

  await ana.getByText(/Connection lost/).waitFor({ state: "detached" });
  await eventually("the phone is ready again", () => phones_line.registered);
  await both_hear(caller);
});

test("a browser whose network changed finds its way anew in the same call", async () => {
  const names = () => ana.evaluate(() => {
    const { localDescription, remoteDescription } = window.peers.at(-1);
    return [localDescription, remoteDescription].map((one) => /a=ice-ufrag:(\S+)/.exec(one.sdp)[1]);
  });
  const [own, servers] = await names();
  await ana.evaluate(() => {
    const peer = window.peers.at(-1);
    Object.defineProperty(peer, "iceConnectionState", { get: () => "disconnected", configurable: true });
    peer.dispatchEvent(new Event("iceconnectionstatechange"));
  });
  const [own_now, servers_now] = await eventually("both name themselves anew", async () => {
    const now = await names();
    return now[0] !== own && now[1] !== servers ? now : null;
  });
  await ana.evaluate(() => delete window.peers.at(-1).iceConnectionState);
  await eventually("a way was found by the new names", () => ana.evaluate(async (name) => {
    const stats = await window.peers.at(-1).getStats();
    const transport = [...stats.values()].find((one) => one.type === "transport");
    const pair = stats.get(transport.selectedCandidatePairId);
    return pair?.state === "succeeded" && stats.get(pair.localCandidateId).usernameFragment === name;
  }, own_now));
  assert.notEqual(servers_now, servers);
  await both_hear(caller);
});

// Browsers take no part of loopback for a way.
const has_ipv6 = Object.values(networkInterfaces()).flat().some((one) => one.family === "IPv6" && !one.internal && !one.address.startsWith("fe80:"));

test("the page is loaded anew in the middle of the call, and it goes on by itself, by IPv6 alone where there is that", async () => {
  if (has_ipv6) await ana.evaluate(() => sessionStorage.setItem("only_ipv6", ""));
  await ana.reload();
  await line("In a call");
  await both_hear(caller);
  if (has_ipv6) assert.match(await reached_at(ana), /:/);
});

test("the desk ends the call; each side is in its channel of the recording", async () => {
  const { interaction } = await ana.evaluate(() => ({ interaction: location.pathname.split("/").pop() }));
  await end();
  await caller.sipp.done();
  await line("Phone ready");
  const quinn = await by_api(centre, "quinn");
  const recorded = decode_recording(await eventually("the recording is encoded", async () => {
    const answer = await fetch(`${centre.url}/api/v1/interactions/${interaction}/recording`, { headers: quinn.proof });
    return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null;
  }));
  // The loudest that a tone is in any half second of a channel.
  const loudest = (samples, hertz) => Math.max(...Array.from({ length: Math.floor(samples.length / 4_000) }, (_, at) => peak_at(samples.slice(4_000 * at, 4_000 * (at + 1)), hertz)));
  assert.ok(loudest(recorded.customer, callers_hertz) > loud, "left: the caller");
  assert.ok(loudest(recorded.customer, agents_hertz) < nothing, "left: nobody else");
  assert.ok(loudest(recorded.agents, agents_hertz) > loud, "right: the agent");
  assert.ok(loudest(recorded.agents, callers_hertz) < nothing, "right: nobody else");
  assert.deepEqual(ana.troubles, []);
  caller.end.close();
});

test("a message that a caller left is offered without ringing, and is heard in the desk", async () => {
  const admin = await by_api(centre, "admin");
  await admin("POST", "/api/v1/menus", { id: "night", brand: "northwind", numbers: ["4420"], start: "message", steps: { message: { do: "voicemail", queue: "general" } } });
  const own = await by_api(centre, "ana");
  const [held] = (await own("GET", "/api/v1/interactions?live=true")).items;
  if (held) await own("POST", `/api/v1/interactions/${held.id}/wrap-up`, { outcome: "resolved" });
  const leaving = await call_in(centre, "caller_hangs_up", callers_hertz, { service: "4420", duration: 4000 });
  await leaving.sipp.done();
  await offer(ana).getByRole("button", { name: "Accept" }).click();
  const message = ana.getByRole("region", { name: "Left message" });
  await message.waitFor();
  await line("Phone ready"); // nothing rings, and there is no call
  const seconds = () => message.locator("audio").evaluate((audio) => audio.duration);
  await eventually("it can be played", async () => (await seconds().catch(() => 0)) > 2);
  assert.ok((await seconds()) < 6);
  await message.locator("audio").evaluate((audio) => audio.play());
  await eventually("it plays", () => message.locator("audio").evaluate((audio) => audio.currentTime > 0.3));
  await assert_accessible_both(ana, "a left message");
  await end();
  leaving.end.close();
});

test("who is not logged in, or speaks something else, gets no phone; the pages allow themselves the microphone", async () => {
  const page = "a".repeat(20);
  const status = async (path, headers) => (await fetch(`${centre.url}${path}`, { headers })).status;
  assert.equal(await status("/api/v1/me/phone", {}), 401);
  const refused = await ana.evaluate(async (id) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/api/v1/me/phone/socket?page=${id}`, "xmpp");
    return new Promise((told) => {
      socket.onopen = () => told("open");
      socket.onerror = () => told("refused");
    });
  }, page);
  assert.equal(refused, "refused");
  assert.match((await fetch(centre.url)).headers.get("permissions-policy"), /microphone=\(self\)/);
});
