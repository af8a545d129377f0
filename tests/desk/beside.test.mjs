// Beside the conversation: another system's address, from its template to the tab that opens; drafts that
// follow their agent to another browser; and a transcript that knows where its reader is.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, assert_accessible_both, at_work, composer, finish, offer, open_browser, photograph, sign_in, sit_down, transcript, write } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

const crm = "https://crm.example";
let centre, browser, ana, sue, own;

before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  [sue, own] = [await by_api(centre, "sue"), await by_api(centre, "ana")];
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// Whatever opens in a new tab of this page, answered by nobody's server.
async function with_crm(page) {
  await page.context().route(`${crm}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>CRM</title>" }));
  return async (act) => {
    const [tab] = await Promise.all([page.context().waitForEvent("page"), act()]);
    await tab.waitForURL(`${crm}/**`);
    const seen = { url: tab.url(), opener: await tab.evaluate(() => window.opener === null) };
    await tab.close();
    return seen;
  };
}

test("the template is written in the brand's form, with its placeholders and an example", async () => {
  const admin = await sit_down(browser, centre.url);
  await sign_in_to(admin, "admin", centre.password("admin"), "Administration");
  await admin.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Brands" }).click();
  await admin.getByRole("link", { name: "Northwind Energy" }).click();
  const field = admin.getByLabel("Address in another system");
  await field.fill(`${crm}/{customer.fon}`);
  await admin.getByRole("button", { name: /^Save/ }).click();
  await admin.getByText("There is no {customer.fon}. Take one of those below.").waitFor();
  await assert_accessible_both(admin, "an unknown placeholder");
  await field.fill(`${crm}/find?name={customer.name}&interaction=`);
  await admin.getByRole("button", { name: "Put in interaction.id" }).press("Enter");
  assert.equal(await field.inputValue(), `${crm}/find?name={customer.name}&interaction={interaction.id}`);
  await admin.getByText(`${crm}/find?name=Pat%20Brown%20%26%20Sons&interaction=0198`).waitFor();
  await field.press("End");
  await field.pressSequentially("&phone={customer.phone}&id={customer.id}");
  await admin.getByRole("button", { name: /^Save/ }).click();
  await admin.getByText("Saved.").last().waitFor();
  await photograph(admin, "screen-pop-brand");
  await assert_accessible_both(admin, "an address in another system");
  assert.deepEqual(admin.troubles, []);
  await admin.context().close();
});

test("an offer and the customer lead to the other system; what is not known is empty, and nothing leads elsewhere", async () => {
  ana = await at_work(browser, centre, "ana");
  const opened = await with_crm(ana);
  const hostile = "@evil.example/?#&\"'<b>";
  const pat = await customer(centre, hostile, "My bill is wrong.");
  await offer(ana).getByRole("link", { name: "Open in crm.example" }).waitFor();
  await assert_accessible(ana, "an offer with another system's address");
  await photograph(ana, "screen-pop-offer");
  const expected = `${crm}/find?name=${encodeURIComponent(hostile)}&interaction=${pat.id}&phone=&id=`;
  const by_link = await opened(() => offer(ana).getByRole("link", { name: "Open in crm.example" }).click());
  assert.deepEqual(by_link, { url: new URL(expected).href, opener: true });
  await accept(ana, hostile);
  const link = ana.getByRole("region", { name: "Customer" }).getByRole("link", { name: "Open in crm.example" });
  assert.deepEqual([await link.getAttribute("rel"), await link.getAttribute("target")], ["noopener noreferrer", "_blank"]);
  const by_key = await opened(() => composer(ana).press("Control+o"));
  assert.deepEqual(by_key, { url: new URL(expected).href, opener: true });
  await ana.keyboard.press("Control+k");
  await ana.getByRole("combobox").fill("other system");
  const by_palette = await opened(() => ana.keyboard.press("Enter"));
  assert.equal(by_palette.url, by_link.url);
  await photograph(ana, "screen-pop-customer");
  await finish(ana);
});

test("by choice it opens with the acceptance; a browser that blocks it is told of", async () => {
  const opened = await with_crm(ana);
  await ana.getByRole("button", { name: "Ana: account" }).click();
  await ana.getByRole("menuitem", { name: "Your account" }).click();
  await ana.getByLabel("Open the customer in the brand's other system, in a new tab").check();
  await assert_accessible_both(ana, "one's account");
  await ana.goto("/desk");
  await ana.getByText("Nobody needs you right now.").waitFor();
  const { interaction } = await sue("POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { name: "Kim Reed", identifiers: [{ type: "tel", value: "+44 20 7946 0958" }] } });
  const { customer: id } = await sue("GET", `/api/v1/interactions/${interaction}`);
  await offer(ana).getByRole("heading", { name: "Kim Reed" }).waitFor();
  const seen = await opened(() => offer(ana).getByRole("button", { name: "Accept" }).click());
  assert.equal(seen.url, `${crm}/find?name=Kim%20Reed&interaction=${interaction}&phone=%2B442079460958&id=${id}`);
  await finish(ana);
  await ana.evaluate(() => (window.open = () => null)); // what a browser does that blocks tabs
  const lee = await customer(centre, "Lee", "Hello?");
  await accept(ana, "Lee");
  await ana.getByText("The browser blocked the new tab.", { exact: false }).waitFor();
  await lee.leaves();
  await ana.getByRole("form", { name: "Wrap-up" }).getByRole("button", { name: "Confirm" }).click();
  await ana.getByText("Nobody needs you right now.").waitFor();
});

test("a draft follows its agent to another browser; of two versions neither is lost", async () => {
  const pat = await customer(centre, "Pat Brown", "When will somebody come?");
  await accept(ana, "Pat Brown");
  const kept = async () => (await own("GET", "/api/v1/me/drafts")).items.find((one) => one.interaction === pat.id)?.text;
  await composer(ana).fill("I have looked at your readings and");
  await eventually("it is kept at the server", async () => (await kept()) === "I have looked at your readings and");
  const other = await sit_down(browser, centre.url);
  await sign_in(other, "ana", centre.password("ana"));
  await other.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { name: "Pat Brown", exact: true }).waitFor();
  await eventually("it is there", async () => (await composer(other).inputValue()) === "I have looked at your readings and");
  // The first browser has no network while it goes on writing; the second writes something else, later.
  await ana.route("**/api/v1/me/drafts**", (route) => route.abort());
  await composer(ana).fill("I have looked at your readings, twice");
  await composer(other).fill("Tomorrow at nine.");
  await eventually("the later one is kept", async () => (await kept()) === "Tomorrow at nine.");
  await ana.unroute("**/api/v1/me/drafts**");
  await ana.reload();
  await ana.getByText("You wrote later in another browser:").waitFor();
  assert.equal(await composer(ana).inputValue(), "I have looked at your readings, twice");
  await assert_accessible_both(ana, "two versions of a draft");
  await photograph(ana, "draft-elsewhere");
  await ana.getByRole("button", { name: "Take that" }).click();
  assert.equal(await composer(ana).inputValue(), "Tomorrow at nine.");
  await composer(ana).press("Enter");
  await eventually("what was said is no draft", async () => (await kept()) === undefined);
  await other.context().close();
  await finish(ana);
});

