// A reviewer's pages over a week of conversations: finding, an interaction with its scorecard, agreement.

import { start_centre } from "../centre.mjs";
import { sit_down } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { start_demo } from "./demo.mjs";
import { cut, hold, refuse } from "./troubles.mjs";

export async function photograph(browser, state) {
  const centre = await start_centre();
  const nobody = await sit_down(browser, centre.url);
  await sign_in_to(nobody, "quinn", centre.password("quinn"), "Review");
  await state(nobody, "find-nothing-yet", () => nobody.getByRole("main").waitFor());
  await state(nobody, "agreement-nothing-yet", async () => {
    await nobody.getByRole("link", { name: "Agreement" }).click();
    await nobody.getByText("Nobody has reviewed a verdict of these days yet.").waitFor();
  });
  await nobody.context().close();
  await centre.stop();

  const demo = await start_demo();
  const page = await sit_down(browser, demo.url);
  await sign_in_to(page, "quality", demo.password("quality"), "Review");
  const found = page.getByRole("region", { name: "Interactions" }).getByRole("link");
  await state(page, "find", () => found.nth(5).waitFor());
  await state(page, "find-no-match", async () => {
    await page.keyboard.press("f");
    await page.keyboard.type("unicorns");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing fits all of these filters.").waitFor();
  });
  await state(page, "find-loading", async () => {
    await hold(page, "**/api/v1/interactions?*");
    await page.goto("/review");
    await page.getByRole("main").waitFor();
  });
  await page.unroute("**/api/v1/interactions?*");
  await state(page, "find-failed", async () => {
    await refuse(page, "**/api/v1/interactions?*");
    await page.goto("/review");
    await page.getByRole("alert").first().waitFor();
  });
  await page.unroute("**/api/v1/interactions?*");
  await page.goto("/review?live=false");
  await found.first().waitFor();
  const address = await found.filter({ hasText: /\d/ }).nth(2).getAttribute("href");
  await state(page, "interaction", async () => {
    await page.goto(address);
    await page.getByRole("region", { name: "Scorecard" }).getByText(/^Playbook/).waitFor();
  });
  await state(page, "evidence", async () => {
    await page.keyboard.press("ArrowRight");
    await page.getByRole("region", { name: "Scorecard" }).locator("[aria-expanded=true]").waitFor();
  });
  await state(page, "overriding", async () => {
    await page.keyboard.press("x");
    await page.getByLabel("Reason").waitFor();
  });
  await page.keyboard.press("Escape");
  await state(page, "scorecard-failed", async () => {
    await refuse(page, "**/ledger");
    await page.goto(address);
    await page.getByRole("alert").waitFor();
  });
  await page.unroute("**/ledger");
  await state(page, "interaction-loading", async () => {
    await hold(page, "**/api/v1/interactions/*");
    await page.goto(address);
    await page.getByRole("main").waitFor();
  });
  await page.unroute("**/api/v1/interactions/*");
  await page.goto(address);
  await page.getByRole("region", { name: "Scorecard" }).getByText(/^Playbook/).waitFor();
  await state(page, "stale", () => cut(page));
  await page.context().setOffline(false);
  await page.getByText(/Connection lost/).waitFor({ state: "detached" });
  for (const key of ["ArrowRight", "v", "ArrowRight", "ArrowRight", "v"]) await page.keyboard.press(key);
  await state(page, "agreement", async () => {
    await page.goto("/review");
    await page.getByRole("link", { name: "Agreement" }).click();
    await page.getByText(/verdicts? reviewed/).first().waitFor();
    await page.getByRole("row").nth(1).getByRole("button").click();
  });
  await page.context().close();
  await demo.stop();
}
