// What cannot be read says so, in words and with another try, light and dark; it is never shown as empty.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { assert_accessible_both, heals, open_browser, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, browser, id;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const ana = await by_api(centre, "ana");
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  id = pat.id;
  await eventually("Ana is offered it", async () => JSON.stringify(await ana("GET", "/api/v1/me/hands")).includes(id));
  await ana("POST", `/api/v1/interactions/${id}/answer`);
  await pat.leaves();
  await ana("POST", `/api/v1/interactions/${id}/wrap-up`, { reason: "billing", outcome: "resolved" });
  const quinn = await by_api(centre, "quinn");
  await eventually("it is judged", () => quinn("GET", `/api/v1/interactions/${id}/ledger`).catch(() => null));
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// Answers of these addresses are refusals; the answer of this mends it.
async function breaks(page, address) {
  const problem = { type: "about:blank", title: "Unavailable", status: 409, code: "store_unavailable" };
  await page.route(address, (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) }));
  return () => page.unroute(address);
}

async function fails_and_mends(page, state, address, path, shown) {
  const mend = await breaks(page, address);
  await page.goto(path);
  const failed = page.getByRole("alert").filter({ hasText: "The centre cannot save for a moment. Try again." });
  await failed.first().waitFor();
  assert.equal(await shown().count(), 0);
  await assert_accessible_both(page, `${state}, failed`);
  if (process.env.DESK_PICTURES) for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${process.env.DESK_PICTURES}/${state}-${colorScheme}.png` });
  }
  await mend();
  await heals(failed.getByRole("button", { name: "Try again" }).first(), shown());
}

test("the floor and its inbox", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "sue", centre.password("sue"), "Floor");
  await fails_and_mends(page, "floor", "**/api/v1/floor", "/floor", () => page.getByRole("heading", { name: "Queues" }));
  const mend = await breaks(page, "**/api/v1/inbox?*");
  await page.reload();
  await page.getByRole("button", { name: /^Inbox/ }).click();
  await page.getByRole("alert").getByText("The centre cannot save for a moment.", { exact: false }).waitFor();
  assert.equal(await page.getByText("The inbox is empty.").count(), 0);
  await assert_accessible_both(page, "inbox, failed");
  if (process.env.DESK_PICTURES) await page.screenshot({ path: `${process.env.DESK_PICTURES}/inbox.png` });
  await mend();
  await heals(page.getByRole("alert").getByRole("button", { name: "Try again" }), page.getByText("The inbox is empty."));
  await assert_accessible_both(page, "inbox, empty");
  if (process.env.DESK_PICTURES) await page.screenshot({ path: `${process.env.DESK_PICTURES}/inbox-empty.png` });
  assert.deepEqual(page.troubles, []);
});

test("the review: the list, an interaction, and a scorecard that could not be read is not none", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "quinn", centre.password("quinn"), "Review");
  await fails_and_mends(page, "finding", "**/api/v1/interactions?*", "/review", () => page.getByText("1 interaction"));
  await fails_and_mends(page, "interaction", `**/api/v1/interactions/${id}`, `/review/${id}`, () => page.getByRole("region", { name: "Transcript" }));
  await fails_and_mends(page, "scorecard", "**/ledger", `/review/${id}`, () => page.getByRole("region", { name: "Scorecard" }).getByText(/^Playbook/));
  assert.deepEqual(page.troubles, []);
});

test("a next page that could not be read is asked for once, and again by hand", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "quinn", centre.password("quinn"), "Review");
  let asked = 0;
  let works = false;
  const problem = { type: "about:blank", title: "Unavailable", status: 409, code: "store_unavailable" };
  await page.route("**/api/v1/interactions?*", async (route) => {
    const answer = await (await route.fetch({ url: route.request().url().replace(/&?after=[^&]*/, "") })).json();
    if (!route.request().url().includes("after=")) return route.fulfill({ json: { ...answer, next: "further" } });
    asked += 1;
    if (!works) return route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) });
    return route.fulfill({ json: { items: answer.items.map((one) => ({ ...one, id: `further-${one.id}` })), next: null } });
  });
  await page.goto("/review");
  const found = page.getByRole("region", { name: "Interactions", exact: true });
  const failed = found.getByRole("alert");
  await failed.waitFor();
  await assert_accessible_both(page, "a next page, failed");
  if (process.env.DESK_PICTURES) await page.screenshot({ path: `${process.env.DESK_PICTURES}/next-page.png` });
  assert.equal(await found.getByRole("link").count(), 1, "what was found stays");
  assert.equal(asked, 1);
  works = true;
  await failed.getByRole("button", { name: "Try again" }).click();
  await page.getByText("2 interactions").waitFor();
  assert.equal(await failed.count(), 0);
  assert.equal(asked, 2);
  assert.deepEqual(page.troubles, []);
});

test("the administration: a list and an item", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "admin", centre.password("admin"), "Administration");
  await fails_and_mends(page, "list", "**/api/v1/skills?*", "/admin/skills", () => page.getByRole("link", { name: "Technical" }));
  await fails_and_mends(page, "item", "**/api/v1/skills/technical", "/admin/skills/technical", () => page.getByRole("textbox", { name: "Name" }));
  assert.deepEqual(page.troubles, []);
});
