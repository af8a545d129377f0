// Files and seen marks, both ways: at the agent's desk, on the floor and in the review.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, at_work, composer, finish, open_browser, sit_down, transcript, write } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";

let centre, browser, ana, pat;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  ana = await at_work(browser, centre, "ana");
  pat = await customer(centre, "Pat Brown", "My meter reads strange things.");
  await accept(ana, "Pat Brown");
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
const choose = (...files) => ana.getByRole("region", { name: "Conversation", exact: true }).locator("input[type=file]").setInputFiles(files);
const sending = () => ana.getByRole("list", { name: "Files on their way" });

/// What the browser saves when the button is pressed.
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

test("a customer's file is there by name and size, and is saved", async () => {
  await pat.sends("reading.txt", "4711");
  const button = transcript(ana).getByRole("button", { name: "Save reading.txt 1 kB" });
  await button.waitFor();
  await ana.getByRole("navigation", { name: "My conversations" }).getByText("Sent a file: reading.txt").waitFor();
  await assert_accessible(ana, "a file");
  assert.deepEqual(await saved(ana, button), ["reading.txt", "4711"]);
});

test("files of the agent's arrive, chosen or pasted; what is refused says why", async () => {
  await choose(text("bill.txt", "12 pounds"));
  await transcript(ana).getByRole("button", { name: "Save bill.txt 1 kB" }).waitFor();
  await composer(ana).evaluate((area) => {
    const data = new DataTransfer();
    data.items.add(new File(["A screenshot in words"], "pasted.txt", { type: "text/plain" }));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await transcript(ana).getByRole("button", { name: "Save pasted.txt 1 kB" }).waitFor();
  await sending().waitFor({ state: "detached" });
  const names = async () => (await pat.events()).flatMap((event) => (event.by === "agent" && event.attachments) || []).map((one) => one.name);
  assert.deepEqual(await names(), ["bill.txt", "pasted.txt"]);

  const many = [1, 2, 3, 4, 5, 6, 7].map((number) => text(`photo ${number}.txt`, `of ${number}`));
  await choose(...many);
  for (const { name } of many) await transcript(ana).getByRole("button", { name: `Save ${name} 1 kB` }).waitFor();
  await sending().waitFor({ state: "detached" });

  await choose(text("page.txt", "<!DOCTYPE html><script>window.hit=1</script>"), text("empty.txt", ""));
  await sending().getByText("Not sent. Files of this kind are not taken.").waitFor();
  await sending().getByText("Not sent. It is empty.").waitFor();
  await assert_accessible(ana, "files refused");
  await sending().getByRole("button", { name: "Discard page.txt" }).click();
  await sending().getByRole("button", { name: "Discard empty.txt" }).click();
  await sending().waitFor({ state: "detached" });
  assert.deepEqual(await names(), ["bill.txt", "pasted.txt", ...many.map((one) => one.name)]);
});

test("a file that cannot leave is said, and is sent again", async () => {
  await ana.route("**/attachments?*", (route) => route.abort());
  await choose(text("later.txt", "sent later"));
  await sending().getByText("Not sent. The server cannot be reached.").waitFor();
  await ana.unroute("**/attachments?*");
  await sending().getByRole("button", { name: "Try again: later.txt" }).click();
  await transcript(ana).getByRole("button", { name: "Save later.txt 1 kB" }).waitFor();
});

test("while a note is written no file leaves", async () => {
  await composer(ana).press("Escape");
  await ana.keyboard.press("n");
  assert.equal(await ana.getByRole("button", { name: "File", exact: true }).isDisabled(), true);
  await ana.keyboard.press("Escape");
  await ana.keyboard.press("c");
});

test("seen, both ways: the customer is told when somebody looks, and the agent when the customer has read", async () => {
  const values = [];
  const hang_up = await pat.hears_seen((value) => values.push(value));
  /// The desk in the background, as another tab or window puts it.
  const look_away = (hidden) => ana.evaluate((now) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await look_away(true);
  await pat.says("Have you seen it?");
  await transcript(ana).getByText("Have you seen it?").waitFor();
  const last = (await pat.events()).findLast((event) => event.text === "Have you seen it?").id;
  assert.ok(values.every((value) => value.agent !== last), "nobody looks");
  await look_away(false);
  await eventually("the customer is told", () => values.at(-1)?.agent === last);
  hang_up();

  await write(ana, "I have, thank you.");
  assert.equal(await transcript(ana).getByText("Seen", { exact: true }).count(), 0);
  await eventually("it has arrived", async () => (await pat.events()).some((event) => event.text === "I have, thank you."));
  await pat.reads();
  await transcript(ana).getByText("Seen", { exact: true }).waitFor();
  await assert_accessible(ana, "seen");
  await pat.says("Good.");
  await transcript(ana).getByText("Seen", { exact: true }).waitFor({ state: "detached" });
});

test("the floor and the review have the files, too, and the right names", async () => {
  const sue = await sit_down(browser, centre.url);
  await sign_in_to(sue, "sue", centre.password("sue"), "Floor");
  await sue.getByRole("region", { name: "Conversations" }).getByRole("button", { name: "Pat Brown" }).click();
  const beside = sue.getByRole("region", { name: "Conversation with Pat Brown" });
  assert.deepEqual(await saved(sue, beside.getByRole("button", { name: "Save bill.txt 1 kB" })), ["bill.txt", "12 pounds"]);
  await sue.keyboard.press("s");
  await sue.keyboard.type("Ask for the number.");
  await sue.keyboard.press("Enter");
  await beside.getByText("Sue to the agent only").waitFor();
  await beside.getByRole("log").getByText(/^Ana/).first().waitFor();
  assert.equal(await beside.getByRole("log").getByText(/^Agent/).count(), 0);

  await finish(ana);
  const quinn = await sit_down(browser, centre.url);
  await sign_in_to(quinn, "quinn", centre.password("quinn"), "Review");
  await quinn.getByRole("link", { name: /Billing/ }).click();
  const read = quinn.getByRole("region", { name: "Transcript" });
  await read.getByText("Sue to the agent only").waitFor();
  assert.deepEqual(await saved(quinn, read.getByRole("button", { name: "Save reading.txt 1 kB" })), ["reading.txt", "4711"]);
  for (const page of [ana, sue, quinn]) assert.deepEqual([page.troubles, page.strangers], [[], []]);
});
