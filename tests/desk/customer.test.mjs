// The customer beside the conversation: what is known, what was promised, cases, earlier contacts; and the
// wrap-up that hears what was promised.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, at_work, heals, open_browser, photograph, write } from "./people.mjs";

const identifiers = [{ type: "tel", value: "+44 20 7946 0958" }];
let centre, browser, ana, sue, own;

/// Somebody who is known by their number comes by chat; the supervisor's system starts it.
const arrives = async (name) => (await sue("POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { name, identifiers } })).interaction;

before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  [sue, own] = [await by_api(centre, "sue"), await by_api(centre, "ana")];
  const admin = await by_api(centre, "admin");
  const queue = await admin("GET", "/api/v1/queues/billing");
  const reasons = [{ id: "billing", label: "Billing", children: [{ id: "billing.twice", label: "Charged twice", outcomes: ["resolved", "follow_up"] }, { id: "billing.late", label: "Late bill" }] }, { id: "other", label: "Something else" }];
  await admin("PUT", "/api/v1/queues/billing", { ...queue, dispositions: { reasons } }, { "If-Match": `"${queue.version}"` });
  // What was before: a contact with a fact and a promise.
  await own("PUT", "/api/v1/me/presence", { presence: "available" });
  const first = await arrives("Pat Brown");
  await eventually("it is offered", async () => JSON.stringify(await own("GET", "/api/v1/me/hands")).includes(first));
  await own("POST", `/api/v1/interactions/${first}/answer`);
  const tell = (event) => own("POST", `/api/v1/interactions/${first}/events`, event);
  await tell({ kind: "message", text: "Good morning Pat, your meter was read twice." });
  await tell({ kind: "field_captured", name: "meter_number", value: "M-4711" });
  await tell({ kind: "promise", text: "Send somebody to look at the meter", due: new Date(Date.now() + 3_600_000).toISOString() });
  await own("POST", `/api/v1/interactions/${first}/end`);
  await own("POST", `/api/v1/interactions/${first}/wrap-up`, { reason: "billing.late", outcome: "follow_up" });
  await own("PUT", "/api/v1/me/presence", { presence: "offline" });
  ana = await at_work(browser, centre, "ana");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const panel = () => ana.getByRole("region", { name: "Customer" });

test("who comes again is known: facts, the promise that is owed, the earlier contact with all that was said", async () => {
  await arrives("Pat Brown");
  await accept(ana, "Pat Brown");
  await panel().getByText("M-4711").waitFor();
  await panel().getByText("020 7946 0958").or(panel().getByText("+44 20 7946 0958")).first().waitFor();
  await panel().getByText("Send somebody to look at the meter").waitFor();
  await panel().getByText("promised before").waitFor();
  await ana.getByText("Contact no. 2").waitFor();
  await assert_accessible(ana, "the customer's panel");
  await photograph(ana, "customer-panel");
  const row = panel().getByRole("button", { name: /Late bill/ });
  await row.focus();
  await ana.keyboard.press("Enter");
  const dialog = ana.getByRole("dialog");
  await dialog.getByText("your meter was read twice").waitFor();
  await assert_accessible(ana, "an earlier contact");
  await photograph(ana, "earlier-contact");
  await ana.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("a case is opened by its key and linked; it goes through its states; the band says which attempt it is", async () => {
  await ana.keyboard.press("z");
  await ana.keyboard.type("Meter read twice");
  await assert_accessible(ana, "a new case");
  await ana.keyboard.press("Enter");
  await panel().getByRole("button", { name: /Meter read twice/ }).waitFor();
  await ana.getByText("Meter read twice, attempt 1").waitFor();
  await panel().getByRole("button", { name: /Meter read twice/ }).click();
  await panel().getByText("This conversation is attempt 1 at it.").waitFor();
  await panel().getByRole("button", { name: "Let it wait" }).click();
  await panel().getByText("Waiting", { exact: true }).waitFor();
  await photograph(ana, "case-open");
  await assert_accessible(ana, "an open case");
  // What was promised here keeps it from being closed, and the refusal says so.
  await panel().getByRole("button", { name: "Take up again" }).click();
  await panel().getByText("Open", { exact: true }).waitFor();
});

test("what was learnt is known at once; a promise that is kept is owed no more", async () => {
  await panel().getByRole("button", { name: "Add what you learnt" }).click();
  await ana.keyboard.type("Preferred time");
  await panel().getByLabel("Is", { exact: true }).fill("evenings");
  await ana.keyboard.press("Enter");
  await panel().getByText("evenings").waitFor();
  await panel().getByText("told in this conversation").waitFor();
  await panel().getByRole("button", { name: "Kept: Send somebody to look at the meter" }).click();
  await panel().getByText("Nothing is owed.").waitFor();
  const { items } = await own("GET", `/api/v1/promises?state=kept`);
  assert.ok(items.some((one) => one.text === "Send somebody to look at the meter"));
});

test("wrap-up hears what was promised in words; the reason decides which outcomes there are", async () => {
  await write(ana, "I was told you were charged twice, I am sorry. I will call you back tomorrow at 10.");
  const { interactions } = await own("GET", "/api/v1/me/hands");
  await ana.getByRole("button", { name: "End", exact: true }).click();
  await ana.getByRole("button", { name: "End it" }).click();
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.getByRole("checkbox", { name: /I will call you back tomorrow at 10/ }).waitFor();
  await eventually("the reason that was heard", async () => (await form.getByLabel("Reason").inputValue()) === "billing.twice");
  assert.equal(await form.getByLabel("Needs follow-up").isChecked(), true, "something was promised");
  assert.equal(await form.getByLabel("Not resolved").count(), 0, "the reason does not allow it");
  await form.getByLabel("Promise", { exact: true }).fill("Call Pat back about the refund");
  await form.getByLabel("Left to do").fill("Check the direct debit");
  await assert_accessible(ana, "wrap-up with what was heard");
  await photograph(ana, "wrap-up");
  await form.getByLabel("Left to do").press("Enter");
  await ana.getByText("Nobody needs you right now.").waitFor();
  const kept = await own("GET", `/api/v1/interactions/${interactions[0].id}`);
  const promise = kept.events.find((event) => event.kind === "promise");
  assert.equal(promise.text, "Call Pat back about the refund");
  assert.equal(new Date(promise.due).getHours(), 10);
  assert.equal(kept.events.find((event) => event.kind === "followup_scheduled").what, "Check the direct debit");
  assert.deepEqual([kept.outcome, kept.disposition], ["follow_up", "billing.twice"]);
});

test("a record that could not be read is not called empty", async () => {
  await arrives("Pat Brown");
  await accept(ana, "Pat Brown");
  const problem = { type: "about:blank", title: "Unavailable", status: 409, code: "store_unavailable" };
  const refuse = (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) });
  await ana.route(/\/api\/v1\/customers\/[^/]+$/, refuse);
  await ana.reload();
  const failed = panel().getByRole("alert");
  await failed.getByText("The centre cannot save for a moment. Try again.").waitFor();
  for (const words of ["No earlier contact with you.", "Nothing is owed.", "Nothing is on record yet."]) assert.equal(await panel().getByText(words).count(), 0, words);
  await assert_accessible(ana, "a record that could not be read");
  await ana.unroute(/\/api\/v1\/customers\/[^/]+$/);
  await ana.route("**/api/v1/promises?*", refuse);
  await heals(failed.getByRole("button", { name: "Try again" }), panel().getByText("What was promised before cannot be read right now."));
  assert.equal(await panel().getByText("Nothing is owed.").count(), 0);
  await ana.unroute("**/api/v1/promises?*");
  await heals(failed.getByRole("button", { name: "Try again" }), panel().getByText("Call Pat back about the refund"));
  // Without a reason nothing is saved by itself, and the wrap-up does not say so.
  await ana.getByRole("button", { name: "End", exact: true }).click();
  await ana.getByRole("button", { name: "End it" }).click();
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.getByLabel("Root cause").fill("The meter");
  await form.getByText(/^Choose a reason, or this is lost in \d+:/).waitFor();
  await form.getByLabel("Reason").selectOption({ label: "Something else" });
  await form.getByText(/^Saved by itself in \d+:/).waitFor();
  await form.getByRole("button", { name: "Confirm" }).click();
  await form.waitFor({ state: "detached" });
});

test("a stranger has nothing on record, and hostile words stay words", async () => {
  await arrives("Pat Brown");
  await accept(ana, "Pat Brown");
  await panel().getByRole("button", { name: "Add what you learnt" }).click();
  await ana.keyboard.type("note");
  await panel().getByLabel("Is", { exact: true }).fill("<img src=x onerror=window.hurt=1>");
  await ana.keyboard.press("Enter");
  await panel().getByText("<img src=x onerror=window.hurt=1>").waitFor();
  assert.equal(await ana.evaluate(() => window.hurt), undefined);
  await ana.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(ana, "the customer's panel, dark");
  await photograph(ana, "customer-panel-dark");
  assert.deepEqual(ana.troubles, []);
  assert.deepEqual(ana.strangers, []);
});
