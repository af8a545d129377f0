// The keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer_next, eventually, finish, say } from "./centre.mjs";
import { visit_page } from "./browser.mjs";

/** The name of what has the focus, also within the chat. */
const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? "";
});

/** Waits until this has the focus. */
const comes_to = (page, name) => eventually(`${name} has the focus`, async () => (await focused(page)) === name);

/** Tabs until this has the focus. */
async function tab_to(page, name, key = "Tab") {
  for (let step = 0; step < 24; ++step) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${name} is not reached by ${key}; at "${await focused(page)}"`);
}

test("everything by keyboard: open, write, emoji, close, end, feedback", async () => {
  const customer = await visit_page();
  const { page } = customer;
  const { keyboard } = page;
  await keyboard.press("Tab");
  await tab_to(page, "Chat with us");
  await keyboard.press("Enter");
  await comes_to(page, "Write a message");
  await keyboard.type("Hello ");
  await tab_to(page, "Emoji", "Shift+Tab");
  await keyboard.press("Enter");
  await comes_to(page, "🙂");
  await keyboard.press("ArrowRight");
  await keyboard.press("ArrowDown");
  const chosen = await focused(page);
  await keyboard.press("Enter");
  await comes_to(page, "Write a message");
  await keyboard.press("Shift+Enter");
  await keyboard.type("second line");
  await keyboard.press("Enter");
  await customer.reads(`Hello ${chosen} second line`);
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  await keyboard.type("still here");
  await say(interaction, "See https://example.org/help");
  await customer.log.locator("a").waitFor();
  assert.equal(await focused(page), "Write a message", "what comes in does not take the focus");
  await tab_to(page, "https://example.org/help", "Shift+Tab");
  await keyboard.press("Escape");
  await comes_to(page, "Chat with us");
  await keyboard.press("Enter");
  await eventually("what was being written", async () => (await customer.text.inputValue()) === "still here");
  await tab_to(page, "End the conversation", "Shift+Tab");
  await keyboard.press("Enter");
  await comes_to(page, "End it");
  await keyboard.press("Escape");
  await comes_to(page, "Write a message");
  await tab_to(page, "End the conversation", "Shift+Tab");
  await keyboard.press("Enter");
  await comes_to(page, "End it");
  await keyboard.press("Enter");
  await customer.reads("The conversation has ended");
  await tab_to(page, "Very unhappy");
  for (let step = 0; step < 4; ++step) await keyboard.press("ArrowRight");
  await tab_to(page, "Send feedback");
  await keyboard.press("Enter");
  await customer.card.getByText("Thank you. People read this.").waitFor();
  await tab_to(page, "Start a new conversation");
  await keyboard.press("Enter");
  await comes_to(page, "Write a message");
  await finish(interaction);
  assert.deepEqual(customer.troubles, []);
  await customer.leave();
});

test("a screen reader is told what is new, once", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.write("Hello");
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  await customer.page.evaluate(() => {
    const root = document.querySelector("rapport-chat").shadowRoot;
    window.told = [];
    const watch = new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node.parentElement === root.querySelector("[role=log]")) window.told.push(node.textContent);
    });
    watch.observe(root.querySelector("[role=log]"), { childList: true, subtree: true });
  });
  await say(interaction, "One", "x1");
  await say(interaction, "Two", "x2");
  await customer.reads("Two");
  const told = await customer.page.evaluate(() => window.told);
  assert.equal(told.length, 2);
  assert.match(told[0], /^Ana Test: One/);
  await finish(interaction);
  await customer.leave();
});

test("a reload opens the card again and leaves the page its focus", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.page.reload();
  await customer.card.waitFor();
  await customer.page.keyboard.press("Tab");
  assert.equal(await focused(customer.page), "A link");
  await customer.leave();
});
