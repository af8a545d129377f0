// Playbooks: the list, a playbook, a mistake in it, its versions, a trial.

import { by_api, customer, eventually, start_centre } from "../centre.mjs";
import { sit_down } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { hold, refuse } from "./troubles.mjs";

export async function photograph(browser, state) {
  const centre = await start_centre();
  const admin = await by_api(centre, "admin");
  const trainer = await admin("POST", "/api/v1/users", { login: "tess", name: "Tess", roles: ["trainer", "quality"], brands: ["northwind"] });
  const { secret } = await admin("POST", `/api/v1/users/${trainer.id}/invitation`);
  await admin("POST", "/api/v1/password-resets/complete", { secret, password: centre.password("tess") });
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  const at = `/api/v1/interactions/${pat.id}`;
  await eventually("it is offered", () => ana("POST", `${at}/answer`).then(() => true, () => false));
  await ana("POST", `${at}/events`, { kind: "message", text: "Good morning Pat, this is Ana from Northwind Energy." });
  await pat.leaves();
  await ana("POST", `${at}/wrap-up`, { reason: "billing.wrong", outcome: "resolved" });

  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "tess", centre.password("tess"), "Playbooks");
  await state(page, "nothing-chosen", () => page.getByText("Choose a playbook on the left.").waitFor());
  await state(page, "playbook", async () => {
    await page.getByRole("navigation", { name: "Playbooks" }).getByRole("link", { name: /standard/ }).click();
    await page.getByText(/^No mistakes\./).waitFor();
  });
  await state(page, "mistake", async () => {
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByLabel("Path").fill("practices/90-ours.yaml");
    await page.getByRole("button", { name: "Make it", exact: true }).click();
    await page.getByRole("textbox", { name: "practices/90-ours.yaml" }).fill("ours.welcome-back:\n  say: Say good to have you back\n  must: ours.welcome\n  weight: 5\n");
    await page.getByRole("region", { name: "Mistakes" }).getByRole("button").first().waitFor();
  });
  await state(page, "saving", async () => {
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByLabel("Path").fill("signals/90-ours.yaml");
    await page.getByRole("button", { name: "Make it", exact: true }).click();
    await page.getByRole("textbox", { name: "signals/90-ours.yaml" }).fill("ours.welcome:\n  meaning: the agent says good to have you back\n  by: agent\n  phrases:\n    - good morning\n");
    await page.getByText(/ready to be saved/).waitFor();
    await page.getByRole("button", { name: "Save a version" }).click();
    await page.getByLabel("What changed, and why").fill("Welcome people back");
  });
  await state(page, "difference", async () => {
    await page.getByRole("form", { name: "Save a version" }).getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Welcome people back").first().waitFor();
    await page.getByRole("radio", { name: "What differs" }).check();
    await page.getByRole("region", { name: "What differs", exact: true }).waitFor();
  });
  await state(page, "trying", async () => {
    await page.getByRole("button", { name: "Try on the past" }).click();
    await page.getByRole("form", { name: "Try it on past interactions" }).waitFor();
  });
  await state(page, "tried", async () => {
    await page.getByRole("button", { name: "Try it", exact: true }).click();
    await page.getByRole("row", { name: /Welcome back/ }).getByRole("button").click();
  });
  await state(page, "failed", async () => {
    await refuse(page, "**/api/v1/playbooks**");
    await page.goto("/playbooks");
    await page.getByRole("alert").first().waitFor();
  });
  await page.unroute("**/api/v1/playbooks**");
  await state(page, "loading", async () => {
    await hold(page, "**/api/v1/playbooks**");
    await page.goto("/playbooks");
    await page.getByRole("main").waitFor();
  });
  await page.context().close();
  await centre.stop();
}
