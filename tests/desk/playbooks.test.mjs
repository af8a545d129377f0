// A playbook: read, changed with its mistakes shown while one types, saved, tried on what has happened, made live.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { assert_accessible, hand_in, open_browser, photograph, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

const practice = "ours.welcome-back:\n  say: Say good to have you back\n  must: ours.welcome\n  weight: 5\n";
const signal = "ours.welcome:\n  meaning: the agent says good to have you back\n  by: agent\n  phrases:\n    - good morning\n";
let centre, browser, page, id;

before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const admin = await by_api(centre, "admin");
  const trainer = await admin("POST", "/api/v1/users", { login: "tess", name: "Tess", roles: ["trainer", "quality"], brands: ["northwind"] });
  const { secret } = await admin("POST", `/api/v1/users/${trainer.id}/invitation`);
  await admin("POST", "/api/v1/password-resets/complete", { secret, password: centre.password("tess") });
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  id = pat.id;
  await eventually("Ana is offered it", async () => JSON.stringify(await ana("GET", "/api/v1/me/hands")).includes(id));
  await ana("POST", `/api/v1/interactions/${id}/answer`);
  await ana("POST", `/api/v1/interactions/${id}/events`, { kind: "message", text: "Good morning Pat, this is Ana from Northwind Energy." });
  await pat.leaves();
  await ana("POST", `/api/v1/interactions/${id}/wrap-up`, { reason: "billing.wrong", outcome: "resolved" });
  const quinn = await by_api(centre, "quinn");
  await eventually("it is judged", () => quinn("GET", `/api/v1/interactions/${id}/ledger`).catch(() => null));
  page = await sit_down(browser, centre.url);
  await sign_in_to(page, "tess", centre.password("tess"), "Playbooks");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const problems = () => page.getByRole("region", { name: "Mistakes" });

test("a playbook is read; it is sound as it stands", async () => {
  await page.getByText("Choose a playbook on the left.").waitFor();
  await assert_accessible(page, "playbooks, nothing chosen");
  await page.getByRole("navigation", { name: "Playbooks" }).getByRole("link", { name: /standard/ }).click();
  await page.getByRole("textbox", { name: "playbook.yaml" }).waitFor();
  await problems().getByText(/^No mistakes\. \d+ practices\.$/).waitFor();
  await assert_accessible(page, "a playbook");
  await photograph(page, "playbook");
});

test("a mistake is shown while one types, with a way to its place, and nothing wrong can be saved", async () => {
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByLabel("Path").fill("practices/90-ours.yaml");
  await page.getByRole("button", { name: "Make it", exact: true }).click();
  const field = page.getByRole("textbox", { name: "practices/90-ours.yaml" });
  await field.fill(practice);
  await problems().getByRole("button", { name: /practices\/90-ours\.yaml, line 3:/ }).waitFor();
  await eventually("it cannot be saved", () => page.getByRole("button", { name: "Save a version" }).isDisabled());
  await assert_accessible(page, "a mistake");
  await photograph(page, "playbook-mistake");
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: "playbook.yaml" }).click();
  await page.getByRole("textbox", { name: "playbook.yaml" }).waitFor();
  await page.keyboard.press("Control+.");
  await field.waitFor();
  await eventually("the cursor is at the mistake", () => field.evaluate((one) => document.activeElement === one && one.value.slice(0, one.selectionStart).split("\n").length === 3));
});

test("repaired it is saved as a version of its own", async () => {
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByLabel("Path").fill("signals/90-ours.yaml");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "signals/90-ours.yaml" }).fill(signal);
  await problems().getByText(/ready to be saved/).waitFor();
  await page.getByRole("button", { name: "Save a version" }).click();
  const form = page.getByRole("form", { name: "Save a version" });
  await form.getByLabel("What changed, and why").fill("Welcome people back <b>always</b>");
  await assert_accessible(page, "saving");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await form.waitFor({ state: "detached" });
  await page.getByText("Welcome people back <b>always</b>").first().waitFor();
  await page.getByRole("radio", { name: "What differs" }).check();
  await page.getByRole("region", { name: "What differs", exact: true }).getByText("say: Say good to have you back").waitFor();
  await assert_accessible(page, "what differs");
  await photograph(page, "playbook-difference");
});

