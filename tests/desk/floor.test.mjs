// A supervisor's floor: what begins is on it at once; looking, whispering, moving, taking over; the inbox; the wallboard.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { assert_accessible_both, open_browser, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, browser, ana, sue, page;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  ana = await by_api(centre, "ana");
  sue = await by_api(centre, "sue");
  page = await sit_down(browser, centre.url);
  await sign_in_to(page, "sue", centre.password("sue"));  // who looks after a floor begins there
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const queue = (name) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const row = (name) => page.getByRole("region", { name: "Conversations" }).getByRole("button", { name });
const beside = (name) => page.getByRole("region", { name: `Conversation with ${name}` });

test("an empty floor says so in words", async () => {
  await page.getByText("Nobody is waiting.").waitFor();
  await page.getByText("Nothing goes on right now.").waitFor();
  await assert_accessible_both(page, "floor, empty");
});

test("what begins is on the floor at once, waits there, and is somebody's when it is answered", async () => {
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  await row("Pat Brown").waitFor();
  await queue("Billing").getByRole("cell", { name: "1", exact: true }).first().waitFor();
  await row("Pat Brown").getByText("Waiting · Billing").waitFor();
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  await eventually("Ana is offered it", async () => JSON.stringify(await ana("GET", "/api/v1/me/hands")).includes(pat.id));
  await ana("POST", `/api/v1/interactions/${pat.id}/answer`);
  await row("Pat Brown").getByText("Talking · Ana · Billing").waitFor();
  await page.getByRole("button", { name: /^Ana Talking .*1 of 3 conversations/ }).waitFor();
});

test("a conversation stands beside the floor as it runs; a whisper reaches it, and not the customer", async () => {
  await row("Pat Brown").click();
  const shown = beside("Pat Brown");
  await shown.getByText("My bill is wrong.").waitFor();
  const { interactions } = await sue("GET", "/api/v1/floor");
  const id = interactions.find((one) => one.customer_name === "Pat Brown").id;
  await ana("POST", `/api/v1/interactions/${id}/events`, { kind: "message", text: "Good morning Pat, this is Ana." });
  await shown.getByText("Good morning Pat, this is Ana.").waitFor();
  await queue("Billing").waitFor();
  await assert_accessible_both(page, "floor with a conversation beside it");
  await page.keyboard.press("s");
  await page.keyboard.type("Offer them a refund.");
  await page.keyboard.press("Enter");
  await shown.getByText("to the agent only").waitFor();
  await shown.getByRole("log").getByText("Offer them a refund.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
});

test("who waits can be moved to another queue and put in front", async () => {
  await ana("PUT", "/api/v1/me/presence", { presence: "break", reason: "Lunch" });
  const kim = await customer(centre, "Kim Reed", "Hello?");
  await row("Kim Reed").click();
  await beside("Kim Reed").getByRole("button", { name: "Change priority" }).click();
  await page.getByRole("radio", { name: "First" }).check();
  await assert_accessible_both(page, "changing a priority");
  await Promise.all([page.getByText("Priority: First.").waitFor(), page.getByRole("dialog").getByRole("button", { name: "Change" }).click()]);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("m");
  await page.getByRole("dialog").getByLabel("Queue").selectOption({ label: "General questions (0 waiting)" });
  await page.getByRole("dialog").getByRole("button", { name: "Move" }).click();
  await row("Kim Reed").getByText("Waiting · General questions").waitFor();
  await queue("General questions").getByRole("cell", { name: "1", exact: true }).first().waitFor();
  // Else the supervisor, once available, is offered it, and has no room for another.
  await kim.leaves();
  await row("Kim Reed").waitFor({ state: "detached" });
});

test("a running conversation can be taken over; whoever is away is told why they cannot", async () => {
  await row("Pat Brown").click();
  await Promise.all([page.getByText("You are not available.").waitFor(), beside("Pat Brown").getByRole("button", { name: "Take over" }).click()]);
  await sue("PUT", "/api/v1/me/presence", { presence: "available" });
  await Promise.all([page.getByText("It is yours now. Go on at the desk.").waitFor(), beside("Pat Brown").getByRole("button", { name: "Take over" }).click()]);
  await row("Pat Brown").getByText("Talking · Sue · Billing").waitFor();
});

test("an agent's presence is changed from the grid, and a break needs a reason", async () => {
  const ben = await by_api(centre, "ben");
  await ben("PUT", "/api/v1/me/presence", { presence: "available" });
  await page.getByRole("button", { name: /^Ben / }).click();
  await page.getByRole("menuitem", { name: "Send on a break…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send on a break" }).click();
  await page.getByText("A break needs a reason.").waitFor();
  await page.getByLabel("Reason").fill("Training");
  await page.getByLabel("Reason").press("Enter");
  await page.getByRole("button", { name: /^Ben Break/ }).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" }); // or the next key is typed into it
});

test("the wallboard shows the same, large, and goes back by its key", async () => {
  await page.keyboard.press("b");
  await page.getByRole("heading", { name: "The floor now" }).waitFor();
  await page.getByRole("heading", { name: "Billing" }).waitFor();
  await assert_accessible_both(page, "wallboard");
  await page.keyboard.press("b");
  await page.getByRole("heading", { name: "Queues" }).waitFor();
});

test("an agent finds no floor", async () => {
  const own = await sit_down(browser, centre.url);
  await sign_in_to(own, "ana", centre.password("ana"));
  await own.goto("/floor");
  await eventually("it leads to the desk", async () => new URL(own.url()).pathname === "/desk");
  assert.equal(await own.getByRole("link", { name: "Floor" }).count(), 0);
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});
