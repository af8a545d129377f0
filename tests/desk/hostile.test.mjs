// Text, names, file names and markup that mean harm, through every field of the chat's API and of the desk, read
// at every desk: what would run says so by `window.hit`.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, be_available, composer, open_browser, sign_in, sit_down, transcript } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

const image = "<img src=x onerror=\"window.hit=1\">";
const evil = [
  image,
  "<script>window.hit=1</script>",
  "</textarea></p><svg onload=window.hit=1>",
  "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>",
  "javascript:window.hit=1",
  "[click](javascript:window.hit=1) https://ok.example/\"onmouseover=\"window.hit=1",
  "{{constructor.constructor('window.hit=1')()}} ${window.hit=1} {{name}} $t(common:close) %s",
  "\u202Egnp.exe\u202C \u2066x\u2069 a\u0300\u0301\u0302\u0303",
  "' OR 1=1; --",
];

let centre, browser, ana, sue, quinn, admin, eve;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  const root = await by_api(centre, "admin");
  const named = async (path, change) => {
    const one = await root("GET", path);
    await root("PUT", path, { ...one, ...change }, { "If-Match": `"${one.version}"` });
  };
  await named("/api/v1/queues/billing", { label: image, dispositions: { reasons: [{ id: "evil", label: evil[1] }] } });
  await named("/api/v1/skills/billing", { label: evil[2] });
  await root("POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "evil", title: image, text: evil[1] });
  [ana, sue, quinn, admin] = await Promise.all([0, 1, 2, 3].map(() => sit_down(browser, centre.url)));
  await sign_in(ana, "ana", centre.password("ana"));
  await sign_in_to(sue, "sue", centre.password("sue"), "Floor");
  await be_available(ana);
  eve = await customer(centre, image, evil[0]);
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// Elements that no code of ours makes, and whether something ran.
async function unharmed(page, where) {
  const found = await page.evaluate(() => ({
    hit: window.hit,
    strange: [...document.querySelectorAll("img, iframe, object, embed, base, body script, [onerror], [onload], [onmouseover], [srcdoc], a[href^='javascript:']")].map((one) => one.outerHTML),
  }));
  assert.deepEqual(found, { hit: undefined, strange: [] }, where);
}

test("at the agent's desk: the offer, what is said, files, notes, promises, help, canned replies, the wrap-up", async () => {
  await unharmed(ana, "offered");
  await accept(ana, image);
  for (const text of evil.slice(1)) await eve.says(text);
  for (const name of [`${image}.txt`, "\u202Etxt.exe", "../../etc/passwd", "a\"b'c.html"]) await eve.sends(name, "words");
  for (const text of evil) await transcript(ana).getByText(text.trim()).first().waitFor();
  for (const text of evil) {
    await composer(ana).fill(text);
    await composer(ana).press("Enter");
  }
  await eventually("the customer hears all of it", async () => (await eve.hears()).length === evil.length);
  await transcript(ana).getByRole("button", { name: /^Save / }).nth(3).waitFor();
  await ana.getByRole("region", { name: "Conversation", exact: true }).locator("input[type=file]").setInputFiles(evil.slice(0, 3).map((text) => ({ name: `${text.replaceAll("/", "")}.txt`, mimeType: "text/plain", buffer: Buffer.from("words") })));
  await transcript(ana).getByRole("button", { name: /^Save / }).nth(6).waitFor();
  await composer(ana).press("Escape");
  await ana.keyboard.press("n");
  await composer(ana).fill(image);
  await composer(ana).press("Enter");
  await transcript(ana).getByRole("article").filter({ hasText: "Internal note" }).getByText(image).waitFor();
  await composer(ana).fill("");
  await composer(ana).pressSequentially("/evi");
  await ana.getByRole("option", { name: image }).waitFor();
  await unharmed(ana, "canned replies");
  await ana.keyboard.press("Escape");
  await composer(ana).fill("");
  await ana.getByRole("button", { name: "Promise" }).click();
  await ana.getByRole("textbox", { name: "What", exact: true }).fill(evil[1]);
  await ana.getByRole("button", { name: "Write down" }).click();
  await ana.getByRole("region", { name: "Customer" }).getByText(evil[1]).waitFor();
  await ana.getByRole("button", { name: "Ask for help" }).click();
  await ana.getByLabel("What do you need?").fill(evil[3]);
  await ana.getByRole("button", { name: "Ask", exact: true }).click();
  await transcript(ana).getByText(`asked for help: ${evil[3]}`).waitFor();
  await unharmed(ana, "talking");
});

test("on the floor: names, queues, the inbox, a whisper", async () => {
  await sue.getByRole("region", { name: "Conversations" }).getByRole("button", { name: image }).click();
  const beside = sue.getByRole("region", { name: `Conversation with ${image}` });
  await beside.getByText(evil[3]).first().waitFor();
  await sue.keyboard.press("s");
  await sue.keyboard.type(evil[1]);
  await sue.keyboard.press("Enter");
  await transcript(ana).getByRole("article").filter({ hasText: "Whisper from your lead" }).getByText(evil[1]).waitFor();
  await unharmed(sue, "a conversation beside the floor");
  await sue.keyboard.press("Escape");
  await sue.keyboard.press("q");
  const inbox = sue.getByRole("region", { name: "Inbox" });
  await inbox.getByText(evil[3]).waitFor();
  await inbox.getByRole("listitem").filter({ hasText: evil[3] }).getByRole("button", { name: "Done" }).click();
  await inbox.getByLabel("What came of it").fill(image);
  const told = ana.getByText(`Your lead has seen to it: ${image}`).waitFor(); // for some seconds alone
  await Promise.all([told, inbox.getByRole("listitem").filter({ hasText: evil[3] }).getByRole("button", { name: "Done" }).last().click()]);
  await inbox.getByText(evil[3]).waitFor({ state: "detached" });
  await composer(ana).waitFor();
  await unharmed(sue, "the inbox");
  await sue.goto("/floor/wallboard");
  await sue.getByRole("heading", { name: image }).waitFor();
  await unharmed(sue, "the wallboard");
});

test("at the end, in the review, and in the administration", async () => {
  await unharmed(ana, "whispered to");
  await ana.getByRole("button", { name: "End", exact: true }).click();
  await ana.getByRole("button", { name: "End it" }).click();
  const form = ana.getByRole("form", { name: "Wrap-up" });
  await form.getByLabel("Reason").selectOption({ label: evil[1] });
  await form.getByLabel("Root cause").fill(image);
  await unharmed(ana, "wrapping up");
  await form.getByRole("button", { name: "Confirm" }).click();
  await form.waitFor({ state: "detached" });

  const reader = await by_api(centre, "quinn");
  await eventually("it is judged", () => reader("GET", `/api/v1/interactions/${eve.id}/ledger`).catch(() => null));
  await sign_in_to(quinn, "quinn", centre.password("quinn"), "Review");
  await quinn.getByLabel("Words").fill(image);
  await quinn.keyboard.press("Enter");
  await unharmed(quinn, "searching");
  await quinn.goto(`/review/${eve.id}`);
  const read = quinn.getByRole("region", { name: "Transcript" });
  for (const text of evil) await read.getByText(text.trim()).first().waitFor();
  await unharmed(quinn, "the review");

  await sign_in_to(admin, "admin", centre.password("admin"), "Administration");
  for (const [kind, link] of [["Queues", image], ["Skills", evil[2]], ["Canned replies", image]]) {
    await admin.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: kind }).click();
    await admin.getByRole("link", { name: link }).click();
    await admin.getByRole("heading", { name: link }).waitFor();
    await unharmed(admin, kind);
  }
  for (const page of [ana, sue, quinn, admin]) assert.deepEqual([page.troubles, page.strangers], [[], []]);
});
