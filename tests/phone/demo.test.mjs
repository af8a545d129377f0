// The demo centre's own calls: simulated callers and agents, who speak aloud, over real SIP and RTP.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, eventually } from "../server/server.mjs";
import { decode_recording, loudness } from "./sound.mjs";

const home = mkdtempSync(join(tmpdir(), "rapport-demo-"));
const rate = 8000;
let child, quality, out = "", err = "";

before(async () => {
  child = spawn(process.env.RAPPORT_BINARY, ["demo", "--data", join(home, "demo"), "--listen", "127.0.0.1:0", "--sip", "udp:127.0.0.1:0", "--seed", "3", "--pace", "12", "--agents", "6"],
    { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (err += text));
  const url = await eventually("the demo says where it is", () => out.match(/the desk +(http:\S+)\//)?.[1]);
  const password = out.match(/^ {2}quality +(\w+ \w+ \w+ \w+) /m)[1];
  quality = await new Client({ url }, "quality").login("quality", password);
  quality.url = url;
});
after(async () => {
  if (child?.exitCode === null) {
    child.kill("SIGINT");
    await new Promise((ended) => child.once("exit", ended));
  }
  rmSync(home, { recursive: true, force: true });
});

/// How loud that channel is while these words are spoken, as the timeline has them.
const during = (channel, words, begun) => loudness(channel.slice(((words.at_ms - begun) * rate) / 1000, ((words.end_ms - begun) * rate) / 1000));

test("a simulated customer calls, is served by a simulated agent, and the call is heard, kept and judged", async () => {
  const call = await eventually("a call is over and judged", async () => {
    const page = await quality.expect(200, "GET", "/api/v1/interactions?live=false&channel=voice&limit=20");
    for (const row of page.items.filter((one) => one.disposition && one.score !== null)) {
      const whole = await quality.expect(200, "GET", `/api/v1/interactions/${row.id}`);
      if (whole.events.some((event) => event.kind === "answered") && Date.parse(row.started_at) > Date.now() - 600_000) return whole;
    }
    return null;
  }, 600_000);
  const words = call.events.filter((event) => event.kind === "utterance");
  const of = (side) => words.filter((event) => event.by === side);
  assert.ok(of("customer").length >= 2 && of("agent").length >= 2, JSON.stringify(words));
  for (const one of words) assert.ok(one.end_ms > one.at_ms, JSON.stringify(one));
  const kinds = new Set(call.events.map((event) => event.kind));
  for (const kind of ["recording_started", "ended", "disposition"]) assert.ok(kinds.has(kind), [...kinds].join());

  // What was not said counts as well: the recogniser listened.
  const ledger = await quality.expect(200, "GET", `/api/v1/interactions/${call.id}/ledger`);
  const verdicts = new Set((ledger.practices ?? ledger.ledger?.practices).map((one) => one.verdict));
  assert.ok(verdicts.has("met") && verdicts.has("missed"), [...verdicts].join());

  const sound = await eventually("the recording is encoded", async () => {
    const answer = await fetch(`${quality.url}/api/v1/interactions/${call.id}/recording`, { headers: { Cookie: quality.cookie } });
    return answer.status === 200 ? decode_recording(Buffer.from(await answer.arrayBuffer())) : null;
  });
  const begun = call.events.find((event) => event.kind === "recording_started").at_ms;
  for (const [side, channel] of [["customer", sound.customer], ["agent", sound.agents]]) {
    const longest = of(side).toSorted((one, other) => other.end_ms - other.at_ms - (one.end_ms - one.at_ms))[0];
    assert.ok(during(channel, longest, begun) > 800, `${side} is heard saying "${longest.text}": ${during(channel, longest, begun)}`);
  }
});
