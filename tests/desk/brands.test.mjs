// An agent of two brands: whose customer it is stands at the offer and above the conversation.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, start_centre } from "./centre.mjs";
import { accept, assert_accessible_both, at_work, offer, open_browser, photograph } from "./people.mjs";

let centre, browser, ana;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const admin = await by_api(centre, "admin");
  await admin("POST", "/api/v1/brands", { id: "southwind", name: "Southwind Water", time_zone: "Europe/London", language: "en", greeting: "Hello.", playbook: "standard" });
  const { items } = await admin("GET", "/api/v1/users?limit=100");
  const user = await admin("GET", `/api/v1/users/${items.find((one) => one.login === "ana").id}`);
  await admin("PATCH", `/api/v1/users/${user.id}`, { brands: ["northwind", "southwind"] }, { "If-Match": `"${user.version}"` });
  ana = await at_work(browser, centre, "ana");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

test("the brand is named before the queue; at 1280 pixels the band shows the whole name, and what is cut off stands in a title", async () => {
  const sue = await by_api(centre, "sue");
  await sue("POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { name: "Maximilian Featherstonehaugh", identifiers: [{ type: "tel", value: "+44 20 7946 0958" }] } });
  await offer(ana).getByText("Chat · Northwind Energy, Billing").waitFor();
  await accept(ana, "Maximilian Featherstonehaugh");
  const band = ana.getByRole("region", { name: "Conversation", exact: true }).locator("header").first();
  await band.getByText("Chat · Northwind Energy, Billing").waitFor();
  await ana.getByRole("region", { name: "Customer" }).getByRole("button", { name: /^New case/ }).waitFor(); // the record was read
  await ana.keyboard.press("Alt+z");
  await ana.keyboard.type("The meter was read twice in March, and the bill of April counts both readings");
  await ana.keyboard.press("Enter");
  const matter = band.getByText("and the bill of April counts both readings, attempt 1");
  await matter.waitFor();
  const { cut, untold, outside } = await band.evaluate((all) => {
    const parts = [...all.querySelectorAll("h2, h2 ~ *, p > *")].filter((one) => one.textContent !== "");
    const is_cut = (one) => getComputedStyle(one).overflow !== "visible" && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    const edge = all.querySelector("button").getBoundingClientRect().left;
    const text = (one) => one.textContent;
    return { cut: parts.filter(is_cut).map(text), untold: parts.filter((one) => is_cut(one) && one.title !== text(one)).map(text), outside: parts.filter((one) => one.getBoundingClientRect().right > edge + 1).map(text) };
  });
  assert.deepEqual([cut, untold, outside], [[await matter.textContent()], [], []]);
  await assert_accessible_both(ana, "a conversation of one of two brands");
  await photograph(ana, "brand");
  assert.deepEqual(ana.troubles, []);
});