test("new messages are told to whoever has scrolled up, and to nobody who is at the end", async () => {
  const pat = await customer(centre, "Pat Brown", "Here is my story.");
  await accept(ana, "Pat Brown");
  for (let number = 1; number <= 14; number += 1) await pat.says(`Part ${number} of a long story that goes on and on.`);
  await transcript(ana).getByText("Part 14 of").waitFor();
  const below = ana.getByRole("button", { name: "New messages below" });
  assert.equal(await below.count(), 0);
  const at_end = () => transcript(ana).evaluate((box) => box.scrollHeight > box.clientHeight && box.scrollHeight - box.scrollTop - box.clientHeight < 2);
  await eventually("it stands at the end", at_end);
  await transcript(ana).evaluate((box) => (box.scrollTop = 0));
  await pat.says("Part 15, and the last.");
  await below.waitFor();
  await ana.setViewportSize({ width: 1280, height: 2400 }); // all of it fits: there is nothing below
  await below.waitFor({ state: "detached" });
  await ana.setViewportSize({ width: 1280, height: 720 });
  await transcript(ana).getByText("Part 15, and the last.").waitFor();
  await eventually("the end stays in sight", () => transcript(ana).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2));
  await pat.says("And one more.");
  await transcript(ana).getByText("And one more.").waitFor();
  assert.equal(await below.count(), 0);
  await write(ana, "Thank you for all of it.");
  await finish(ana);
  assert.deepEqual(ana.troubles, []);
});
