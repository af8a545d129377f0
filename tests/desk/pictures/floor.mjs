// A supervisor's floor, its inbox, what is opened beside it, and the wallboard: empty, waiting, busy, failing,
// cut off.

import { by_api, customer, start_centre } from "../centre.mjs";
import { sit_down } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { start_demo } from "./demo.mjs";
import { cut, hold, refuse } from "./troubles.mjs";

async function quiet(browser, state) {
  const centre = await start_centre();
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "sue", centre.password("sue"), "Floor");
  await state(page, "empty", () => page.getByText("Nobody is waiting.").waitFor());
  await state(page, "inbox-empty", async () => {
    await page.getByRole("button", { name: /^Inbox/ }).click();
    await page.getByText("The inbox is empty.").waitFor();
  });
  await state(page, "wallboard-empty", async () => {
    await page.goto("/floor/wallboard");
    await page.getByRole("main").waitFor();
  });
  await state(page, "loading", async () => {
    await hold(page, "**/api/v1/floor");
    await page.goto("/floor");
    await page.getByRole("main").waitFor();
  });
  await state(page, "wallboard-loading", async () => {
    await page.goto("/floor/wallboard");
    await page.getByRole("main").waitFor();
  });
  await page.unroute("**/api/v1/floor");
  await state(page, "failed", async () => {
    await refuse(page, "**/api/v1/floor");
    await page.goto("/floor");
    await page.getByRole("alert").waitFor();
  });
  await page.unroute("**/api/v1/floor");
  await state(page, "inbox-failed", async () => {
    await refuse(page, "**/api/v1/inbox?*");
    await page.reload();
    await page.getByRole("button", { name: /^Inbox/ }).click();
    await page.getByRole("alert").waitFor();
  });
  await page.unroute("**/api/v1/inbox?*");
  // Somebody waits and can be moved.
  await customer(centre, "Pat Brown", "My bill is wrong and I am upset.");
  await page.goto("/floor");
  await state(page, "waiting-beside", async () => {
    await page.getByRole("region", { name: "Conversations" }).getByRole("button", { name: "Pat Brown" }).click();
    await page.getByRole("region", { name: "Conversation with Pat Brown" }).getByText("My bill is wrong").waitFor();
  });
  await state(page, "moving", async () => {
    await page.keyboard.press("m");
    await page.getByRole("dialog").waitFor();
  });
  await page.keyboard.press("Escape");
  await state(page, "priority", async () => {
    await page.getByRole("button", { name: "Change priority" }).click();
    await page.getByRole("dialog").waitFor();
  });
  await page.keyboard.press("Escape");
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "break", reason: "Lunch" });
  await state(page, "agent-menu", async () => {
    await page.getByRole("button", { name: /^Ana / }).click();
    await page.getByRole("menuitem").first().waitFor();
  });
  await page.context().close();
  await centre.stop();
}

async function lively(browser, state) {
  const demo = await start_demo();
  const page = await sit_down(browser, demo.url);
  await sign_in_to(page, "supervisor", demo.password("supervisor"));
  const rows = page.getByRole("region", { name: "Conversations" }).getByRole("listitem");
  await state(page, "busy", async () => {
    await rows.nth(8).waitFor();
    await page.waitForTimeout(60_000); // until there is risk, wrap-up, and a line on the sparklines: the picture of a floor at work
  });
  await state(page, "busy-beside", async () => {
    await page.getByRole("region", { name: "Conversations" }).getByRole("button").filter({ hasText: "Talking" }).first().click();
    await page.getByRole("log").getByRole("paragraph").nth(3).waitFor();
  });
  await state(page, "whispering", async () => {
    await page.keyboard.press("s");
    await page.keyboard.type("Offer them a refund of £20, and say when it arrives.");
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await state(page, "inbox", async () => {
    await page.getByRole("button", { name: /^Inbox/ }).click();
    await page.getByRole("region", { name: "Inbox" }).getByRole("listitem").first().waitFor();
  });
  await state(page, "wallboard", async () => {
    await page.goto("/floor/wallboard");
    await page.getByRole("main").getByText(/\d/).first().waitFor();
    await page.waitForTimeout(2_000); // a tick of every clock
  });
  await state(page, "wallboard-stale", () => cut(page));
  await page.context().setOffline(false);
  await page.goto("/floor");
  await rows.nth(3).waitFor();
  await state(page, "stale", () => cut(page));
  await page.context().close();
  await demo.stop();
}

export async function photograph(browser, state) {
  await quiet(browser, state);
  await lively(browser, state);
}
