// What an administrator does besides lists and forms, one's own account, and how often reviewers agree.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { assert_accessible, open_browser, photograph, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, browser, page, admin;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  admin = await by_api(centre, "admin");
  page = await sit_down(browser, centre.url);
  await sign_in_to(page, "admin", centre.password("admin"), "Administration");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const go = (kind) => page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: kind, exact: true }).click();

test("users are imported: first what comes of each line, then for real", async () => {
  await go("Import of users");
  await assert_accessible(page, "the import, empty");
  await page.getByLabel("Or its lines").fill("login,name,roles,brands\nkim,Kim Reed,agent,northwind\nana,Ana again,agent,northwind\nlee,<b>Lee</b>,wizard,northwind\n");
  await page.getByRole("button", { name: "Look at it" }).click();
  const result = page.getByRole("region", { name: "What comes of each line" });
  await result.getByText("1 line is fine. 2 are refused.").waitFor();
  await result.getByText("Line 4").waitFor();
  await assert_accessible(page, "the import, looked at");
  await photograph(page, "import");
  assert.equal((await admin("GET", "/api/v1/users?limit=100")).items.some((one) => one.login === "kim"), false, "looking writes nothing");
  await page.getByRole("button", { name: "Create 1 user" }).click();
  await result.getByText("1 user was created.").waitFor();
  assert.equal((await admin("GET", "/api/v1/users?limit=100")).items.some((one) => one.login === "kim"), true);
});

test("a link invites somebody, who chooses a password by it and signs in", async () => {
  await go("Users");
  await page.getByRole("link", { name: "Kim Reed" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = page.getByRole("textbox", { name: "Link to set a password" });
  await link.waitFor();
  await assert_accessible(page, "a link");
  await photograph(page, "user-link");
  const kim = await sit_down(browser, centre.url);
  await kim.goto(await link.inputValue());
  await kim.getByRole("heading", { name: "Choose a password" }).waitFor();
  await kim.getByLabel("New password").fill("short");
  await kim.getByRole("button", { name: "Set the password" }).click();
  await kim.getByText("12 characters or more.", { exact: true }).waitFor();
  await assert_accessible(kim, "choosing a password");
  await kim.getByLabel("New password").fill(centre.password("kim"));
  await kim.getByLabel("Once more").fill(centre.password("kim"));
  await kim.keyboard.press("Enter");
  await kim.getByText("Your password is set.").waitFor();
  await kim.getByRole("link", { name: "To the sign-in" }).click();
  await sign_in_to(kim, "kim", centre.password("kim"));
  await kim.context().close();
  await page.getByRole("button", { name: "Remove the second factor" }).click();
  await Promise.all([page.getByText("The second factor is removed.").waitFor(), page.getByRole("button", { name: "Remove it for good?" }).click()]);
});

test("a webhook shows its secret once, and what it could not deliver", async () => {
  await go("Webhooks");
  await page.getByRole("button", { name: "New" }).click();
  await page.getByLabel("Brand").selectOption("Northwind Energy");
  await page.getByRole("textbox", { name: "Name" }).fill("The CRM");
  await page.getByLabel("Address").fill("https://example.com/hooks/rapport");
  await page.getByRole("group", { name: "What it is told" }).getByLabel("A flag was raised").check();
  await assert_accessible(page, "a new webhook");
  await page.getByRole("button", { name: /^Save/ }).click();
  assert.match(await page.getByRole("textbox", { name: "The webhook's secret" }).inputValue(), /^whsec_/);
  await assert_accessible(page, "the secret");
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByText("Everything was delivered, or is still being tried.").waitFor();
  await photograph(page, "webhook");
});

test("brands are linked, and have a secret of their own", async () => {
  await admin("POST", "/api/v1/brands", { id: "westwind", name: "Westwind" });
  await page.reload();
  await go("Brands");
  await page.getByRole("link", { name: "Northwind Energy" }).click();
  await page.getByRole("group", { name: "Linked brands" }).getByLabel("Westwind").check();
  await page.getByRole("button", { name: /^Save/ }).click();
  await eventually("it is linked", async () => (await admin("GET", "/api/v1/brands/northwind")).linked_brands?.[0] === "westwind");
  await page.getByRole("button", { name: "Make a secret" }).click();
  await page.getByRole("textbox", { name: "The secret" }).waitFor();
  await assert_accessible(page, "a brand");
});

test("one's own account: a second factor is begun, the password changed, and all sessions end", async () => {
  await page.getByRole("button", { name: /: account$/ }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByText("this browser", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Set up an authenticator" }).click();
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("The code is not right. Take the next one.").waitFor();
  await assert_accessible(page, "the account");
  await photograph(page, "account");
  await page.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(page, "the account, dark");
  await page.getByLabel("Present password").fill(centre.password("admin"));
  await page.getByLabel("New password").fill("another long phrase");
  await page.getByLabel("Once more").fill("another long phrase");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await sign_in_to(page, "admin", "another long phrase");
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});

test("reviewers see how often they agree, by practice, with a way to what was overridden", async () => {
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  await eventually("Ana is offered it", async () => JSON.stringify(await ana("GET", "/api/v1/me/hands")).includes(pat.id));
  await ana("POST", `/api/v1/interactions/${pat.id}/answer`);
  await ana("POST", `/api/v1/interactions/${pat.id}/events`, { kind: "message", text: "Good morning Pat, this is Ana from Northwind Energy." });
  await pat.leaves();
  await ana("POST", `/api/v1/interactions/${pat.id}/wrap-up`, { reason: "billing.wrong", outcome: "resolved" });
  const by_quinn = await by_api(centre, "quinn");
  const ledger = await eventually("it is judged", () => by_quinn("GET", `/api/v1/interactions/${pat.id}/ledger`).catch(() => null));
  const met = ledger.practices.filter((one) => one.verdict === "met");
  const quinn = await sit_down(browser, centre.url);
  await sign_in_to(quinn, "quinn", centre.password("quinn"), "Review");
  await quinn.getByRole("link", { name: "Agreement" }).click();
  await quinn.getByText("Nobody has reviewed a verdict of these days yet.").waitFor();
  await assert_accessible(quinn, "no agreement yet");
  await by_quinn("POST", `/api/v1/interactions/${pat.id}/verdicts`, { practice: met[0].id, verdict: "missed", reason: "It was said too late." });
  await by_quinn("POST", `/api/v1/interactions/${pat.id}/verdicts`, { practice: met[1].id, verdict: "met" });
  await quinn.reload();
  await quinn.getByText("of 2 verdicts reviewed were left as they were.").waitFor();
  await quinn.getByRole("row").nth(1).getByRole("button").click();
  await assert_accessible(quinn, "agreement");
  await photograph(quinn, "agreement");
  await quinn.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(quinn, "agreement, dark");
  await quinn.getByRole("complementary", { name: "Reviews" }).getByRole("link", { name: /Met → Missed/ }).click();
  await quinn.getByRole("region", { name: "Scorecard" }).waitFor();
  assert.deepEqual(quinn.troubles, []);
});
