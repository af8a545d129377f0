// A reviewer: finds an interaction by its words, walks its evidence, reads its scorecard.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { assert_accessible_both, open_browser, photograph, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, browser, page, id;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat = await customer(centre, "Pat Brown", "My bill is wrong and I am upset.");
  id = pat.id;
  await eventually("Ana is offered it", async () => JSON.stringify(await ana("GET", "/api/v1/me/hands")).includes(id));
  await ana("POST", `/api/v1/interactions/${id}/answer`);
  for (const text of ["Good morning Pat, this is Ana from Northwind Energy.", "I am sorry about that. Is there anything else?"]) await ana("POST", `/api/v1/interactions/${id}/events`, { kind: "message", text });
  await ana("POST", `/api/v1/interactions/${id}/events`, { kind: "flagged", reason: "The meter may be dangerous." });
  await pat.leaves();
  await ana("POST", `/api/v1/interactions/${id}/wrap-up`, { reason: "billing.wrong", outcome: "resolved" });
  const quinn = await by_api(centre, "quinn");
  await eventually("it is judged", () => quinn("GET", `/api/v1/interactions/${id}/ledger`).catch(() => null));
  page = await sit_down(browser, centre.url);
  await sign_in_to(page, "quinn", centre.password("quinn"), "Review");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

test("an interaction is found by words and by what is known of it", async () => {
  await page.getByText("1 interaction").waitFor();
  await assert_accessible_both(page, "finding");
  await page.keyboard.press("f");
  await page.keyboard.type("unicorns");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing fits all of these filters.").waitFor();
  await assert_accessible_both(page, "nothing found");
  await page.getByRole("main").getByRole("button", { name: "Clear all filters" }).last().click();
  await page.getByLabel("Outcome").selectOption("Resolved");
  await page.getByText("1 interaction").waitFor();
  await page.getByRole("link", { name: /Billing/ }).click();
});

/// Its words, once they grow no more.
const settled = (one) => eventually("its words stay", async () => {
  const words = await one.innerText();
  await pass(300);
  return (await one.innerText()) === words && words;
});

test("arrow keys walk the evidence; transcript and scorecard follow", async () => {
  const scorecard = page.getByRole("region", { name: "Scorecard" });
  await scorecard.waitFor();
  await page.getByRole("region", { name: "Transcript" }).getByText(/this is Ana from Northwind/).waitFor();
  await assert_accessible_both(page, "an interaction");
  await page.keyboard.press("ArrowRight");
  await scorecard.locator("[aria-expanded=true]").waitFor();
  const first = await settled(scorecard.locator("[aria-expanded=true]"));
  await eventually("another practice is open", async () => {
    await page.keyboard.press("ArrowRight");
    return (await scorecard.locator("[aria-expanded=true]").innerText()) !== first;
  });
  await assert_accessible_both(page, "evidence selected");
});

test("an override asks for its reason, and is shown beside the machine's verdict", async () => {
  const scorecard = page.getByRole("region", { name: "Scorecard" });
  await page.keyboard.press("x");
  await scorecard.getByRole("button", { name: "Override" }).click();
  await scorecard.getByText("Say in one line why.").waitFor();
  await assert_accessible_both(page, "overriding");
  await scorecard.getByLabel("Reason").fill("It was said later.");
  // The arrows choose among the verdicts; a look at other evidence keeps what was typed.
  await scorecard.getByRole("radio", { checked: true }).press("ArrowRight");
  assert.equal(await scorecard.getByLabel("Reason").inputValue(), "It was said later.");
  const opened = await settled(scorecard.locator("[aria-expanded=true]"));
  await scorecard.getByLabel("Reason").press("Escape");
  await page.getByRole("region", { name: "Transcript" }).focus();
  for (const key of ["ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  await eventually("the practice is open again", async () => (await scorecard.locator("[aria-expanded=true]").innerText()) === opened);
  await page.keyboard.press("x");
  assert.equal(await scorecard.getByLabel("Reason").inputValue(), "It was said later.");
  await scorecard.getByLabel("Reason").press("Enter");
  await scorecard.getByText("Overridden").waitFor();
  await scorecard.getByText("It was said later.").waitFor();
  await page.keyboard.press("v");
  await scorecard.getByText("Agreed", { exact: true }).waitFor();
});

test("who has no floor sees to flags in an inbox of their own, with a way to what they are about", async () => {
  await page.getByRole("link", { name: "Inbox" }).click();
  const flag = page.getByRole("listitem").filter({ hasText: "The meter may be dangerous." });
  await flag.getByText("Ana raised a flag").waitFor();
  await flag.getByRole("button", { name: "I see to it" }).click();
  await flag.getByText("You see to it").waitFor();
  await assert_accessible_both(page, "the inbox by itself");
  await photograph(page, "inbox-review");
  await flag.getByRole("link", { name: "Review it" }).click();
  await page.getByRole("region", { name: "Transcript" }).getByText(/this is Ana from Northwind/).waitFor();
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});
