// An administrator: lists and forms, a conflict with somebody who was there first, the audit log.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { assert_accessible_both, open_browser, photograph, sit_down } from "./people.mjs";
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

const save = async () => {
  const answered = page.waitForResponse((one) => one.request().method() === "PUT" && one.url().endsWith("/queues/billing"));
  await page.getByRole("button", { name: /^Save/ }).click();
  assert.equal((await answered).status(), 200);
  await page.getByRole("button", { name: /^Save/, disabled: false }).waitFor(); // read again, and saved from what was read
  await page.getByText("Not saved yet.").waitFor({ state: "detached" });
};

test("skills are chosen from a list, each with a level that is checked", async () => {
  await go("Queues");
  await page.getByRole("link", { name: "Billing" }).click();
  const needs = page.getByRole("group", { name: "Skills needed" });
  await needs.getByLabel("Add to: Skills needed").selectOption("technical");
  await needs.getByLabel(/^Number of Technical/).fill("11");
  await needs.getByText("A whole number from 1 to 10.").waitFor();
  await page.getByRole("button", { name: /^Save/ }).click();
  assert.deepEqual((await admin("GET", "/api/v1/queues/billing")).needs, { billing: 1 });
  await needs.getByRole("button", { name: /^Take out Technical/ }).click();
  await needs.getByText("A whole number from 1 to 10.").waitFor({ state: "detached" });
  assert.equal(await needs.getByLabel("Number of Billing").inputValue(), "1");
});

test("opening hours are rows of a week, with what is wrong beside them, holidays, and what follows now", async () => {
  const hours = page.getByRole("group", { name: "Opening hours" });
  await hours.getByLabel("Open at certain hours only").check();
  await hours.getByLabel("Time zone").fill("Europe/London");
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday"]) await hours.getByRole("button", { name: `Remove the hours no. 1 of ${day}` }).click();
  await hours.getByRole("button", { name: "Add hours to Monday" }).press("Enter");
  await hours.getByLabel("Monday, opens (2)").fill("16:00");
  await hours.getByLabel("Monday, closes (2)").fill("20:00");
  await hours.getByText("These hours overlap with others of the day.").waitFor();
  await assert_accessible_both(page, "hours that overlap");
  await photograph(page, "hours-wrong");
  await page.getByRole("button", { name: /^Save/ }).click();
  assert.equal((await admin("GET", "/api/v1/queues/billing")).hours, undefined, "nothing wrong is kept");
  await hours.getByLabel("Monday, opens (2)").fill("18:00");
  await hours.getByLabel("Monday, closes (2)").fill("00:00");
  await hours.getByRole("button", { name: "Add a holiday" }).click();
  await hours.getByLabel("Holiday no. 1", { exact: true }).fill("2030-12-23");
  await hours.getByText(/^(Open|Closed) now, /).waitFor();
  await assert_accessible_both(page, "opening hours");
  await photograph(page, "hours");
  await save();
  assert.deepEqual((await admin("GET", "/api/v1/queues/billing")).hours, { zone: "Europe/London", week: { mon: ["09:00-17:00", "18:00-24:00"] }, holidays: [{ date: "2030-12-23" }] });
  await hours.getByLabel("Open at certain hours only").uncheck();
  await save();
  assert.equal((await admin("GET", "/api/v1/queues/billing")).hours, undefined);
});

test("reasons are a tree that is made, moved and removed without a mouse", async () => {
  const tree = page.getByRole("group", { name: "Reasons at wrap-up" });
  const named = async (label) => {
    await page.keyboard.type(label);
    await tree.getByRole("button", { name: new RegExp(`^${label}`) }).waitFor();
  };
  await tree.getByRole("button", { name: "Add a reason" }).press("Enter");
  await named("Billing");
  await tree.getByRole("button", { name: "Add one below" }).press("Enter");
  await named("Wrong bill");
  await tree.getByLabel("resolved", { exact: true }).press("Space");
  await tree.getByRole("button", { name: "Add a reason" }).press("Enter");
  await named("Other");
  await assert_accessible_both(page, "a reason that is open");
  await page.keyboard.press("Alt+ArrowUp");
  await tree.getByRole("button", { name: "Add a reason" }).press("Enter");
  await page.getByRole("button", { name: /^Save/ }).click();
  await tree.getByText("A name is needed.").waitFor();
  await photograph(page, "reasons");
  await tree.getByRole("button", { name: "Remove Without a name and what is below it" }).press("Enter");
  await save();
  const kept = async () => (await admin("GET", "/api/v1/queues/billing")).dispositions;
  assert.deepEqual(await kept(), { reasons: [{ id: "other", label: "Other" }, { id: "billing", label: "Billing", children: [{ id: "billing.wrong-bill", label: "Wrong bill", outcomes: ["resolved"] }] }] });
  await tree.getByRole("button", { name: /^Billing/ }).click();
  await tree.getByLabel("Name of the reason").fill("Bills");
  await tree.getByRole("button", { name: "Move Bills below the one before" }).click();
  await save();
  assert.deepEqual((await kept()).reasons[0].children.map((one) => [one.id, one.label]), [["billing", "Bills"]], "the id of a reason that is kept stays");
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
  await eventually("it waits", async () => (await name.inputValue()) === "Bills and money");
  await assert_accessible_both(page, "not saved yet");
  await page.getByRole("button", { name: "Discard" }).click();
  await eventually("it is as it was", async () => (await name.inputValue()) === "Billing");
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
