// Files, both ways. Where the server has no routes for them there is nothing to test.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { description } from "../server/description.mjs";
import { answer_next, at, centre, eventually, finish } from "./centre.mjs";
import { visit_page } from "./browser.mjs";
import { Words } from "../../web/widget/src/words.ts";

const skip = !description.paths["/api/v1/conversation/attachments"];
const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

test("files go both ways, once, and are saved, not shown", { skip }, async () => {
  const customer = await visit_page();
  const choose = (...files) => customer.page.locator(".composer input[type=file]").setInputFiles(files);
  await customer.open();
  await choose(text("reading.txt", "4711"));
  const interaction = await answer_next();
  await customer.card.getByRole("button", { name: "Save reading.txt (1 kB)" }).waitFor();
  const sent = async () => (await centre.ana.expect(200, "GET", at(interaction))).events.flatMap((event) => (event.by === "customer" && event.attachments) || []);
  assert.deepEqual((await sent()).map(({ name, bytes }) => [name, bytes]), [["reading.txt", 4]]);

  const evil = "<script>window.hit=1</script>.txt";
  const upload = async (name) => {
    const answer = await fetch(`${centre.server.url}${at(interaction, "attachments")}?name=${encodeURIComponent(name)}`, { method: "POST", headers: { Cookie: centre.ana.cookie, "X-CSRF-Token": centre.ana.csrf, "Content-Type": "application/octet-stream" }, body: "the bill" });
    assert.equal(answer.status, 201, await answer.text());
  };
  await upload(evil);
  const button = customer.card.locator(".row:not(.own) .file button");
  const [download] = await Promise.all([customer.page.waitForEvent("download"), button.click()]);
  assert.equal(await readFile(await download.path(), "utf8"), "the bill");
  assert.match(download.suggestedFilename(), /\.txt$/);

  centre.site.cut();
  await customer.card.getByText("No connection").waitFor();
  await choose(text("later.txt", "sent later"));
  await customer.card.getByText("Not sent yet").waitFor();
  centre.site.mend();
  await customer.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await customer.card.getByRole("button", { name: "Save later.txt (1 kB)" }).waitFor();
  await eventually("it has arrived", async () => (await sent()).length === 2);

  const many = [1, 2, 3, 4, 5, 6, 7].map((number) => text(`photo ${number}.txt`, `of ${number}`));
  await choose(...many);
  await eventually("all of them have arrived", async () => (await sent()).length === 9);

  await choose(text("run.exe", "MZ"));
  await customer.card.getByText("Not sent: files of this kind are not taken").waitFor();
  await customer.card.getByRole("button", { name: "Discard" }).click();
  await choose(text("empty.txt", ""));
  await customer.card.getByText("Not sent: it is empty").waitFor();
  await customer.card.getByRole("button", { name: "Discard" }).click();
  await choose(text("page.txt", "<!DOCTYPE html><script>window.hit=1</script>"));
  await customer.card.getByText("Not sent: files of this kind are not taken").waitFor();
  assert.equal((await sent()).length, 9);
  assert.equal(await customer.page.evaluate(() => window.hit), undefined);
  await customer.card.getByRole("button", { name: "Discard" }).click();

  // The server takes fifty of one conversation, the agent's too, and once more would not help.
  for (let number = 0; number < 40; ++number) await upload(`page ${number}.txt`);
  await choose(text("one more.txt", "one more"));
  await customer.card.getByText("Not sent: no more files can be sent in this conversation").waitFor();
  assert.equal((await sent()).length, 9);
  assert.equal(await customer.card.getByRole("button", { name: "Try again" }).count(), 0);
  assert.deepEqual(customer.troubles, []);
  await finish(interaction);
  await customer.leave();
});

test("what a file is refused for before it is sent", async () => {
  const { refusal_of, size_text } = await import("../../web/widget/src/files.ts");
  assert.deepEqual(["a.PDF", "b.jpeg", "c.tar.gz", "d", "e.html"].map((name) => refusal_of(name, 10)), ["", "", "kind_not_allowed", "kind_not_allowed", "kind_not_allowed"]);
  assert.deepEqual([refusal_of("a.pdf", 0), refusal_of("a.pdf", 10 << 20), refusal_of("a.pdf", (10 << 20) + 1)], ["file_empty", "", "body_too_large"]);
  assert.deepEqual([1, 999_499, 1_250_000].map((bytes) => size_text(bytes, "de")), ["1 kB", "999 kB", "1,3 MB"]);
});

test("what was refused takes no room from what is sent, and what is beyond stands in one row", async () => {
  const { Files } = await import("../../web/widget/src/files.ts");
  globalThis.window ??= new EventTarget();
  const files = new Files({ begin: () => new Promise(() => {}), send: () => Promise.reject(new Error("nothing is sent")), changed: () => {} });
  const words = new Words("en", "en-GB");
  const of = (count, ending) => Array.from({ length: count }, (_, number) => new File(["x"], `${number}.${ending}`));
  const refused = () => files.shown.map((one) => one.refused ?? "");
  files.add(of(50, "exe"), words);
  files.add(of(50, "pdf"), words);
  assert.deepEqual([refused().filter((one) => one === "kind_not_allowed").length, refused().filter((one) => one === "").length], [50, 50]);
  files.add(of(30, "pdf"), words);
  files.add(of(40, "exe"), words);
  assert.equal(files.shown.length, 101);
  assert.deepEqual(files.shown.at(-1), { id: files.shown.at(-1).id, text: "70 more files", refused: "too_many_chosen" });
  files.discard(files.shown.at(-1).id);
  assert.equal(files.shown.length, 100);
});
