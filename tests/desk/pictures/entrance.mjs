// Before anybody is in: setting up, signing in, choosing a password.

import { start_centre } from "../centre.mjs";
import { sit_down } from "../people.mjs";
import { hold } from "./troubles.mjs";

export async function photograph(browser, state) {
  const bare = await start_centre({ bare: true });
  const first = await sit_down(browser, bare.url);
  await state(first, "setup", () => first.getByRole("button").first().waitFor());
  await state(first, "setup-incomplete", async () => {
    await first.getByRole("button").first().click();
    await first.getByText(/Needed/).first().waitFor();
  });
  await first.context().close();
  await bare.stop();

  const centre = await start_centre();
  const page = await sit_down(browser, centre.url);
  await state(page, "login", () => page.getByRole("heading", { name: "Sign in" }).waitFor());
  await state(page, "login-refused", async () => {
    await page.getByLabel("Login").fill("ana");
    await page.getByLabel("Password").fill("not her password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Login or password is not right.").waitFor();
  });
  await state(page, "login-busy", async () => {
    await hold(page, "**/api/v1/login");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Sign in" }).and(page.locator("[aria-busy=true], :disabled")).waitFor();
  });
  const waiting = await sit_down(browser, centre.url);
  await state(waiting, "loading", async () => {
    await hold(waiting, "**/api/v1/**");
    await waiting.reload();
    await waiting.locator("#root > *").first().waitFor();
  });
  await state(waiting, "unreachable", async () => {
    await waiting.route("**/api/v1/**", (route) => route.abort());
    await waiting.reload();
    await waiting.getByText("The centre cannot be reached.").waitFor();
  });
  const password = await sit_down(browser, centre.url);
  await state(password, "password", async () => {
    await password.goto("/password#a-secret");
    await password.getByRole("heading").first().waitFor();
  });
  await centre.stop();
}
