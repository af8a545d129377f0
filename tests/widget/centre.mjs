// The centre behind the chat: brands, queues and an agent who is played through the API.

import { after, afterEach, before } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { employ, set_up, start } from "../server/server.mjs";
import { start_site } from "./site.mjs";

export const centre = {};

const patience_ms = 60_000;

/** Asks until the answer is true, and gives it. */
export async function eventually(what, ask) {
  for (const until = Date.now() + patience_ms; ;) {
    const found = await ask();
    if (found) return found;
    assert.ok(Date.now() < until, `not within ${patience_ms} ms: ${what}`);
    await wait(20);
  }
}

const closed_today = () => {
  // Open on a day that is neither today nor tomorrow, anywhere on earth.
  const day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(new Date().getUTCDay() + 3) % 7];
  return { zone: "Etc/UTC", week: { [day]: ["09:00-17:00"] } };
};

before(async () => {
  centre.server = await start();
  const root = await set_up(centre.server);
  centre.root = root;
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy", greeting: "Good to have you here. How can we help?" });
  const quick = { brand: "northwind", offer_seconds: 60, wrap_up_seconds: 60 };
  await root.expect(201, "POST", "/api/v1/queues", { ...quick, id: "general", label: "General" });
  await root.expect(201, "POST", "/api/v1/queues", { ...quick, id: "shut", label: "Shut", hours: closed_today() });
  await root.expect(201, "POST", "/api/v1/queues", { ...quick, id: "letterbox", label: "Letterbox", hours: closed_today(), accepts_when_closed: true });
  centre.ana = await employ(root, "ana", ["agent"], ["northwind"]);
  centre.sue = await employ(root, "sue", ["supervisor"], ["northwind"]);
  await root.expect(201, "POST", "/api/v1/agents", { id: centre.ana.me.user, skills: {}, capacity: { chat: 20 } });
  centre.site = await start_site(centre.server.port);
  centre.other_site = await start_site(centre.server.port);
  await at_work();
});
after(async () => {
  await centre.site?.stop();
  await centre.other_site?.stop();
  await centre.server?.stop();
});

/** Whatever a test left behind does not meet the next one. */
afterEach(async () => {
  centre.site.mend();
  centre.site.lose_answers(null);
  await at_work();
  await eventually("nobody is left", async () => {
    const { interactions } = await centre.sue.expect(200, "GET", "/api/v1/floor");
    for (const { id, stage } of interactions) {
      if (stage === "offered") await centre.ana.post(at(id, "answer"));
      await finish(id);
    }
    return interactions.length === 0;
  });
});

export const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;

export const at_work = () => centre.ana.put("/api/v1/me/presence", { presence: "available" });
/** Nobody is free: who comes waits. */
export const on_break = () => centre.ana.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "lunch" });

/** Answers the next offer and gives its interaction. */
export async function answer_next(agent = centre.ana) {
  const interaction = await eventually("an offer", async () => {
    const hands = await agent.expect(200, "GET", "/api/v1/me/hands");
    const offered = hands.state.in_hand.find((slot) => slot.state === "offered");
    return offered?.interaction;
  });
  await agent.expect(200, "POST", at(interaction, "answer"));
  return interaction;
}
export const say = (interaction, text, id) => centre.ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text, ...(id && { id }) });
/** Types until it is shown, which it is for some seconds alone. */
export const types = (interaction, shown) => eventually("who is typing", async () => {
  await centre.ana.expect(200, "POST", at(interaction, "typing"));
  return shown.waitFor({ timeout: 2_000 }).then(() => true, () => false);
});
/** The agent ends and wraps up. */
export async function finish(interaction) {
  await centre.ana.post(at(interaction, "end"));
  await centre.ana.post(at(interaction, "wrap-up"), {});
}
/** An agent of another brand, with a name of one's choice, at work, who alone has the skill of that id. */
export async function employ_as(login, name, brand) {
  const agent = await employ(centre.root, login, ["agent"], [brand]);
  await centre.root.expect(201, "POST", "/api/v1/agents", { id: agent.me.user, skills: { [brand]: 5 }, capacity: { chat: 3 } });
  await centre.root.expect(200, "PATCH", `/api/v1/users/${agent.me.user}`, { name }, { "If-Match": '"2"' });
  await agent.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  return agent;
}
/** What the customer wrote, as the agent reads it. */
export async function written(interaction) {
  const read = await centre.ana.expect(200, "GET", at(interaction));
  return read.events.filter((event) => event.kind === "message" && event.by === "customer").map((event) => event.text);
}
