// The conversation goes away while its agent is typing: the rest of the sentence is nobody's command and no other
// customer's words, and what was written is not lost without a word.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible_both, at_work, composer, open_browser, photograph, transcript } from "./people.mjs";

let centre, browser, ana, own;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  own = await by_api(centre, "ana");
  ana = await at_work(browser, centre, "ana");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const form = () => ana.getByRole("form", { name: "Wrap-up" });
const left_over = () => form().getByRole("region", { name: "Not sent and not kept" });

test("the customer leaves in the middle of a sentence: nothing is confirmed by it, and it can be kept as a note", async () => {
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  await accept(ana, "Pat Brown");
  await composer(ana).click();
  await ana.keyboard.type("I will look no");
  let writes = true;
  const rest = (async () => {
    while (writes) await ana.keyboard.press("w");
  })();
  await pat.leaves();
  await form().waitFor();
  await ana.keyboard.type("w and write a word");
  writes = false;
  await rest;
  await ana.keyboard.press("Enter");
  // What writes nothing is the browser's, as ever.
  await ana.keyboard.press("Tab");
  assert.notEqual(await ana.evaluate(() => document.activeElement.tagName), "BODY");
  await left_over().getByText(/I will look now*/).waitFor();
  assert.equal((await own("GET", "/api/v1/me/hands")).interactions.length, 1, "the wrap-up is not confirmed");
  await assert_accessible_both(ana, "a wrap-up with words left over");
  await photograph(ana, "wrap-up-left-over");
  await left_over().getByRole("button", { name: "Keep as a note" }).click();
  await left_over().waitFor({ state: "detached" });
  await transcript(ana).getByText(/^I will look now*$/).waitFor();
  await ana.keyboard.press("w");
  await ana.getByText("Nobody needs you right now.").waitFor();
  const sue = await by_api(centre, "sue");
  const notes = await eventually("the note is on record", async () => {
    const found = (await sue("GET", `/api/v1/interactions/${pat.id}`)).events.filter((event) => event.kind === "note");
    return found.length > 0 && found;
  });
  assert.match(notes[0].text, /^I will look now*$/);
});

test("where another conversation comes up instead, it does not take the rest", async () => {
  const admin = await by_api(centre, "admin");
  const queue = await admin("GET", "/api/v1/queues/billing");
  await admin("PUT", "/api/v1/queues/billing", { ...queue, wrap_up_seconds: 0 }, { "If-Match": `"${queue.version}"` });
  const kim = await customer(centre, "Kim Reed", "A question.");
  await accept(ana, "Kim Reed");
  const lee = await customer(centre, "Lee Wong", "Another question.");
  await accept(ana, "Lee Wong");
  await composer(ana).click();
  await ana.keyboard.type("Half a sentence");
  let writes = true;
  const rest = (async () => {
    while (writes) await ana.keyboard.type(" and its rest", { delay: 20 });
  })();
  await lee.leaves();
  await ana.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { name: "Kim Reed", exact: true }).waitFor();
  writes = false;
  await rest;
  await ana.keyboard.press("Enter");
  assert.equal(await composer(ana).inputValue(), "");
  assert.deepEqual(await kim.hears(), []);
  // A pointer says where one wants to be.
  await composer(ana).click();
  await ana.keyboard.type("Good morning Kim");
  await ana.keyboard.press("Enter");
  await eventually("Kim hears it", async () => (await kim.hears()).includes("Good morning Kim"));
  await kim.leaves();
  await ana.getByText("Nobody needs you right now.").waitFor();
  assert.deepEqual(ana.troubles, []);
});
