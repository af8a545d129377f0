// What must reach a supervisor, and what an agent has not sent yet.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { listen } from "./feed.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

let server, root, ana, ben, sue, sam, quinn, far;
const at = (interaction, name = "") => `/api/v1/interactions/${interaction}${name && `/${name}`}`;
const manners = {
  "playbook.yaml": "name: Manners\nversion: 1.0\n",
  "signals/words.yaml": "agent.swears:\n  meaning: the agent swears\n  phrases: [damn]\n",
  "practices/manners.yaml": "polite.no-swearing: {say: Do not swear, never: agent.swears, weight: 3, critical: true}\n",
};

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const id of ["northwind", "southsea"]) {
    await root.expect(201, "POST", "/api/v1/brands", { id, name: id });
    await root.expect(201, "POST", "/api/v1/queues", { id: `${id}-main`, brand: id, label: "Main", offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const version = await root.expect(201, "POST", "/api/v1/playbooks", { files: manners });
  await root.expect(200, "POST", `/api/v1/playbooks/${version.id}/activate`, { brand: "northwind" });
  const staff = [["ana", "agent"], ["ben", "agent"], ["sue", "supervisor"], ["sam", "supervisor"], ["quinn", "quality"]];
  [ana, ben, sue, sam, quinn] = await Promise.all(staff.map(([login, role]) => employ(root, login, [role], ["northwind"])));
  far = await employ(root, "far", ["supervisor"], ["southsea"]);
  await Promise.all([ana, ben].map((who) => who.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "only what is given" })));
});
after(async () => { await server?.stop(); });

const begin = async (who = ana) => (await sue.expect(201, "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind-main", agent: who.me.user })).interaction;
async function finish(interaction, who = ana) {
  await who.expect(200, "POST", at(interaction, "end"));
  await who.expect(200, "POST", at(interaction, "wrap-up"), {});
}
const inbox = async (who, query = "") => (await who.expect(200, "GET", `/api/v1/inbox${query}`)).items;

test("a flag and a request for help are listed, taken, given back and resolved", async () => {
  const interaction = await begin();
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "flagged", reason: "He speaks of giving up on everything." });
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "help_requested", of: "a lead, about a refund" });
  const items = await inbox(sue, `?interaction=${interaction}`);
  assert.deepEqual(items.map((one) => [one.kind, one.state, one.agent, one.text]).sort(), [
    ["flag", "open", ana.me.user, "He speaks of giving up on everything."],
    ["help", "open", ana.me.user, "a lead, about a refund"],
  ]);
  assert.deepEqual((await inbox(quinn, `?interaction=${interaction}`)).map((one) => one.kind), ["flag"], "requests for help are for those who answer them");
  assert.deepEqual(await inbox(far), []);
  const flag = items.find((one) => one.kind === "flag");
  const help = items.find((one) => one.kind === "help");
  const one = (item, name = "") => `/api/v1/inbox/${item.id}${name && `/${name}`}`;
  await far.refused(404, "not_found", "GET", one(flag));
  await quinn.refused(404, "not_found", "POST", one(help, "take"));
  await ana.refused(403, "not_permitted", "GET", "/api/v1/inbox");

  const taken = await sue.expect(200, "POST", one(flag, "take"));
  assert.deepEqual([taken.state, taken.by], ["taken", sue.me.user]);
  await sue.expect(200, "POST", one(flag, "take"));
  await sam.refused(409, "already_taken", "POST", one(flag, "take"));
  await sam.refused(409, "already_taken", "POST", one(flag, "release"));
  assert.deepEqual((await inbox(sam, `?state=taken&interaction=${interaction}`)).map((item) => item.id), [flag.id]);
  assert.equal((await sue.expect(200, "POST", one(flag, "release"))).state, "open");
  await sam.expect(200, "POST", one(flag, "take"));
  await sue.refused(422, "invalid", "POST", one(flag, "resolve"), {});
  const done = await sue.expect(200, "POST", one(flag, "resolve"), { note: "His doctor was told." });
  assert.deepEqual([done.state, done.by, done.note], ["done", sue.me.user, "His doctor was told."]);
  await sam.refused(409, "already_done", "POST", one(flag, "resolve"), { note: "Again" });
  await sam.refused(409, "already_done", "POST", one(flag, "take"));
  assert.deepEqual((await inbox(sam, `?interaction=${interaction}`)).map((item) => item.kind), ["help"]);
  assert.deepEqual((await inbox(sam, `?state=done&kind=flag&interaction=${interaction}`)).map((item) => item.note), ["His doctor was told."]);
  assert.equal((await sue.expect(200, "GET", one(flag))).state, "done");
  for (const query of ["?state=lost", "?kind=gossip", "?limit=0"]) await sue.refused(400, "malformed", "GET", `/api/v1/inbox${query}`);
  await sue.refused(403, "not_permitted", "GET", "/api/v1/inbox?brand=southsea");
  const trail = await root.expect(200, "GET", `/api/v1/audit?subject=inbox:${flag.id}`);
  assert.deepEqual(trail.items.map((entry) => entry.action), ["inbox.resolve", "inbox.take", "inbox.release", "inbox.take"]);
  await finish(interaction);
});

