// When nobody is there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { centre, eventually, on_break } from "./centre.mjs";
import { visit_page } from "./browser.mjs";

test("closed, and nobody takes messages: it says so and when to come back", async () => {
  const customer = await visit_page({ queue: "shut" });
  await customer.open();
  await customer.says(/Nobody is here at the moment\. We are back on \w+day at \d\d:\d\d\. Please come back/);
  assert.equal(await customer.text.isVisible(), false);
  assert.deepEqual(customer.troubles, []);
  await customer.leave();
});

test("closed, with a letterbox: a message with where to answer, kept while it is written", async () => {
  await on_break();
  const customer = await visit_page({ queue: "letterbox" });
  await customer.open();
  await customer.says("Nobody is here at the moment. We are back on");
  const message = customer.card.getByLabel("Your message");
  await customer.card.getByRole("button", { name: "Leave the message" }).click();
  await customer.card.getByText("Please write a message.").waitFor();
  await message.fill("My meter reads 4711.");
  await customer.card.getByRole("button", { name: "Leave the message" }).click();
  await customer.card.getByText("Please tell us how to reach you.").waitFor();
  await customer.page.reload();
  assert.equal(await message.inputValue(), "My meter reads 4711.");
  await customer.card.getByLabel("Email or telephone").fill("pat@example.org");
  await customer.card.getByRole("button", { name: "Leave the message" }).click();
  await customer.says(/Thank you, we have your message\. We are back on \w+day/);
  const [waiting] = await eventually("it waits", async () => {
    const found = (await centre.sue.expect(200, "GET", "/api/v1/interactions?queue=letterbox")).items;
    return found.length > 0 && found;
  });
  const message_of = async () => (await centre.sue.expect(200, "GET", `/api/v1/interactions/${waiting.id}`)).events.find((event) => event.kind === "message");
  assert.equal((await eventually("the words are there", message_of)).text, "My meter reads 4711.\n\nYou can reach me at: pat@example.org");
  await customer.page.reload();
  await customer.says("Thank you, we have your message.");
  await customer.write("And please hurry");
  await customer.card.locator(".mark").getByText("Sent").waitFor();
  await customer.leave();
});

test("what was begun while it was open is in the letterbox when it closes, and the other way", async () => {
  const customer = await visit_page({ queue: "letterbox" });
  let open = true;
  await customer.page.route("**/customer-brands/**", async (route) => {
    const answer = await route.fetch();
    const door = await answer.json();
    door.queue.open = open;
    await route.fulfill({ response: answer, json: door });
  });
  // The card stays open: it looks by itself how things stand.
  const look = () => customer.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await customer.open();
  await customer.text.fill("Half a sentence");
  open = false;
  await look();
  const message = customer.card.getByLabel("Your message");
  await message.waitFor();
  assert.equal(await message.inputValue(), "Half a sentence");
  await message.fill("Half a sentence, and more");
  open = true;
  await look();
  await customer.text.waitFor();
  assert.equal(await customer.text.inputValue(), "Half a sentence, and more");
  await customer.text.fill("");
  await customer.leave();
});

test("the queue closes between looking and writing: the words stay, with the reason", async () => {
  const customer = await visit_page({ queue: "shut" });
  await customer.page.route("**/customer-brands/**", async (route) => {
    const answer = await route.fetch();
    const door = await answer.json();
    door.queue.open = true;
    await route.fulfill({ response: answer, json: door });
  });
  await customer.open();
  await customer.write("Just in time?");
  await customer.card.getByText("Not sent: nobody is here any more").waitFor();
  await customer.card.getByRole("button", { name: "Discard" }).click();
  assert.equal(await customer.rows.count(), 0);
  await customer.leave();
});
