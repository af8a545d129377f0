// A busy quarter of an hour: two agents, a supervisor and two customers at once. Offers are accepted, returned
// and missed; words survive a reload and a lost line; the checklist ticks from what was written; a whisper, a
// hand-over that was read first, and a take-over; at the end everything is wrapped up, and the timelines tell it.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { open_network } from "./network.mjs";
import { accept, be_available, checked, composer, offer, open_browser, sign_in, sit_down, transcript, write } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, network, browser, ana, ben, sue;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  network = await open_network(centre.port);
  [ana, ben, sue] = await Promise.all([network.url, centre.url, centre.url].map((url) => sit_down(browser, url)));
  await sign_in(ana, "ana", centre.password("ana"));
  await sign_in(ben, "ben", centre.password("ben"));
  await sign_in_to(sue, "sue", centre.password("sue"), "Floor");
});
after(async () => {
  await browser?.close();
  await network?.close();
  await centre?.stop();
});

const back = (page) => page.getByRole("main").getByRole("button", { name: "I am back" }).last().click();
const row = (name) => sue.getByRole("region", { name: "Conversations" }).getByRole("button", { name });
const beside = (name) => sue.getByRole("region", { name: `Conversation with ${name}` });
/// How long an offer stands, of whoever comes from now on: one is to be missed here, and no other.
async function offers_stand(seconds) {
  const admin = await by_api(centre, "admin");
  const queue = await admin("GET", "/api/v1/queues/billing");
  await admin("PUT", "/api/v1/queues/billing", { ...queue, offer_seconds: seconds }, { "If-Match": `"${queue.version}"` });
}
const wrap_up = (page) => page.getByRole("form", { name: "Wrap-up" });

