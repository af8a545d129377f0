// Every kind of thing that is configured: its list, one of it, a new one; the import, the audit log; waiting,
// failing, a conflict.

import { by_api, start_centre } from "../centre.mjs";
import { sit_down } from "../people.mjs";
import { sign_in_to } from "../overseers.mjs";
import { cut, hold, refuse } from "./troubles.mjs";

const kinds = [["Users", "Ana"], ["Teams", null], ["Queues", "Billing"], ["Skills", "Technical"], ["Brands", "Northwind Energy"], ["Agents", "Ana"], ["Canned replies", "How refunds work"], ["Blocked customers", null], ["Webhooks", null]];

export async function photograph(browser, state) {
  const centre = await start_centre();
  const admin = await by_api(centre, "admin");
  await admin("POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "refund", title: "How refunds work", text: "Refunds arrive within three working days." });
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, "admin", centre.password("admin"), "Administration");
  const go = (kind) => page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: kind, exact: true }).click();
  for (const [kind, one] of kinds) {
    const name = kind.toLowerCase().replace(" ", "-");
    await state(page, one === null ? `${name}-empty` : name, async () => {
      await go(kind);
      await (one === null ? page.getByText("There is nothing here yet.") : page.getByRole("link", { name: one, exact: true })).waitFor();
    });
    if (one !== null) await state(page, `${name}-one`, async () => {
      await page.getByRole("link", { name: one, exact: true }).click();
      await page.getByRole("button", { name: /^Save/ }).waitFor();
    });
    await state(page, `${name}-new`, async () => {
      await page.getByRole("button", { name: "New" }).click();
      await page.getByRole("button", { name: /^Save/ }).click();
      await page.getByText(/Needed/).first().waitFor();
    });
  }
  await state(page, "import", async () => {
    await go("Import of users");
    await page.getByLabel("Or its lines").fill("login,name,roles,brands\nkim,Kim Reed,agent,northwind\nana,Ana again,agent,northwind\nlee,Lee,wizard,northwind\n");
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.getByText(/are refused/).waitFor();
  });
  await state(page, "audit", async () => {
    await go("Audit log");
    await page.getByText("user.create").first().waitFor();
  });
  await state(page, "audit-no-match", async () => {
    await page.getByPlaceholder("Action").fill("nothing.like.it");
    await page.keyboard.press("Enter");
    await page.getByText("user.create").first().waitFor({ state: "detached" });
  });
  await state(page, "list-loading", async () => {
    await hold(page, "**/api/v1/skills?*");
    await page.goto("/admin/skills");
    await page.getByRole("navigation", { name: "Administration" }).waitFor();
  });
  await page.unroute("**/api/v1/skills?*");
  await state(page, "list-failed", async () => {
    await refuse(page, "**/api/v1/skills?*");
    await page.goto("/admin/skills");
    await page.getByRole("alert").waitFor();
  });
  await page.unroute("**/api/v1/skills?*");
  await state(page, "one-failed", async () => {
    await refuse(page, "**/api/v1/skills/technical");
    await page.goto("/admin/skills/technical");
    await page.getByRole("alert").waitFor();
  });
  await page.unroute("**/api/v1/skills/technical");
  await page.goto("/admin/skills/technical");
  await state(page, "conflict", async () => {
    await page.getByRole("textbox", { name: "Name" }).waitFor();
    await admin("PUT", "/api/v1/skills/technical", { label: "Technical help" }, { "If-Match": '"1"' });
    await page.getByRole("textbox", { name: "Name" }).fill("Technical support");
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByText("Somebody else changed this meanwhile.").waitFor();
  });
  await state(page, "stale", () => cut(page));
  await page.context().close();
  await centre.stop();
}
