// From hand to hand: two agents and a customer, with what was known read before it is taken over.

import { after, before, test } from "node:test";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, at_work, be_available, composer, finish, offer, open_browser, photograph, sign_in, sit_down, transcript, write } from "./people.mjs";
import assert from "node:assert/strict";

let centre, browser, ana, ben, pat;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  ana = await at_work(browser, centre, "ana");
  pat = await customer(centre, "Pat Brown", "My meter is broken.");
  await accept(ana, "Pat Brown");
  await write(ana, "Good morning Pat, this is Ana. I will ask a colleague who knows meters.");
  ben = await sit_down(browser, centre.url);
  await sign_in(ben, "ben", centre.password("ben"));
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

async function ask_ben(way) {
  await ana.getByRole("button", { name: "Transfer", exact: true }).click();
  const panel = ana.getByRole("form", { name: "Transfer" });
  await panel.getByLabel("To whom").selectOption({ label: "Ben – free" });
  await panel.getByLabel(way === "warm" ? "Ask first" : "Hand over now").check();
  await assert_accessible(ana, `transfer, ${way}`);
  await panel.getByRole("button", { name: way === "warm" ? "Ask" : "Hand over", exact: true }).click();
}

test("nobody who is away can be asked", async () => {
  await ana.getByRole("button", { name: "Transfer", exact: true }).click();
  await ana.getByText("No colleague is available right now.").waitFor();
  await ana.getByRole("button", { name: "Cancel" }).click();
  await be_available(ben);
});

test("a colleague who refuses leaves the conversation where it was", async () => {
  await ask_ben("warm");
  await ana.getByText("Ben is asked.", { exact: false }).waitFor();
  await offer(ben).getByText("A colleague asks").waitFor();
  await offer(ben).getByRole("button", { name: "Return" }).click();
  await ben.getByText("You missed an offer.").waitFor();
  // It waits for whoever is free, and nobody says any more that Ben is asked.
  await ana.getByText("Ben did not take it. The next colleague who is free is asked.").waitFor();
  assert.equal(await ana.getByText("Ben is asked.", { exact: false }).count(), 0);
  assert.equal(await ana.getByRole("button", { name: "Hand over", exact: true }).isDisabled(), true);
  await assert_accessible(ana, "a colleague did not take it");
  await photograph(ana, "transfer-declined");
  await ana.getByRole("button", { name: "Keep the conversation" }).click();
  await ana.getByRole("button", { name: "Keep the conversation" }).waitFor({ state: "detached" });
  assert.equal(await ana.getByText("The conversation is still yours.", { exact: false }).count(), 0, "what one calls off is no news");
  await ben.getByRole("main").getByRole("button", { name: "I am back" }).last().click();
});

test("warm: handed over only once the colleague has read what is known", async () => {
  await ask_ben("warm");
  await offer(ben).getByRole("button", { name: "Accept" }).click();
  await ana.getByText("Ben reads what is known.", { exact: false }).waitFor();
  await ana.reload(); // how far it is, the server knows
  await ana.getByText("Ben reads what is known.", { exact: false }).waitFor();
  await ben.getByRole("region", { name: "Read this before you take over" }).waitFor();
  await transcript(ben).getByText("My meter is broken.").waitFor();
  await assert_accessible(ben, "taking over");
  await ben.getByRole("button", { name: "I have read it" }).click();
  await ben.getByText("A colleague asks you about this conversation", { exact: false }).waitFor();
  await assert_accessible(ben, "consulted");
  await ana.getByText("Ben has read what is known.", { exact: false }).waitFor();
  await ana.getByRole("button", { name: "Hand over to Ben" }).click();
  await write(ben, "Hello Pat, Ben here. I have read everything; I will send you a new meter.");
  await eventually("the customer hears Ben", async () => (await pat.hears()).some((text) => text.includes("Ben here")));
  const timeline = await (await by_api(centre, "ben"))("GET", `/api/v1/interactions/${pat.id}`);
  assert.ok(timeline.events.some((event) => event.kind === "transfer" && event.context_acknowledged === true));
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.getByRole("button", { name: "Confirm" }).click();
  await ana.getByText("Nobody needs you right now.").waitFor();
});

test("cold: it leaves at once, and the receiver reads before they can write", async () => {
  await ben.getByRole("button", { name: "Transfer", exact: true }).click();
  const panel = ben.getByRole("form", { name: "Transfer" });
  await panel.getByLabel("To whom").selectOption({ label: "Ana – free" });
  await panel.getByLabel("Hand over now").check();
  await panel.getByRole("button", { name: "Hand over", exact: true }).click();
  await ben.getByRole("form", { name: "Wrap-up" }).getByRole("button", { name: "Confirm" }).click();
  await offer(ana).getByRole("button", { name: "Accept" }).click();
  await ana.getByRole("button", { name: "I have read it" }).waitFor();
  assert.equal(await composer(ana).count(), 0);
  await ana.getByRole("button", { name: "I have read it" }).click();
  await write(ana, "Hello again, Pat.");
  await finish(ana);
  assert.deepEqual([...ana.troubles, ...ben.troubles], []);
});
