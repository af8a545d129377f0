// Customers, cases and promises: nobody asks twice, nobody sees what is not theirs, and who wants to be forgotten is.

import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { operations } from "./description.mjs";
import { nowhere } from "./requests.mjs";
import { Client, employ, eventually, set_up, start, undescribed } from "./server.mjs";

const secret = "0123456789abcdef0123456789abcdef";
let server, root, ana, ben, sue, ada, elsewhere, shared;

before(async () => {
  server = await start();
  root = await set_up(server);
  for (const [brand, more] of [["northwind", { region: "GB", linked_brands: ["westwind"] }], ["southsea", { region: "GB" }], ["westwind", { linked_brands: ["northwind"] }], ["eastwind", { linked_brands: ["northwind"] }]]) {
    await root.expect(201, "POST", "/api/v1/brands", { id: brand, name: `Brand ${brand}`, ...more });
    await root.expect(201, "POST", "/api/v1/queues", { id: brand, brand, label: brand, offer_seconds: 60, wrap_up_seconds: 60 });
  }
  const staff = [["ana", "agent", ["northwind"]], ["ben", "agent", ["northwind"]], ["sue", "supervisor", ["northwind", "westwind", "eastwind"]], ["ada", "administrator", ["northwind"]], ["elsewhere", "supervisor", ["southsea"]], ["shared", "agent", []]];
  const employed = [];
  for (const [login, role, brands] of staff) employed.push(await employ(root, login, [role], brands));  // one after the other: hashing a password costs 64 MiB
  [ana, ben, sue, ada, elsewhere, shared] = employed;
  // Nothing is offered to them: they take what is given to them.
  for (const agent of [ana, ben, shared]) await agent.expect(200, "PUT", "/api/v1/me/presence", { presence: "break", reason: "back office" });
});
after(async () => { await server?.stop(); });

const interaction_at = (id, name = "") => `/api/v1/interactions/${id}${name && `/${name}`}`;
const customer_at = (id, name = "") => `/api/v1/customers/${id}${name && `/${name}`}`;
const case_at = (id, name = "") => `/api/v1/cases/${id}${name && `/${name}`}`;
const soon = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

/// A contact that this agent takes at once; what the interaction knows of its customer.
async function contact(agent, customer, more = {}) {
  const by = more.by ?? sue;
  const body = { channel: "chat", brand: "northwind", queue: more.brand ?? "northwind", agent: agent.me.user, customer, ...more };
  delete body.by;
  const { interaction } = await by.expect(201, "POST", "/api/v1/interactions", body);
  const read = await agent.expect(200, "GET", interaction_at(interaction));
  const context = read.events.find((event) => event.kind === "context");
  return { id: interaction, customer: read.customer, head: read.head, context, row: read };
}
async function finish(agent, one) {
  await agent.expect(200, "POST", interaction_at(one.id, "end"));
  await agent.expect(200, "POST", interaction_at(one.id, "wrap-up"), { reason: "billing.wrong", outcome: "follow_up" });
  await eventually("closed", async () => (await sue.expect(200, "GET", interaction_at(one.id))).closed_at !== null);
}
const tell = (agent, one, event) => agent.expect(200, "POST", interaction_at(one.id, "events"), event);
const find = async (who, type, value, brand = "northwind") => (await who.expect(200, "POST", "/api/v1/customers/find", { brand, type, value })).items;
const fact = (customer, name) => customer.facts.find((one) => one.name === name)?.value;

