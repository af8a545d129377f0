// An administrator: lists and forms, a conflict with somebody who was there first, the audit log.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { assert_accessible_both, open_browser, sit_down } from "./people.mjs";
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

test("users are listed, and a new one is made", async () => {
  await page.getByRole("link", { name: "Quinn" }).waitFor();
  await assert_accessible_both(page, "users");
  await page.getByRole("button", { name: "New" }).click();
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByText("Needed.").first().waitFor();
  await assert_accessible_both(page, "a new user, incomplete");
  await page.getByLabel("Login").fill("kim");
  await page.getByRole("textbox", { name: "Name" }).fill("Kim Reed");
  await page.getByRole("group", { name: "Roles" }).getByLabel("Agent").check();
  await page.keyboard.press("Control+s");
  await page.getByRole("heading", { name: "Kim Reed" }).waitFor();
});

test("somebody else was there first: it is shown, and neither's work is lost", async () => {
  await go("Skills");
  await page.getByRole("link", { name: "Technical" }).click();
  await page.getByRole("textbox", { name: "Name" }).waitFor();
  await admin("PUT", "/api/v1/skills/technical", { label: "Technical help" }, { "If-Match": '"1"' });
  await page.getByRole("textbox", { name: "Name" }).fill("Technical support");
  await page.getByRole("button", { name: /^Save/ }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("Somebody else changed this meanwhile.").waitFor();
  await alert.getByRole("cell", { name: "Technical help" }).waitFor();
  await assert_accessible_both(page, "a conflict");
  await alert.getByRole("button", { name: "Keep what I changed" }).click();
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByRole("heading", { name: "Technical support" }).waitFor();
  await eventually("it is kept", async () => (await admin("GET", "/api/v1/skills/technical")).label === "Technical support");
});

test("a line that cannot be read is named, and opening hours are kept as they were written", async () => {
  await go("Queues");
  await page.getByRole("link", { name: "Billing" }).click();
  const hours = page.getByLabel("Opening hours");
  await hours.fill("mon 09:00-17:00\nfunday 09:00-17:00");
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByText("Line 2 cannot be read.").waitFor();
  await hours.fill("zone Europe/London\nmon 09:00-17:00");
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByText("Saved.").last().waitFor();
  assert.deepEqual((await admin("GET", "/api/v1/queues/billing")).hours, { zone: "Europe/London", week: { mon: ["09:00-17:00"] } });
  await assert_accessible_both(page, "a queue");
});

test("what is not saved waits until one comes back, and goes when it is discarded", async () => {
  const name = page.getByRole("textbox", { name: "Name" });
  await go("Skills");
  await page.getByRole("link", { name: "Billing" }).click();
  await name.fill("Bills and money");
  await page.getByText("Not saved yet.").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByText("Your changes are not saved.", { exact: false }).waitFor();
  await page.reload();
  await page.getByRole("link", { name: "Billing" }).click();
  assert.equal(await name.inputValue(), "Bills and money");
  await assert_accessible_both(page, "not saved yet");
  await page.getByRole("button", { name: "Discard" }).click();
  assert.equal(await name.inputValue(), "Billing");
  await page.getByText("Not saved yet.").waitFor({ state: "detached" });
});

test("what is typed while it is being saved stays", async () => {
  const name = page.getByRole("textbox", { name: "Name" });
  let let_go = () => undefined;
  const held = new Promise((done) => (let_go = done));
  await page.route("**/api/v1/skills/billing", async (route) => {
    if (route.request().method() === "PUT") await held;
    await route.continue();
  });
  await name.fill("Bills");
  const [asked] = await Promise.all([page.waitForRequest((request) => request.method() === "PUT"), page.getByRole("button", { name: /^Save/ }).click()]);
  assert.equal(asked.postDataJSON().label, "Bills");
  await name.fill("Bills and more");
  let_go();
  await page.getByRole("heading", { name: "Bills", exact: true }).waitFor();
  await page.getByText("Not saved yet.").waitFor();
  assert.equal(await name.inputValue(), "Bills and more");
  await page.unroute("**/api/v1/skills/billing");
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByRole("heading", { name: "Bills and more" }).waitFor();
  assert.equal((await admin("GET", "/api/v1/skills/billing")).label, "Bills and more");
});

test("what was done stands in the audit log", async () => {
  await go("Audit log");
  await page.getByText("user.create").first().waitFor();
  await assert_accessible_both(page, "audit log");
});

test("who may not administer does not find it", async () => {
  const own = await sit_down(browser, centre.url);
  await sign_in_to(own, "quinn", centre.password("quinn"));
  await own.goto("/admin/users");
  await eventually("it leads elsewhere", async () => !new URL(own.url()).pathname.startsWith("/admin"));
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});
