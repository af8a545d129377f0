// A server with a phone, a brand, a queue and agents who have SIP phones.

import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { Client, employ, eventually, set_up, start } from "../server/server.mjs";
import { End, decode_recording, loudness, peak_at } from "./sound.mjs";
import { Sipp, free_udp_port } from "./sipp.mjs";

export const loud = 6000; // of a tone that was sent with a peak of 8000
export const nothing = 300;
/// Whether this machine has IPv6, at least with itself.
export const has_ipv6 = Object.values(networkInterfaces()).flat().some((one) => one.address === "::1");

/// The agent takes calls, also after one that they did not answer.
export async function available(agent) {
  await eventually("the agent can be offered calls", async () => (await agent.client.put("/api/v1/me/presence", { presence: "available" })).status === 200);
  await agent.client.post("/api/v1/me/resume");
}
export const away = (agent) => agent.client.put("/api/v1/me/presence", { presence: "break", reason: "lunch" });

export const recently = () => Date.now() - 300;

/// Waits until both hear each other, then lets them speak for so long, and says since when.
export async function talking(caller, agent, ms = 0) {
  await eventually("both hear each other", () => caller.end.hears(agent.end.hertz, recently()) > loud && agent.end.hears(caller.end.hertz, recently()) > loud);
  const since = Date.now();
  await pass(ms);
  return since;
}

const window_ms = 600; // that is listened to at once: a busy machine leaves gaps, and then the next one counts

/// Waits until there is a while in which each end hears all these tones and none of those, and says since when.
export async function hear_just(...wanted) {
  const fits = ([end, heard, unheard], since) => {
    const samples = end.heard(since);
    return samples.length > 0 && heard.every((hertz) => peak_at(samples, hertz) > loud) && unheard.every((hertz) => peak_at(samples, hertz) < nothing);
  };
  const told = ([end, heard, unheard]) => `${end.hertz} Hz hears ${[...heard, ...unheard].filter((hertz) => end.hears(hertz, recently()) > nothing)}, wanted ${heard}`;
  return eventually("everybody hears whom they should", async () => {
    const since = Date.now();
    await pass(window_ms);
    return wanted.every((one) => fits(one, since)) && since;
  }).catch((failure) => assert.fail(`${failure.message}: ${wanted.map(told).join("; ")}`));
}

/// Waits until this end hears music, or whatever else sounds.
export const music = (end) => eventually("music", () => loudness(end.heard(recently())) > nothing);

export class Centre {
  static async open(env = {}, brand = {}, queue = {}) {
    const centre = new Centre();
    const sip = `udp:127.0.0.1:0,tcp:127.0.0.1:0${has_ipv6 ? ",udp:[::1]:0" : ""}`;
    centre.server = await start({ RAPPORT_PHONE_SIP: sip, RAPPORT_LOG_FORMAT: "json", ...env });
    centre.root = await set_up(centre.server);
    await centre.root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy", time_zone: "Europe/London", ...brand });
    await centre.root.expect(201, "POST", "/api/v1/queues", { id: "support", brand: "northwind", label: "Support", offer_seconds: 30, wrap_up_seconds: 1, ...queue });
    centre.sue = await employ(centre.root, "sue", ["quality"], ["northwind"]);
    return centre;
  }

  /// The port of SIP over this transport, as the system chose it at the last start.
  sip_port(transport = "udp", host = "127.0.0.1") {
    const where = host.includes(":") ? `\\[${host}\\]` : host.replaceAll(".", "\\.");
    const found = [...this.server.log().matchAll(new RegExp(`"address":"${transport}:${where}:(\\d+)"`, "g"))].at(-1);
    assert.ok(found, `no SIP address in the log:\n${this.server.log()}`);
    return Number(found[1]);
  }

  /// An agent who may have a phone, which is not logged in.
  async agent_without_phone(login) {
    const client = await employ(this.root, login, ["agent"], ["northwind"]);
    const made = await this.root.expect(201, "POST", `/api/v1/users/${client.me.user}/phone`);
    return { client, login, id: client.me.user, password: made.password };
  }
  /// An agent with a phone that is logged in; `hertz` is the tone of their voice.
  async agent(login, hertz, law = "mu") {
    const agent = { ...(await this.agent_without_phone(login)), end: await End.open(hertz, law), port: await free_udp_port() };
    await this.log_in(agent);
    return agent;
  }
  async log_in(agent) {
    await new Sipp("phone_logs_in", { to: this.sip_port(), port: agent.port, login: agent.login, password: agent.password }).done();
  }
  phone(agent, scenario, more = {}) {
    return new Sipp(scenario, { port: agent.port, rtp: agent.end.port, ...more });
  }
  /// A caller with a tone.
  async caller(scenario, hertz, more = {}) {
    const end = await End.open(hertz, more.law === "PCMA" ? "a" : "mu", more.host);
    const sipp = new Sipp(scenario, { to: this.sip_port("udp", more.host), port: await free_udp_port(more.host), rtp: end.port, ...more });
    return { end, sipp };
  }

  /// The only live interaction, once its timeline has come so far: waiting, offered, connected.
  async live(stage) {
    return eventually(`an interaction is ${stage}`, async () => {
      const page = await this.sue.expect(200, "GET", "/api/v1/interactions?live=true");
      for (const row of page.items) {
        const whole = await this.whole(row.id);
        const kinds = whole.events.map((event) => event.kind);
        const at = kinds.includes("answered") ? "connected" : kinds.includes("offered") ? "offered" : "waiting";
        if (at === stage || (stage === "waiting" && at === "offered")) return whole;
      }
      return null;
    });
  }
  whole(id) {
    return this.sue.expect(200, "GET", `/api/v1/interactions/${id}`);
  }
  async closed(id) {
    return eventually(`${id} is closed`, async () => {
      const whole = await this.whole(id);
      return whole.closed_at ? whole : null;
    });
  }
  /// A counter or gauge of the server's, by its name with its labels.
  async metric(name) {
    const text = await (await fetch(`${this.server.url}/metrics`)).text();
    const line = text.split("\n").find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? 0);
  }
  /// Where recordings lie, sealed.
  recordings() {
    return join(this.server.home, "data", "recordings");
  }
  /// The file as it is heard, once it is encoded.
  async recording_file(id, client = this.sue) {
    return eventually("the recording is encoded", async () => {
      const answer = await fetch(`${this.server.url}/api/v1/interactions/${id}/recording`, { headers: { Cookie: client.cookie } });
      if (answer.status === 200) return Buffer.from(await answer.arrayBuffer());
      assert.ok([404, 409].includes(answer.status), `${answer.status}`);
      return null;
    });
  }
  /// Both channels, decoded.
  async recording(id) {
    return decode_recording(await this.recording_file(id));
  }
  async stop() {
    await this.server.stop();
  }
}

export { Client, employ, eventually };