test("the second visit knows the first", async () => {
  const first = await contact(ana, { name: "Pat Brown", identifiers: [{ type: "tel", value: "020 7946 0958" }] });
  assert.equal(first.head.history, undefined, "a stranger has no history");
  await tell(ana, first, { kind: "field_captured", name: "account_number", value: "88123" });
  await tell(ana, first, { kind: "fact_known", name: "has_smart_meter", value: true });
  await tell(ana, first, { kind: "note", text: "The meter was read twice." });
  const due = soon(24);
  await tell(ana, first, { kind: "promise", text: "Call back about the meter", due, id: "promise-1" });
  const matter = await ana.expect(201, "POST", "/api/v1/cases", { customer: first.customer, title: "Meter read twice", owner: ana.me.user });
  await ana.expect(200, "POST", case_at(matter.id, "interactions"), { interaction: first.id });
  await finish(ana, first);

  const second = await contact(ben, { identifiers: [{ type: "tel", value: "+44 (0)20 7946-0958" }] }, { channel: "voice" });
  assert.equal(second.customer, first.customer);
  const person = second.head.participants[0];
  assert.deepEqual([person.name, person.person, person.known.account_number], ["Pat Brown", first.customer, "88123"]);
  assert.equal(second.head.history.length, 1);
  assert.deepEqual([second.head.history[0].interaction, second.head.history[0].outcome, second.head.history[0].channel], [first.id, "follow_up", "chat"]);
  assert.equal(second.head.case, matter.id);
  assert.equal(second.context.attempt, 2);
  assert.equal(second.context.known.account_number, "88123");
  assert.equal(second.context.known.has_smart_meter, true);
  assert.match(Object.values(second.context.promises)[0], /^Call back about the meter \(due /);
  assert.deepEqual(Object.values(second.context.cases), ["Meter read twice"]);

  // What was said before is for whoever has the customer now.
  const past = (await ben.expect(200, "GET", customer_at(first.customer, "interactions"))).items;
  assert.deepEqual(past.map((row) => row.id), [second.id, first.id]);
  assert.ok((await ben.expect(200, "GET", interaction_at(first.id))).events.some((event) => event.text === "The meter was read twice."));
  await ben.refused(403, "not_permitted", "GET", interaction_at(first.id, "ledger"));
  const known = await ben.expect(200, "GET", customer_at(first.customer));
  assert.deepEqual([known.identifiers[0].value, known.identifiers[0].display], ["+442079460958", "020 7946 0958"]);
  assert.deepEqual(known.cases.map((one) => one.id), [matter.id]);
  assert.deepEqual(known.promises.map((one) => [one.text, one.state, one.owed, one.owner, one.case]), [["Call back about the meter", "open", true, ana.me.user, matter.id]]);
  const attached = (await ben.expect(200, "GET", case_at(matter.id))).interactions;
  assert.deepEqual(attached, [first.id, second.id]);

  // Keeping the promise in the conversation keeps it for the case.
  await tell(ben, second, { kind: "promise_kept", promise: known.promises[0].id });
  await finish(ben, second);
  const kept = await ana.expect(200, "GET", `/api/v1/promises/${known.promises[0].id}`);
  assert.deepEqual([kept.state, kept.owed], ["kept", false]);
  assert.deepEqual((await ana.expect(200, "GET", customer_at(first.customer))).promises, []);
});

test("practices that need the journey are judged on the second visit", async () => {
  const first = await contact(ana, { identifiers: [{ type: "tel", value: "+442079460001" }] });
  await finish(ana, first);
  const second = await contact(ben, { identifiers: [{ type: "tel", value: "+442079460001" }] });
  await tell(ben, second, { kind: "message", text: "Good morning, you are speaking with Ben. How can I help you?" });
  await tell(ben, second, { kind: "history_viewed" });
  await finish(ben, second);
  const verdict = async (one) => (await sue.expect(200, "GET", interaction_at(one.id, "ledger"))).practices.find((practice) => practice.id === "opening.journey-known").verdict;
  assert.equal(await verdict(second), "met");
  assert.notEqual(await verdict(first), "met");
});

test("one person is one customer, however they come and however many at once", async () => {
  const visit = async (customer) => {
    const made = await contact(ana, customer);
    await finish(ana, made);
    return made;
  };
  const made = await Promise.all([ana, ben, ana, ben].map((agent) => contact(agent, { name: "Sam", identifiers: [{ type: "email", value: "Sam@Example.org" }] })));
  for (const [at, one] of made.entries()) await finish([ana, ben][at % 2], one);
  assert.equal(new Set(made.map((one) => one.customer)).size, 1, "more than one customer");
  const again = await visit({ id: "crm-9", identifiers: [{ type: "email", value: "sam@EXAMPLE.org" }] });
  assert.equal(again.customer, made[0].customer);
  const by_own_id = await visit({ id: "crm-9" });
  assert.equal(by_own_id.customer, made[0].customer);
  const other = await visit({ id: "crm-10", identifiers: [{ type: "email", value: "sam@example.org" }] });
  assert.notEqual(other.customer, made[0].customer, "whom the brand knows by another id is another person");
  const anonymous = await visit({ identifiers: [{ type: "tel", value: "anonymous" }] });
  assert.equal(anonymous.customer, anonymous.id, "a withheld number is nobody");
});

test("customers by hand: made, found, changed, versions", async () => {
  const body = { brand: "northwind", name: "Kim Lee", language: "en", identifiers: [{ type: "account", value: "AB-12 34" }], facts: { tier: "gold", visits: 3, ratio: 2.5 } };
  const made = await sue.post("/api/v1/customers", body);
  assert.equal(made.status, 201, made.text);
  assert.equal(made.headers.get("etag"), '"1"');
  const kim = made.body.id;
  await sue.refused(409, "identifier_taken", "POST", "/api/v1/customers", { brand: "northwind", identifiers: [{ type: "account", value: "ab1234" }] });
  assert.deepEqual((await find(sue, "account", "ab 1234")).map((one) => one.id), [kim]);
  assert.deepEqual(await find(sue, "account", "ab 123"), [], "exact identifiers only");
  await sue.refused(422, "invalid", "POST", "/api/v1/customers/find", { brand: "northwind", type: "tel", value: "not a number" });
  await sue.refused(428, "precondition_required", "PATCH", customer_at(kim), { name: "Kim" });
  const changed = await sue.expect(200, "PATCH", customer_at(kim), { given_name: "Kim", facts: { tier: null, visits: 4 } }, { "If-Match": '"1"' });
  assert.deepEqual([changed.version, changed.given_name, changed.name, fact(changed, "tier"), fact(changed, "visits"), fact(changed, "ratio")], [2, "Kim", "Kim Lee", undefined, 4, 2.5]);
  await sue.refused(412, "conflict", "PATCH", customer_at(kim), { name: "Lee" }, { "If-Match": '"1"' });
  await sue.refused(422, "invalid", "PATCH", customer_at(kim), { colour: "red" }, { "If-Match": '"2"' });
  const added = await sue.expect(200, "POST", customer_at(kim, "identifiers"), { type: "tel", value: "020 7946 0999", verified: true });
  assert.equal(added.identifiers[1].value, "+442079460999");
  await sue.refused(422, "invalid", "POST", customer_at(kim, "identifiers"), { type: "email", value: "nobody" });
  await sue.expect(200, "POST", customer_at(kim, "identifiers/remove"), { type: "tel", value: "+442079460999" });
  assert.deepEqual(await find(sue, "tel", "020 7946 0999"), []);
  await sue.refused(404, "not_found", "GET", customer_at(nowhere));
  await sue.refused(422, "unknown_case", "POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "northwind", case: nowhere, customer: { id: kim } });
});

test("merged, and taken apart again, nothing is lost", async () => {
  const one = await contact(ana, { name: "Jo One", identifiers: [{ type: "tel", value: "+442079460011" }], known: { account: "1" } });
  const two = await contact(ana, { name: "Jo Two", identifiers: [{ type: "email", value: "jo@example.org" }], known: { account: "2" } });
  await finish(ana, one);
  await finish(ana, two);
  const before_ = [await sue.expect(200, "GET", customer_at(one.customer)), await sue.expect(200, "GET", customer_at(two.customer))];
  await ana.refused(403, "not_permitted", "POST", customer_at(one.customer, "merge"), { customer: two.customer });
  await sue.refused(422, "invalid", "POST", customer_at(one.customer, "merge"), { customer: nowhere });
  await sue.refused(409, "same_customer", "POST", customer_at(one.customer, "merge"), { customer: one.customer });
  assert.equal((await sue.expect(200, "POST", customer_at(one.customer, "merge"), { customer: two.customer })).customer, one.customer);
  const merged = await sue.expect(200, "GET", customer_at(one.customer));
  assert.deepEqual(merged.parts.map((part) => [part.id, part.into]), [[two.customer, one.customer]]);
  assert.equal(merged.identifiers.length, 2);
  assert.equal((await sue.expect(200, "GET", customer_at(two.customer))).id, one.customer, "the old id leads to the survivor");
  assert.deepEqual((await sue.expect(200, "GET", customer_at(one.customer, "interactions"))).items.map((row) => row.id), [two.id, one.id]);
  // A contact belongs to the part under whose identifier it came.
  const third = await contact(ben, { identifiers: [{ type: "email", value: "jo@example.org" }] });
  assert.deepEqual([third.customer, third.head.participants[0].name, third.head.history.length], [two.customer, "Jo One", 2]);
  await tell(ben, third, { kind: "fact_known", name: "pet", value: "cat" });
  await finish(ben, third);
  assert.deepEqual(await sue.expect(200, "POST", customer_at(one.customer, "unmerge"), { part: two.customer }), { remaining: one.customer, taken_out: two.customer });
  const apart = { remaining: await sue.expect(200, "GET", customer_at(one.customer)), taken_out: await sue.expect(200, "GET", customer_at(two.customer)) };
  await sue.refused(409, "not_merged", "POST", customer_at(one.customer, "unmerge"), { part: two.customer });
  const bare = (customer) => ({ ...customer, facts: customer.facts.filter((each) => each.name !== "pet"), version: 0, changed_at: "", cases: undefined, promises: undefined });
  assert.deepEqual([bare(apart.remaining), bare(apart.taken_out)], before_.map(bare));
  assert.deepEqual([fact(apart.remaining, "pet"), fact(apart.taken_out, "pet")], [undefined, "cat"]);
  assert.deepEqual((await sue.expect(200, "GET", customer_at(two.customer, "interactions"))).items.map((row) => row.id), [third.id, two.id]);
  assert.deepEqual((await find(sue, "email", "jo@example.org")).map((each) => each.id), [two.customer]);
});

test("a case: its steps, its owner, and what is owed", async () => {
  const visit = await contact(ana, { identifiers: [{ type: "tel", value: "+442079460021" }] });
  const matter = await ana.expect(201, "POST", "/api/v1/cases", { customer: visit.customer, title: "Wrong bill", reason: "billing.wrong" });
  assert.deepEqual([matter.state, matter.owner, matter.promises, matter.brand], ["open", "", [], "northwind"]);
  await ana.refused(409, "no_owner", "POST", case_at(matter.id, "state"), { action: "resolve" });
  await ana.refused(409, "no_such_step", "POST", case_at(matter.id, "state"), { action: "reopen" });
  await ana.refused(422, "invalid", "POST", case_at(matter.id, "owner"), { owner: "nobody-there" });
  await ana.expect(200, "POST", case_at(matter.id, "owner"), { owner: ana.me.user });
  await tell(ana, visit, { kind: "promise", text: "Send a new bill", due: soon(1) });
  await tell(ana, visit, { kind: "promise", text: "Ring on Monday" });
  const whole = await ana.expect(200, "POST", case_at(matter.id, "interactions"), { interaction: visit.id });
  assert.deepEqual([whole.interactions, whole.promises.map((one) => one.text).sort()], [[visit.id], ["Ring on Monday", "Send a new bill"]]);
  assert.equal((await ana.expect(200, "GET", interaction_at(visit.id))).case, matter.id, "the live interaction knows its case");
  await ana.expect(200, "POST", case_at(matter.id, "interactions"), { interaction: visit.id });
  await ana.refused(409, "open_promises", "POST", case_at(matter.id, "state"), { action: "close" });
  const [bill, ring] = ["Send a new bill", "Ring on Monday"].map((text) => whole.promises.find((one) => one.text === text));
  const listed = async (query) => (await ana.expect(200, "GET", `/api/v1/promises?${query}`)).items.map((one) => one.text).sort();
  assert.deepEqual(await listed(`case=${matter.id}&state=owed`), ["Ring on Monday", "Send a new bill"]);
  assert.deepEqual(await listed(`customer=${visit.customer}&due_before=${soon(2)}`), ["Send a new bill"]);
  await ana.refused(400, "malformed", "GET", "/api/v1/promises?state=forgotten");
  await ana.expect(200, "POST", `/api/v1/promises/${bill.id}/keep`);
  await ana.refused(409, "settled", "POST", `/api/v1/promises/${bill.id}/break`, { why: "late" });
  await ana.refused(422, "invalid", "POST", `/api/v1/promises/${ring.id}/withdraw`, {});
  assert.equal((await ana.expect(200, "POST", `/api/v1/promises/${ring.id}/withdraw`, { why: "no longer needed" })).state, "withdrawn");
  assert.deepEqual(await listed(`customer=${visit.customer}&state=owed`), []);
  const closed = await ana.expect(200, "POST", case_at(matter.id, "state"), { action: "close" });
  assert.equal(closed.state, "closed");
  assert.notEqual(closed.closed_at, null);
  const cases = async (query) => (await ana.expect(200, "GET", `/api/v1/cases?${query}`)).items.map((one) => one.id);
  assert.deepEqual(await cases(`customer=${visit.customer}&state=closed`), [matter.id]);
  assert.ok((await cases("state=closed")).includes(matter.id), "one's own");
  assert.ok(!(await cases("state=open")).includes(matter.id));
  await finish(ana, visit);
  const trail = (await root.expect(200, "GET", `/api/v1/audit?subject=case:${matter.id}`)).items.map((entry) => entry.action);
  assert.deepEqual(trail, ["case.close", "case.attach", "case.attach", "case.give", "case.open"]);
});

test("a promise that is past its due time is broken, whoever looks", async () => {
  const visit = await contact(ana, { identifiers: [{ type: "tel", value: "+442079460022" }] });
  await tell(ana, visit, { kind: "promise", text: "Yesterday at noon", due: soon(-1) });
  const [promise] = (await ana.expect(200, "GET", `/api/v1/promises?customer=${visit.customer}&state=broken`)).items;
  assert.deepEqual([promise.state, promise.owed], ["broken", true]);
  await ana.refused(409, "past_due", "POST", `/api/v1/promises/${promise.id}/withdraw`, { why: "too late" });
  const done = await ana.expect(200, "POST", `/api/v1/promises/${promise.id}/keep`);
  assert.deepEqual([done.state, done.owed], ["broken", false]);
  await tell(ana, visit, { kind: "promise", text: "Never", id: "never" });
  await tell(ana, visit, { kind: "promise", text: "Never", id: "never" });
  assert.equal((await ana.expect(200, "GET", `/api/v1/promises?customer=${visit.customer}`)).items.length, 2, "a repeat promises nothing more");
  await finish(ana, visit);
});

test("agents reach customers of their own contacts, supervisors those of their brands", async () => {
  const visit = await contact(ana, { name: "Zoe Zebrawood", identifiers: [{ type: "email", value: "zoe@example.org" }], known: { pin: "zebrawood-1" } });
  const matter = await ana.expect(201, "POST", "/api/v1/cases", { customer: visit.customer, title: "zebrawood cabinet" });
  await tell(ana, visit, { kind: "promise", text: "zebrawood promise", due: soon(5) });
  const promise = (await ana.expect(200, "GET", `/api/v1/promises?customer=${visit.customer}`)).items[0];
  const hidden = async (who) => {
    for (const path of [customer_at(visit.customer), customer_at(visit.customer, "interactions"), case_at(matter.id), `/api/v1/promises/${promise.id}`, `/api/v1/cases?customer=${visit.customer}`, `/api/v1/promises?customer=${visit.customer}`]) {
      await who.refused(404, "not_found", "GET", path);
    }
    assert.deepEqual(await find(who, "email", "zoe@example.org"), [], who.name);
    for (const path of ["/api/v1/cases", "/api/v1/promises", "/api/v1/cases?state=open", "/api/v1/cases?brand=northwind", "/api/v1/promises?state=owed", `/api/v1/promises?case=${matter.id}`, `/api/v1/cases?owner=${ana.me.user}`]) {
      assert.ok(!(await who.get(path)).text.includes("zebrawood"), `${who.name}: ${path}`);
    }
  };
  for (const who of [ben, elsewhere, shared]) await hidden(who);
  for (const who of [ana, sue]) assert.deepEqual((await find(who, "email", "zoe@example.org")).map((one) => one.id), [visit.customer]);
  await finish(ana, visit);
  await ana.expect(200, "GET", customer_at(visit.customer));  // answered before
  const again = await contact(shared, { id: visit.customer });
  await shared.expect(200, "GET", customer_at(visit.customer));
  await shared.expect(200, "GET", case_at(matter.id));
  await finish(shared, again);
  await hidden(shared);
  // A refusal does not tell whether there is such a customer.
  for (const one of operations.filter((each) => ["customers", "cases"].includes(each.tags[0]) && each.path.includes("{id}"))) {
    const bodies = { mergeCustomers: { customer: visit.customer }, unmergeCustomer: { part: visit.customer }, addIdentifier: { type: "own_id", value: "x" }, removeIdentifier: { type: "own_id", value: "x" }, moveCase: { action: "wait" }, giveCase: { owner: "" }, attachInteraction: { interaction: visit.id }, breakPromise: { why: "x" }, withdrawPromise: { why: "x" } };
    const id = one.path.includes("customers") ? visit.customer : one.path.includes("cases") ? matter.id : promise.id;
    const ask = (of) => elsewhere.request(one.method.toUpperCase(), one.path.replace("{id}", of), one.method === "get" ? {} : { body: bodies[one.operationId] ?? {}, headers: { "If-Match": '"1"' } });
    const [there, nothing] = [await ask(id), await ask(nowhere)];
    assert.deepEqual([there.status, there.body.code], [nothing.status, nothing.body.code], one.operationId);
    assert.ok(there.status === 404 || there.status === 403, `${one.operationId}: ${there.text}`);
  }
});

test("customers match within a brand, and between brands that name each other", async () => {
  const of = (brand) => contact(shared, { identifiers: [{ type: "tel", value: "+442079460031" }] }, { brand, queue: brand, by: root_caller });
  const root_caller = await employ(root, "caller", ["supervisor"], ["*"]);
  const visits = {};
  for (const brand of ["northwind", "southsea", "westwind", "eastwind"]) {
    visits[brand] = await of(brand);
    await shared.expect(200, "POST", interaction_at(visits[brand].id, "end"));
    await shared.expect(200, "POST", interaction_at(visits[brand].id, "wrap-up"), {});
  }
  assert.equal(visits.westwind.customer, visits.northwind.customer, "each names the other");
  assert.equal(visits.westwind.head.history.length, 1);
  assert.notEqual(visits.southsea.customer, visits.northwind.customer);
  assert.notEqual(visits.eastwind.customer, visits.northwind.customer, "only one of them names the other");
  assert.equal(visits.eastwind.head.history, undefined);
  await sue.refused(409, "other_brand", "POST", customer_at(visits.northwind.customer, "merge"), { customer: visits.eastwind.customer });
  await sue.refused(422, "invalid", "POST", customer_at(visits.northwind.customer, "merge"), { customer: visits.southsea.customer });
  const by_id = await contact(shared, { id: visits.southsea.customer });
  assert.notEqual(by_id.customer, visits.southsea.customer, "another brand's customer is nobody here");
  await finish(shared, by_id);
});

test("all that is kept of somebody is handed out, to their brand's supervisors alone, and is on record", async () => {
  const visit = await contact(ana, { name: "Rae Request", identifiers: [{ type: "email", value: "rae@example.org" }], known: { account: "larkspur-3" } });
  await tell(ana, visit, { kind: "message", text: "About the larkspur, dear Rae" });
  await tell(ana, visit, { kind: "promise", text: "Send larkspur seeds", due: soon(4) });
  const matter = await ana.expect(201, "POST", "/api/v1/cases", { customer: visit.customer, title: "Larkspur lost", owner: ana.me.user });
  await ana.expect(200, "POST", case_at(matter.id, "state"), { action: "close" });
  await finish(ana, visit);
  const again = await contact(ana, { identifiers: [{ type: "email", value: "rae@example.org" }] });
  const whole = await sue.expect(200, "GET", customer_at(visit.customer, "export"));
  assert.equal(whole.customer.name, "Rae Request");
  assert.deepEqual([whole.customer.cases.map((one) => one.state), whole.customer.promises.map((one) => one.text)], [["closed"], ["Send larkspur seeds"]]);
  assert.deepEqual([whole.interactions.map((one) => one.id), whole.next], [[again.id, visit.id], null]);
  assert.ok(whole.interactions[1].events.some((event) => event.text === "About the larkspur, dear Rae"));
  const first = await sue.expect(200, "GET", `${customer_at(visit.customer, "export")}?limit=1`);
  const second = await sue.expect(200, "GET", `${customer_at(visit.customer, "export")}?limit=1&after=${first.next}`);
  assert.deepEqual([first.interactions, second.interactions, second.customer, second.next], [[whole.interactions[0]], [whole.interactions[1]], undefined, null]);
  await ana.refused(403, "not_permitted", "GET", customer_at(visit.customer, "export"));
  await ada.refused(403, "not_permitted", "GET", customer_at(visit.customer, "export"));
  await elsewhere.refused(404, "not_found", "GET", customer_at(visit.customer, "export"));
  const trail = await root.expect(200, "GET", `/api/v1/audit?subject=customer:${visit.customer}`);
  assert.deepEqual(trail.items.filter((entry) => entry.action === "customer.export").map((entry) => entry.who), Array(3).fill(`user:${sue.me.user}`));
  await finish(ana, again);
});

test("who is erased is forgotten", async () => {
  const visit = await contact(ana, { name: "Uma Unforgettable", identifiers: [{ type: "email", value: "uma@example.org" }], known: { account: "quillwort-7" } });
  const part = await contact(ana, { name: "Uma Again", identifiers: [{ type: "email", value: "uma@example.com" }] });
  await tell(ana, visit, { kind: "message", text: "About the quillwort, dear Uma" });
  await tell(ana, visit, { kind: "promise", text: "Send quillwort seeds", due: soon(4) });
  const matter = await ana.expect(201, "POST", "/api/v1/cases", { customer: part.customer, title: "Quillwort lost", owner: ana.me.user });
  await sue.expect(200, "POST", customer_at(visit.customer, "merge"), { customer: part.customer });
  await ada.refused(409, "interaction_live", "DELETE", customer_at(visit.customer));
  await finish(ana, visit);
  await finish(ana, part);
  const [promise] = (await sue.expect(200, "GET", customer_at(visit.customer))).promises;
  const words = async () => (await sue.expect(200, "GET", "/api/v1/interactions?words=quillwort")).items.length;
  assert.equal(await words(), 1);
  await sue.refused(403, "not_permitted", "DELETE", customer_at(visit.customer));
  await ada.expect(204, "DELETE", customer_at(visit.customer));
  assert.equal(await words(), 0);
  for (const path of [customer_at(visit.customer), customer_at(part.customer), case_at(matter.id), `/api/v1/promises/${promise.id}`]) await sue.refused(404, "not_found", "GET", path);
  for (const address of ["uma@example.org", "uma@example.com"]) assert.deepEqual(await find(sue, "email", address), []);
  const left = await sue.expect(200, "GET", interaction_at(visit.id));
  assert.ok(!/quillwort|Uma/i.test(JSON.stringify(left)), JSON.stringify(left));
  assert.deepEqual(left.agents, [ana.me.user]);
  const trail = await root.expect(200, "GET", `/api/v1/audit?subject=customer:${visit.customer}`);
  assert.deepEqual(trail.items.map((entry) => [entry.action, entry.who]), [["customer.erase", `user:${ada.me.user}`], ["customer.merge", `user:${sue.me.user}`]]);
  assert.ok(!/quillwort|uma@/i.test(JSON.stringify(trail)));
  const again = await contact(ana, { identifiers: [{ type: "email", value: "uma@example.org" }] });
  assert.notEqual(again.customer, visit.customer);
  assert.equal(again.head.history, undefined);
  await finish(ana, again);
});

function signed(claims, { key = secret, header = { alg: "HS256", typ: "JWT" } } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part(header)}.${part({ aud: "northwind", exp: Math.floor(Date.now() / 1000) + 300, ...claims })}`;
  return `${body}.${createHmac("sha256", key).update(body).digest("base64url")}`;
}

test("a web site signs who its customer is", async () => {
  const nobody = new Client(server);
  const begin = (identity, more = {}) => nobody.post("/api/v1/customer-sessions", { brand: "northwind", identity, ...more });
  assert.equal((await begin(signed({ sub: "shop-1" }))).body.code, "identity_refused", "the brand has no secret yet");
  const place = "/api/v1/brands/northwind/identity-key";
  assert.deepEqual(await ada.expect(200, "GET", place), { set: false, changed_at: null });
  await ada.refused(422, "invalid", "PUT", place, { secret: "too short" });
  await sue.refused(403, "not_permitted", "PUT", place, { secret });
  await ada.refused(404, "not_found", "PUT", "/api/v1/brands/southsea/identity-key", { secret });
  await ada.expect(204, "PUT", place, { secret });
  const shown = await ada.get(place);
  assert.deepEqual([shown.body.set, shown.text.includes(secret)], [true, false]);
  for (const path of ["/api/v1/brands", "/api/v1/brands/northwind", "/api/v1/audit"]) assert.ok(!(await root.get(path)).text.includes(secret), path);

  const victim = await contact(ana, { name: "Vic", identifiers: [{ type: "email", value: "vic@example.org" }] });
  await finish(ana, victim);
  const forged = {
    "another key": signed({ sub: "shop-1" }, { key: "another secret of thirty-two bytes" }), "another brand": signed({ sub: "shop-1", aud: "southsea" }), over: signed({ sub: "shop-1", exp: Math.floor(Date.now() / 1000) - 120 }),
    "too long": signed({ sub: "shop-1", exp: Math.floor(Date.now() / 1000) + 3 * 86_400 }), "no algorithm": signed({ sub: "shop-1" }, { header: { alg: "none" } }), nobody: signed({}), "no token": "x.y.z", changed: signed({ sub: "shop-1" }).replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"shop-2"}').toString("base64url")}.`),
  };
  for (const [what, identity] of Object.entries(forged)) {
    const answer = await begin(identity);
    assert.deepEqual([answer.status, answer.body.code], [403, "identity_refused"], what);
  }
  assert.equal((await begin(signed({ sub: "shop-1" }), { brand: "southsea" })).status, 403);

  const session = (await begin(signed({ sub: "shop-1", name: "Val", email: "vic@example.org" }))).body;
  assert.notEqual(session.customer, victim.customer, "an address on file proves nothing");
  const chat = async (token) => {
    const visitor = new Client(server, "visitor");
    visitor.token = token;
    const begun = await visitor.expect(201, "POST", "/api/v1/conversation", { queue: "northwind" });
    visitor.token = begun.token;
    return { visitor, id: begun.interaction };
  };
  const first = await chat(session.token);
  await first.visitor.expect(200, "POST", "/api/v1/conversation/messages", { text: "Hello" });
  const row = await sue.expect(200, "GET", interaction_at(first.id));
  assert.deepEqual([row.customer, row.head.participants[0].name], [session.customer, "Val"]);
  await first.visitor.expect(200, "POST", "/api/v1/conversation/end");
  const next = (await begin(signed({ sub: "shop-1" }))).body;
  assert.equal(next.customer, session.customer);
  const second = await chat(next.token);
  const known = await sue.expect(200, "GET", interaction_at(second.id));
  assert.deepEqual([known.head.participants[0].name, known.head.history.length], ["Val", 1]);
  await second.visitor.expect(200, "POST", "/api/v1/conversation/end");
  const other = await chat((await begin(signed({ sub: "shop-2" }))).body.token);
  assert.notEqual((await sue.expect(200, "GET", interaction_at(other.id))).customer, session.customer);
  await other.visitor.expect(200, "POST", "/api/v1/conversation/end");
  await ada.expect(204, "DELETE", place);
  assert.equal((await begin(signed({ sub: "shop-1" }))).status, 403);
  assert.equal((await nobody.post("/api/v1/customer-sessions", { brand: "northwind" })).status, 201, "who says nothing may still ask");
});

