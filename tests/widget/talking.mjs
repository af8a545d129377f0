// A whole conversation, from the door to the feedback, with an agent played through the API.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer_next, at, at_work, centre, eventually, finish, on_break, say, types, written } from "./centre.mjs";
import { visit, visit_page } from "./browser.mjs";

test("from the first words to the feedback, with a reload in the middle", async () => {
  const customer = await visit(`${centre.site.url}/shop`);
  await customer.page.getByRole("button", { name: "Ask a person" }).click();
  await customer.says("Somebody is free: you get an answer right away.");
  await customer.card.getByText("Good to have you here. How can we help?").waitFor();
  await customer.write("My bill is wrong 😟");
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  await customer.card.getByText("You are talking with Ana Test").waitFor();
  await customer.status.waitFor({ state: "hidden" }); // once somebody is there, the first line goes
  await types(interaction, customer.card.getByText("Ana Test is typing"));
  await say(interaction, "Good morning! Which month is it?\nI look it up.", "a1");
  await customer.reads("Good morning! Which month is it? I look it up.");
  await customer.card.locator(".typing").waitFor({ state: "hidden" });

  await customer.write("March");
  await customer.card.locator(".own .mark").getByText("Sent").waitFor();
  const read = await centre.ana.expect(200, "GET", at(interaction));
  const march = read.events.find((event) => event.text === "March");
  await centre.ana.expect(200, "POST", at(interaction, "seen"), { event: march.id });
  await customer.card.locator(".own .mark").getByText("Seen").waitFor();

  await customer.text.fill("and another th");
  await customer.page.reload();
  await customer.reads("March");
  await eventually("what was being written is kept", async () => (await customer.text.inputValue()) === "and another th");
  assert.equal(await customer.rows.count(), 3);
  await customer.text.press("End");
  await customer.text.pressSequentially("ing");
  await customer.text.press("Enter");
  await eventually("it has arrived", async () => (await written(interaction)).includes("and another thing"));
  assert.deepEqual(await written(interaction), ["My bill is wrong 😟", "March", "and another thing"]);

  await finish(interaction);
  await customer.reads("The conversation has ended");
  await customer.card.getByRole("button", { name: "Send feedback" }).click();
  await customer.card.getByText("Please choose one of the five.").waitFor();
  await customer.card.getByRole("radio", { name: "Happy", exact: true }).check();
  await customer.card.getByRole("radio", { name: "Yes" }).check();
  await customer.card.getByLabel("What should we know?").fill("Quick, and kind.");
  await customer.card.getByRole("button", { name: "Send feedback" }).click();
  await customer.card.getByText("Thank you. People read this.").waitFor();
  await customer.card.getByRole("button", { name: "Start a new conversation" }).click();
  await customer.says("Somebody is free");
  assert.equal(await customer.rows.count(), 0);
  assert.deepEqual(customer.troubles, []);
  await customer.leave();
});

test("in line: the place, and being called instead", async () => {
  await on_break();
  const first = await visit_page();
  await first.open();
  await first.says(/We answer as soon as somebody is free|You get an answer in/);
  await first.write("First");
  await first.says("You are next");
  const second = await visit_page();
  await second.open();
  await second.write("Second");
  await second.says("You are number 2 in line");
  await first.card.getByRole("button", { name: "End the conversation" }).click();
  await first.card.getByRole("button", { name: "End it" }).click();
  await first.reads("The conversation has ended");
  await second.says("You are next");
  await second.card.getByRole("button", { name: "Have us call you instead" }).click();
  await second.card.getByRole("button", { name: "Call me" }).click();
  await second.card.getByText("Please enter a telephone number.").waitFor();
  await second.card.getByLabel("Your telephone number").fill("+44 20 7946 0000");
  // Nobody was asked yet: it does not say so, and asks again after a reload.
  await second.page.route("**/conversation/callback", (route) => route.abort());
  await second.card.getByRole("button", { name: "Call me" }).click();
  await second.says("Asking for the call…");
  await second.page.unroute("**/conversation/callback");
  await second.page.reload();
  await second.says("We call you when it is your turn.");
  await at_work();
  const interaction = await answer_next();
  assert.deepEqual(await written(interaction), ["Second", "Please call me: +44 20 7946 0000"]);
  await finish(interaction);
  await first.leave();
  await second.leave();
});

test("a call that is refused is not promised", async () => {
  await on_break();
  const customer = await visit_page();
  await customer.open();
  await customer.write("Hello");
  await customer.says("You are next");
  await customer.page.route("**/conversation/callback", (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Conflict", status: 409, code: "bad_due_time" }) }));
  await customer.card.getByRole("button", { name: "Have us call you instead" }).click();
  await customer.card.getByLabel("Your telephone number").fill("+44 20 7946 0001");
  await customer.card.getByRole("button", { name: "Call me" }).click();
  await customer.card.getByText("You cannot be called right now. You keep your place in line.").waitFor();
  await customer.says("You are next");
  await customer.card.getByRole("button", { name: "End the conversation" }).click();
  await customer.card.getByRole("button", { name: "End it" }).click();
  await customer.reads("The conversation has ended");
  await at_work();
  await customer.leave();
});

test("the agent sees the customer typing and reading", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.write("Hello");
  const interaction = await answer_next();
  await say(interaction, "Good morning", "g1");
  await customer.reads("Good morning");
  const feed = new WebSocket(`ws://127.0.0.1:${centre.server.port}/api/v1/feed`, { headers: { Cookie: centre.ana.cookie } });
  const values = {};
  feed.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.hello) feed.send(JSON.stringify({ id: 1, subscribe: ["typing", "seen"].map((topic) => ({ topic: `interaction/${interaction}/${topic}` })) }));
    if (frame.topic && frame.value) values[frame.topic.split("/").at(-1)] = frame.value;
  };
  await eventually("what was said was seen", () => values.seen?.customer === "g1");
  await customer.text.pressSequentially("I");
  await eventually("typing is told", () => values.typing?.by === "customer");
  feed.close();
  await finish(interaction);
  await customer.leave();
});

test("words that come while the card is closed are counted at the button", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.write("Hello");
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  await customer.card.getByRole("button", { name: "Close the chat" }).click();
  await say(interaction, "One");
  await say(interaction, "Two");
  await customer.page.getByRole("button", { name: "Chat with us, 2 new messages" }).click();
  await customer.reads("Two");
  await customer.page.keyboard.press("Escape");
  await customer.page.getByRole("button", { name: "Chat with us", exact: true }).waitFor();
  await finish(interaction);
  await customer.leave();
});

test("feedback after the conversation was closed and judged", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.write("Short");
  const interaction = await answer_next();
  await finish(interaction);
  await eventually("it is closed", async () => (await centre.ana.expect(200, "GET", at(interaction))).closed_at !== null);
  await customer.page.reload();
  await customer.card.getByRole("radio", { name: "Very unhappy" }).check();
  await customer.card.getByRole("button", { name: "Send feedback" }).click();
  await customer.card.getByText("Thank you. People read this.").waitFor();
  const read = await centre.ana.expect(200, "GET", at(interaction));
  const survey = read.events.find((event) => event.kind === "survey");
  assert.equal(survey.csat, 1);
  await customer.leave();
});