test("what is not saved outlives a session that ends, for its owner", async () => {
  const field = page.getByRole("textbox", { name: "practices/90-ours.yaml" });
  await page.getByRole("radio", { name: "Files" }).check();
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: "90-ours.yaml" }).first().click();
  // Where a file is opened its cursor is put, which may come between what selects all and what replaces it.
  const unsaved = `${practice}# not saved yet\n`;
  await eventually("it is written", async () => {
    await field.fill(unsaved);
    return (await field.inputValue()) === unsaved;
  });
  const tess = await by_api(centre, "tess");
  for (const one of (await tess("GET", "/api/v1/me/sessions")).items) if (one.label.includes("Chrome")) await tess("DELETE", `/api/v1/me/sessions/${one.id}`);
  await page.getByText("Your session has ended.").waitFor();
  await hand_in(page, "tess", centre.password("tess"));
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: "90-ours.yaml" }).first().click();
  await eventually("it is still there", async () => (await field.inputValue()) === unsaved);
  await eventually("it is as it was saved", async () => {
    await field.fill(practice);
    return (await field.inputValue()) === practice;
  });
});

test("tried on the past, it shows which verdicts change, with a way to the interactions", async () => {
  await page.getByRole("button", { name: "Try on the past" }).click();
  const form = page.getByRole("form", { name: "Try it on past interactions" });
  await eventually("it is a version of this brand alone", async () => (await form.getByLabel("Brand").inputValue()) === "northwind");
  await assert_accessible(page, "asking for a trial");
  await photograph(page, "playbook-trial-form");
  await form.getByRole("button", { name: "Try it" }).click();
  await page.getByText("done, 1 interaction judged").waitFor();
  const row = page.getByRole("row", { name: /Welcome back/ });
  await row.getByRole("button").click();
  const results = page.getByRole("region", { name: "Interactions judged otherwise" });
  await results.getByText("not asked").waitFor();
  await assert_accessible(page, "a trial");
  await photograph(page, "playbook-trial");
  await page.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(page, "a trial, dark");
  await photograph(page, "playbook-trial-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await results.getByRole("link").first().click();
  await page.getByRole("region", { name: "Transcript" }).getByText(/this is Ana from Northwind/).waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "To the playbook" }).click();
});

test("made live, the brand's next conversations are judged by it", async () => {
  await page.getByRole("button", { name: "Make it live" }).click();
  const form = page.getByRole("form", { name: "Make it live" });
  await eventually("it is a version of this brand alone", async () => (await form.getByLabel("Brand").inputValue()) === "northwind");
  await form.getByRole("button", { name: "Make it live for Northwind Energy" }).click();
  await page.getByRole("navigation", { name: "Playbooks" }).getByText("Live: Northwind Energy").waitFor();
  const brand = await (await by_api(centre, "admin"))("GET", "/api/v1/brands/northwind");
  assert.match(page.url(), new RegExp(`/playbooks/${brand.playbook}$`));
  await page.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(page, "a playbook, dark");
  await photograph(page, "playbook-dark");
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});

test("who may only read changes nothing", async () => {
  const quinn = await sit_down(browser, centre.url);
  await sign_in_to(quinn, "quinn", centre.password("quinn"), "Playbooks");
  await quinn.getByRole("link", { name: /Comes with Rapport/ }).click();
  assert.equal(await quinn.getByRole("textbox", { name: "playbook.yaml" }).getAttribute("readonly"), "");
  assert.equal(await quinn.getByRole("button", { name: "Make it live" }).count(), 0);
});