test("two agents, a supervisor and two customers at once", async () => {
  // Returned by one, missed by the other, then accepted.
  await be_available(ana);
  await offers_stand(30);
  const pat = await customer(centre, "Pat Brown", "My bill is wrong and I am upset.");
  await offer(ana).getByRole("heading", { name: "Pat Brown" }).waitFor();
  await row("Pat Brown").getByText(/^Offered/).waitFor();
  await offer(ana).getByRole("button", { name: "Return" }).click();
  await ana.getByText("You missed an offer.").waitFor();
  await offers_stand(120);
  await ben.getByRole("button", { name: "Become available" }).click();
  await offer(ben).getByRole("heading", { name: "Pat Brown" }).waitFor();
  await ben.getByText("You missed an offer.").waitFor(); // after its 30 seconds
  await back(ana);
  await accept(ana, "Pat Brown");
  await row("Pat Brown").getByText("Talking · Ana · Billing").waitFor();

  // The second customer, with the second agent: the first has no ear for another.
  await ana.getByRole("button", { name: /^Presence/ }).click();
  await ana.getByRole("menuitemradio", { name: "Break: meeting" }).or(ana.getByRole("menuitem", { name: "Break: meeting" })).click();
  await ana.getByRole("button", { name: /^Presence: Break: meeting/ }).waitFor();
  const kim = await customer(centre, "Kim Reed", "My heating is cold.");
  await back(ben);
  await accept(ben, "Kim Reed");
  await row("Kim Reed").getByText("Talking · Ben · Billing").waitFor();

  // The checklist ticks from what was really written.
  assert.equal(await checked(ana, "Greet the customer").count(), 0);
  await write(ana, "Good morning Pat, this is Ana from Northwind Energy. I am sorry that your bill is wrong.");
  await ana.getByRole("region", { name: "Checklist" }).locator("summary").filter({ hasText: "done" }).click();
  for (const words of ["Greet the customer", "Give your own name", "Apologise for it"]) await checked(ana, words).waitFor();

  // A reload and a lost line in the middle, while the others go on.
  await composer(ana).fill("One moment, I look at");
  await ana.reload();
  await transcript(ana).getByText("My bill is wrong and I am upset.").waitFor();
  assert.equal(await composer(ana).inputValue(), "One moment, I look at");
  network.cut();
  await ana.getByText(/Connection lost/).waitFor();
  await composer(ana).fill("One moment, I look at your readings.");
  await composer(ana).press("Enter");
  await transcript(ana).getByText("Waits for the connection; it is kept.").waitFor();
  await Promise.all([pat.says("Please hurry."), write(ben, "Good morning Kim, this is Ben. I am sorry that you are cold.")]);
  network.mend();
  await transcript(ana).getByText("Please hurry.").waitFor();
  await eventually("Pat hears it", async () => (await pat.hears()).includes("One moment, I look at your readings."));
  await eventually("Kim hears Ben", async () => (await kim.hears()).length === 1);

  // A whisper reaches the agent and not the customer.
  await row("Pat Brown").click();
  await beside("Pat Brown").getByText("Please hurry.").waitFor();
  await sue.keyboard.press("s");
  await sue.keyboard.type("Offer them the June price.");
  await sue.keyboard.press("Enter");
  await beside("Pat Brown").getByText("Sue to the agent only").waitFor();
  const whisper = transcript(ana).getByRole("article").filter({ hasText: "Whisper from your lead" });
  await whisper.getByText("Offer them the June price.").waitFor();

  // Handed over warm: only once it was read.
  await ana.getByRole("button", { name: "Transfer", exact: true }).click();
  const panel = ana.getByRole("form", { name: "Transfer" });
  await panel.getByLabel("To whom").selectOption({ label: "Ben – in conversation" });
  await panel.getByRole("button", { name: "Ask", exact: true }).click();
  await offer(ben).getByText("A colleague asks").waitFor();
  await offer(ben).getByRole("button", { name: "Accept" }).click();
  const hand_over = ana.getByRole("button", { name: "Hand over to Ben" });
  await hand_over.waitFor();
  assert.equal(await hand_over.isDisabled(), true);
  await ben.getByRole("button", { name: "I have read it" }).click();
  await ana.getByText("Ben has read what is known.", { exact: false }).waitFor();
  await ben.getByText("A colleague asks you about this conversation", { exact: false }).waitFor();
  await hand_over.click();
  await wrap_up(ana).getByRole("button", { name: "Confirm" }).click();
  await wrap_up(ana).waitFor({ state: "detached" });
  await write(ben, "Hello Pat, Ben here. You get the June price.");
  await row("Pat Brown").getByText("Talking · Ben · Billing").waitFor();

  // The supervisor takes the other one over, and talks to the customer at the desk.
  await (await by_api(centre, "sue"))("PUT", "/api/v1/me/presence", { presence: "available" });
  await row("Kim Reed").click();
  await beside("Kim Reed").getByRole("button", { name: "Take over" }).click();
  await beside("Kim Reed").getByRole("link", { name: "Go on at the desk" }).click();
  await transcript(sue).getByText("My heating is cold.").waitFor();
  await write(sue, "Hello Kim, this is Sue. Somebody comes today.");
  await eventually("Kim hears Sue", async () => (await kim.hears()).at(-1) === "Hello Kim, this is Sue. Somebody comes today.");

  // Everything ends and is wrapped up, each by whoever has it.
  await Promise.all([pat.leaves(), kim.leaves()]);
  for (const page of [ben, sue]) {
    const forms = wrap_up(page);
    await forms.waitFor();
    await eventually("nothing is left in hand", async () => {
      if (await forms.count()) await forms.getByRole("button", { name: "Confirm" }).click({ timeout: 5_000 }).catch(() => undefined); // the next one takes its place
      return (await page.getByRole("navigation", { name: "My conversations" }).getByText("None in hand.").count()) === 1;
    });
  }

  const quinn = await by_api(centre, "quinn");
  const kinds = (timeline, kind) => timeline.events.filter((event) => event.kind === kind);
  const of_pat = await quinn("GET", `/api/v1/interactions/${pat.id}`);
  assert.deepEqual(kinds(of_pat, "message").map((event) => event.text), [
    "My bill is wrong and I am upset.",
    "Good morning Pat, this is Ana from Northwind Energy. I am sorry that your bill is wrong.",
    "Please hurry.",
    "One moment, I look at your readings.",
    "Hello Pat, Ben here. You get the June price.",
  ]);
  assert.deepEqual(kinds(of_pat, "note").map((event) => [event.by, event.text]), [["supervisor", "Offer them the June price."]]);
  assert.ok(kinds(of_pat, "transfer").some((event) => event.context_acknowledged === true));
  assert.equal(of_pat.agents.length, 2);
  const of_kim = await quinn("GET", `/api/v1/interactions/${kim.id}`);
  assert.deepEqual(kinds(of_kim, "message").map((event) => event.by), ["customer", "agent", "agent"]);
  for (const timeline of [of_pat, of_kim]) assert.ok(kinds(timeline, "disposition").length > 0, "wrapped up");
  for (const page of [ana, ben, sue]) assert.deepEqual([page.troubles, page.strangers], [[], []]);
});
