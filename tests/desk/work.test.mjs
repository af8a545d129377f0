// A day's work of one agent: offers, conversations, checklist, notes, wrap-up, reload, hostile text.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, be_available, checked, composer, finish, offer, open_browser, sign_in, sit_down, transcript, write } from "./people.mjs";

let centre, browser, ana, admin;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  admin = await by_api(centre, "admin");
  await admin("POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "refund", title: "How refunds work", text: "Refunds arrive within three working days." });
  ana = await sit_down(browser, centre.url);
  await sign_in(ana, "ana", centre.password("ana"));
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

test("an offer says who, why and how long; returned, it leaves the agent not responding until they are back", async () => {
  await be_available(ana);
  await assert_accessible(ana, "available, empty");
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  const card = offer(ana);
  await card.getByRole("heading", { name: "Pat Brown" }).waitFor();
  await card.getByText("My bill is wrong.").waitFor();
  await card.getByText(/^Has waited \d+:/).waitFor();
  await card.getByText("Chat · Billing").waitFor();
  await assert_accessible(ana, "offered");
  await card.getByRole("button", { name: "Return" }).click();
  await card.waitFor({ state: "detached" });
  await ana.getByText("You missed an offer.").waitFor();
  await assert_accessible(ana, "not responding");
  await ana.getByRole("main").getByRole("button", { name: "I am back" }).last().click();
  await accept(ana, "Pat Brown");
  await pat.leaves();
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.getByRole("button", { name: "Confirm" }).click();
  await ana.getByText("Nobody needs you right now.").waitFor();
});

test("a conversation: the checklist ticks from what was really written; notes stay inside; a slash finds a reply", async () => {
  const kim = await customer(centre, "Kim Reed", "I was charged twice and I am really upset.");
  await accept(ana, "Kim Reed");
  await assert_accessible(ana, "answered");
  assert.equal(await checked(ana, "Greet the customer").count(), 0);
  await write(ana, "Good morning Kim, this is Ana from Northwind Energy. I am sorry that you were charged twice.");
  await ana.getByRole("region", { name: "Checklist" }).locator("summary").filter({ hasText: "done" }).click();
  for (const words of ["Greet the customer", "Give your own name", "Apologise for it"]) await checked(ana, words).waitFor();
  await checked(ana, "Apologise for it").getByText("I am sorry that you were charged twice").waitFor({ state: "attached" });
  await eventually("the customer hears it", async () => (await kim.hears()).length === 1);

  await eventually("that they are typing", async () => {
    await kim.types();
    return ana.getByText(/is typing…$/).waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
  await kim.says("When will I have my money back?");
  await transcript(ana).getByText("When will I have my money back?").waitFor();

  await composer(ana).press("Escape");
  await ana.keyboard.press("n");
  await ana.keyboard.type("Calm, but has called before.");
  await assert_accessible(ana, "writing a note");
  await ana.keyboard.press("Enter");
  await transcript(ana).getByText("Calm, but has called before.").waitFor();
  assert.deepEqual((await kim.hears()).filter((text) => text.includes("Calm")), [], "a note is not the customer's");

  await composer(ana).fill("");
  await composer(ana).pressSequentially("/ref");
  await ana.getByRole("option", { name: /How refunds work/ }).waitFor();
  await assert_accessible(ana, "canned replies");
  await ana.keyboard.press("Enter");
  await eventually("the reply is written out", async () => (await composer(ana).inputValue()) === "Refunds arrive within three working days.");
  await ana.keyboard.press("Enter");
  await eventually("the customer hears it", async () => (await kim.hears()).includes("Refunds arrive within three working days."));
});

test("what is being typed, and the conversation, survive a reload", async () => {
  await composer(ana).fill("Half a sentence that");
  await ana.reload();
  await transcript(ana).getByText("When will I have my money back?").waitFor();
  await eventually("what was being typed", async () => (await composer(ana).inputValue()) === "Half a sentence that");
  await composer(ana).fill("");
});

test("hold shows how long; a promise is written down; help is asked", async () => {
  await ana.getByRole("button", { name: "Hold" }).click();
  await ana.getByText(/on hold \d+:/).waitFor();
  await assert_accessible(ana, "on hold");
  await ana.getByRole("button", { name: "Hold" }).click();
  await transcript(ana).getByText(/On hold for \d+:/).waitFor();

  await ana.getByRole("button", { name: "Promise" }).click();
  await ana.getByRole("textbox", { name: "What", exact: true }).fill("Refund of the second charge");
  await assert_accessible(ana, "promise");
  await ana.getByRole("button", { name: "Write down" }).click();
  await ana.getByRole("region", { name: "Customer" }).getByText("Refund of the second charge").waitFor();

  await ana.getByRole("button", { name: "Ask for help" }).click();
  await ana.getByLabel("What do you need?").fill("May I refund 60 pounds?");
  await assert_accessible(ana, "help");
  await ana.getByRole("button", { name: "Ask", exact: true }).click();
  await transcript(ana).getByText("asked for help: May I refund 60 pounds?").waitFor();
});

test("wrap-up is filled in from what happened and confirmed with one key", async () => {
  const { interactions } = await (await by_api(centre, "ana"))("GET", "/api/v1/me/hands");
  await ana.getByRole("button", { name: "End", exact: true }).click();
  await assert_accessible(ana, "ending");
  await ana.getByRole("button", { name: "End it" }).click();
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.waitFor();
  await eventually("something was promised", () => form.getByLabel("Needs follow-up").isChecked());
  await eventually("the reason", async () => (await form.getByLabel("Reason").inputValue()) === "billing");
  await form.getByText("Refund of the second charge").waitFor();
  await form.getByLabel("Root cause").fill("Direct debit ran twice");
  await assert_accessible(ana, "wrap-up");
  await form.getByLabel("Root cause").press("Enter");
  await ana.getByText("Nobody needs you right now.").waitFor();
  const kept = await (await by_api(centre, "ana"))("GET", `/api/v1/interactions/${interactions[0].id}`);
  assert.equal(kept.outcome, "follow_up");
  const disposition = kept.events.find((event) => event.kind === "disposition");
  assert.equal(disposition.root_cause, "Direct debit ran twice");
});

test("text and names of customers are text, whatever they contain", async () => {
  const name = "<img src=x onerror=alert(1)>";
  const words = "</p><script>window.hurt=1</script> {{name}} $t(close) javascript:alert(1) \u202E";
  const eve = await customer(centre, name, words);
  await accept(ana, name);
  await transcript(ana).getByText("<script>window.hurt=1</script> {{name}} $t(close)").waitFor();
  await write(ana, "<b>Good morning</b> {{who}}");
  assert.equal(await ana.evaluate(() => window.hurt), undefined);
  assert.equal(await ana.locator("img").count(), 0);
  await eve.leaves();
  await ana.getByRole("form", { name: "Wrap-up" }).getByRole("button", { name: "Confirm" }).click();
  await ana.getByText("Nobody needs you right now.").waitFor();
});

test("two conversations: who waits longest is on top, and each keeps its own words", async () => {
  const first = await customer(centre, "Lee Wong", "Where is my technician?");
  await accept(ana, "Lee Wong");
  await composer(ana).fill("For Lee: ");
  const second = await customer(centre, "Max Stone", "I want to move house.");
  await accept(ana, "Max Stone");
  assert.equal(await composer(ana).inputValue(), "");
  const list = ana.getByRole("navigation", { name: "My conversations" }).getByRole("listitem");
  assert.match(await list.first().innerText(), /Lee Wong/);
  await assert_accessible(ana, "two conversations");
  await write(ana, "Of course, Max. Where to?");
  await first.says("Hello?");
  await list.first().getByText("Hello?").waitFor();
  await list.first().click();
  await ana.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { name: "Lee Wong" }).waitFor();
  assert.equal(await composer(ana).inputValue(), "For Lee: ");
  await composer(ana).fill("");
  await ana.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(ana, "two conversations, dark");
  await finish(ana);
  await finish(ana);
  await second.hears();
  assert.deepEqual(ana.troubles, []);
  assert.deepEqual(ana.strangers, []);
});