test("a critical practice that is missed reaches supervisors while the conversation runs, once", async () => {
  const interaction = await begin();
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "damn" });
  const [item] = await eventually("it is in the inbox", async () => {
    const items = await inbox(sue, `?interaction=${interaction}`);
    return items.length > 0 && items;
  });
  assert.deepEqual([item.kind, item.practice, item.agent, item.text], ["missed", "polite.no-swearing", ana.me.user, "Do not swear"]);
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "damn again" });
  await finish(interaction);
  await eventually("closed", async () => (await quinn.expect(200, "GET", at(interaction))).closed_at !== null);
  assert.equal((await inbox(sue, `?interaction=${interaction}`)).length, 1);
});

test("the feed tells of the inbox, and who asked for help hears that somebody comes", async () => {
  const interaction = await begin(ben);
  const lead = await listen(sue, ["flags/northwind", "help/northwind"]);
  const agent = await listen(ben, [`agent/${ben.me.user}`]);
  await ben.expect(200, "POST", at(interaction, "events"), { kind: "help_requested", of: "a lead" });
  const asked = await eventually("the request is heard", () => lead.heard.find((event) => event.kind === "help" && event.interaction === interaction));
  assert.deepEqual([asked.stream, asked.state], ["help/northwind", "open"]);
  await sue.expect(200, "POST", `/api/v1/inbox/${asked.id}/take`);
  await eventually("taking is heard", () => lead.heard.find((event) => event.id === asked.id && event.state === "taken"));
  const answer = await eventually("the agent hears it", () => agent.heard.find((event) => event.kind === "help"));
  assert.deepEqual([answer.state, answer.by], ["taken", sue.me.user]);
  lead.close();
  agent.close();
  await finish(interaction, ben);
});

test("a draft is kept while the interaction is in hand, and for nobody else", async () => {
  const interaction = await begin();
  const path = `/api/v1/me/drafts/${interaction}`;
  await ana.refused(404, "not_found", "GET", path);
  await ana.expect(200, "PUT", path, { text: "I have looked at" });
  await ana.expect(200, "PUT", path, { text: "I have looked at your readings" });
  assert.equal((await ana.expect(200, "GET", path)).text, "I have looked at your readings");
  assert.deepEqual((await ana.expect(200, "GET", "/api/v1/me/drafts")).items.map((one) => one.interaction), [interaction]);
  await ben.refused(404, "not_found", "GET", path);
  await ben.refused(404, "not_found", "PUT", path, { text: "mine" });
  await sue.refused(404, "not_found", "GET", path);
  await quinn.refused(403, "not_permitted", "GET", path);
  await ana.refused(422, "invalid", "PUT", path, { text: "x".repeat(65_537) });
  await ana.refused(422, "invalid", "PUT", path, {});
  await ana.expect(204, "DELETE", path);
  await ana.refused(404, "not_found", "DELETE", path);
  await ana.expect(200, "PUT", path, { text: "to be gone" });
  await finish(interaction);
  await ana.refused(404, "not_found", "GET", path);
  assert.deepEqual((await ana.expect(200, "GET", "/api/v1/me/drafts")).items, []);
});

test("no card number is kept, wherever somebody writes it", async () => {
  const card = "4111 1111 1111 1111";
  const masked = "**** **** **** 1111";
  const interaction = await begin();
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "flagged", reason: "He reads his card aloud." });
  assert.equal((await ana.expect(200, "PUT", `/api/v1/me/drafts/${interaction}`, { text: `Your card ${card}` })).text, `Your card ${masked}`);
  const [flag] = await inbox(sue, `?interaction=${interaction}`);
  assert.equal((await sue.expect(200, "POST", `/api/v1/inbox/${flag.id}/resolve`, { note: `It was ${card}.` })).note, `It was ${masked}.`);
  const customer = await sue.expect(201, "POST", "/api/v1/customers", { brand: "northwind", name: `Pat ${card}`, given_name: card });
  assert.deepEqual([customer.name, customer.given_name], [`Pat ${masked}`, masked]);
  const matter = await sue.expect(201, "POST", "/api/v1/cases", { customer: customer.id, title: card, reason: card });
  assert.deepEqual([matter.title, matter.reason], [masked, masked]);
  assert.equal((await root.expect(201, "POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "card", title: "Card", text: card })).text, masked);
  await finish(interaction);
});

test("who asks for help must be allowed to", async () => {
  const interaction = await begin();
  const machine = new Client(server, "a token without help.ask");
  machine.token = (await ana.expect(201, "POST", "/api/v1/me/tokens", { name: "narrow", scopes: ["contacts.handle"] })).secret;
  await machine.expect(200, "POST", at(interaction, "events"), { kind: "message", text: "One moment." });
  await machine.refused(403, "not_permitted", "POST", at(interaction, "events"), { kind: "help_requested", of: "a lead" });
  await ana.expect(200, "POST", at(interaction, "events"), { kind: "help_requested", of: "a lead" });
  await finish(interaction);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
