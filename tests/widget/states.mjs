// One customer through every state of the chat.

import { answer_next, at, at_work, centre, eventually, finish, on_break, say, types } from "./centre.mjs";
import { visit } from "./browser.mjs";

/** Calls `look(name, customer)` in each state, in order. `address(queue)` is the page with the chat. */
export async function each_state({ viewport, dark, address }, look) {
  const options = { viewport, dark };
  await on_break();
  const customer = await visit(address("general"), options);
  await look("button", customer);
  await customer.open();
  await customer.says(/We answer as soon as|You get an answer in/);
  await look("door", customer);
  await customer.card.getByRole("button", { name: "Emoji" }).click();
  await look("emoji", customer);
  await customer.page.keyboard.press("Escape");
  await customer.write("Hello, my bill of March is much higher than the one of February. Is the meter right?");
  await customer.says("You are next");
  await look("line", customer);
  await customer.card.getByRole("button", { name: "Have us call you instead" }).click();
  await customer.card.getByRole("button", { name: "Call me" }).click();
  await look("call", customer);
  await customer.card.getByRole("button", { name: "Rather wait" }).click();
  await at_work();
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  await say(interaction, "Good morning! I look at both bills now, that takes about two minutes.");
  await customer.write("Thank you 🙂");
  await say(interaction, "In March the price changed: 24.1 p instead of 22.4 p. And it was colder: https://example.org/weather/march. I have sent you the two readings side by side.");
  await customer.log.locator("a").waitFor();
  await customer.write("That explains it.");
  await customer.card.locator(".mark").waitFor();
  const last = await eventually("the last words have arrived", async () => {
    const { events } = await centre.ana.expect(200, "GET", at(interaction));
    return events.find((event) => event.text === "That explains it.");
  });
  await centre.ana.expect(200, "POST", at(interaction, "seen"), { event: last.id });
  await customer.card.locator(".mark").getByText("Seen").waitFor();
  await types(interaction, customer.card.getByText("is typing"));
  await look("talking", customer);
  await customer.card.getByRole("button", { name: "End the conversation" }).click();
  await look("ending", customer);
  await customer.card.getByRole("button", { name: "Go on" }).click();
  await customer.card.getByText("is typing").waitFor({ state: "hidden" });
  centre.site.cut();
  await customer.card.getByText("No connection").waitFor();
  await customer.write("Is there a cheaper tariff?");
  await customer.card.getByText("Not sent yet").waitFor();
  await look("lost", customer);
  centre.site.mend();
  await customer.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await customer.card.getByText("No connection").waitFor({ state: "hidden" });
  await customer.card.locator(".mark").waitFor();
  await finish(interaction);
  await customer.reads("The conversation has ended");
  await look("feedback", customer);
  await customer.card.getByRole("radio", { name: "Happy", exact: true }).check();
  await customer.card.getByRole("button", { name: "Send feedback" }).click();
  await customer.card.getByText("Thank you. People read this.").waitFor();
  await look("thanks", customer);
  await customer.leave();

  for (const queue of ["shut", "letterbox"]) {
    const late = await visit(address(queue), options);
    await late.open();
    await late.says("Nobody is here");
    await look(queue, late);
    if (queue === "letterbox") {
      await late.card.getByLabel("Your message").fill("My meter reads 4711.");
      await late.card.getByRole("button", { name: "Leave the message" }).click();
      await look("missing", late);
      await late.card.getByLabel("Email or telephone").fill("pat@example.org");
      await late.card.getByRole("button", { name: "Leave the message" }).click();
      await late.says("Thank you, we have your message.");
      await look("left", late);
    }
    await late.leave();
  }
  const refused = await visit(address("shut"), options);
  await refused.page.route("**/customer-brands/**", async (route) => {
    const answer = await route.fetch();
    const door = await answer.json();
    door.queue.open = true;
    await route.fulfill({ response: answer, json: door });
  });
  await refused.open();
  await refused.write("Just in time?");
  await refused.card.getByText("Not sent:").waitFor();
  await look("refused", refused);
  await refused.leave();
}