test("whom a brand does not serve is refused by whatever they are known by", async () => {
  const one = await contact(ana, { name: "Rude Person", identifiers: [{ type: "email", value: "rude@example.org" }, { type: "tel", value: "020 7946 0777" }] });
  await finish(ana, one);
  const blocked = await root.expect(201, "POST", "/api/v1/blocked-customers", { brand: "northwind", type: "phone", value: "020 7946 0777", reason: "threats" });
  await root.refused(409, "name_taken", "POST", "/api/v1/blocked-customers", { brand: "northwind", type: "tel", value: "+44 20 7946 0777", reason: "again" });
  await root.refused(422, "invalid", "POST", "/api/v1/blocked-customers", { brand: "northwind", type: "tel", value: "no number", reason: "threats" });
  const start = (identifiers, brand = "northwind") => ["POST", "/api/v1/interactions", { channel: "chat", brand, queue: brand, customer: { name: "Somebody", identifiers } }];
  await sue.refused(403, "customer_blocked", ...start([{ type: "tel", value: "+442079460777" }]));
  await sue.refused(403, "customer_blocked", ...start([{ type: "email", value: "RUDE@example.org" }]));
  await elsewhere.expect(201, ...start([{ type: "tel", value: "+442079460777" }], "southsea"));
  await root.expect(201, "POST", "/api/v1/blocked-customers", { brand: "northwind", type: "email", value: "past@example.org", reason: "over", until: soon(-1) });
  await sue.expect(201, ...start([{ type: "email", value: "past@example.org" }]));
  await root.expect(204, "DELETE", `/api/v1/blocked-customers/${blocked.id}`);
  await sue.expect(201, ...start([{ type: "tel", value: "+442079460777" }]));
});

test("of two who register the same customer at once, one does", async () => {
  for (let round = 0; round < 5; ++round) {
    const identifiers = [{ type: "email", value: `twin-${round}@example.org` }, { type: "tel", value: `+44207946${1000 + round}` }];
    const answers = await Promise.all([identifiers, [...identifiers].reverse(), identifiers].map((those) => sue.post("/api/v1/customers", { brand: "northwind", name: "Twin", identifiers: those })));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409, 409]);
  }
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
