// Nothing that was written is lost, and nothing is said twice, whatever the network does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer_next, centre, eventually, finish, say, written } from "./centre.mjs";
import { visit_page } from "./browser.mjs";

async function talking() {
  const customer = await visit_page();
  await customer.open();
  await customer.write("Hello");
  const interaction = await answer_next();
  await customer.reads("Ana Test is with you now");
  return { customer, interaction };
}

test("offline: it says so, keeps what is written, also over a closed tab, and sends it once", async () => {
  const { customer, interaction } = await talking();
  centre.site.cut();
  await customer.card.getByText("No connection. What you write is kept and sent later.").waitFor();
  await customer.write("written offline, one");
  await customer.write("written offline, two");
  await customer.card.getByText("Not sent yet; kept until the connection is back").first().waitFor();
  await say(interaction, "Are you still there?");
  centre.site.mend();
  await customer.page.reload();
  await customer.reads("Are you still there?");
  await eventually("all of it has arrived", async () => (await written(interaction)).length === 3);
  await customer.card.getByText("No connection").waitFor({ state: "hidden" });
  assert.deepEqual(await written(interaction), ["Hello", "written offline, one", "written offline, two"]);
  assert.equal(await customer.rows.count(), 4);
  assert.deepEqual(customer.troubles, []);
  await finish(interaction);
  await customer.leave();
});

test("the connection breaks and comes back: what was said meanwhile is there, in order", async () => {
  const { customer, interaction } = await talking();
  for (const word of ["one", "two", "three"]) {
    centre.site.cut();
    await customer.card.getByText("No connection").waitFor();
    await say(interaction, word);
    centre.site.mend();
    await customer.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await customer.reads(word);
  }
  assert.deepEqual(await customer.rows.locator(".text").allTextContents(), ["Hello", "one", "two", "three"]);
  await finish(interaction);
  await customer.leave();
});

test("answers that are lost on the way: said once, begun once", async () => {
  const customer = await visit_page();
  await customer.open();
  const lost = new Map();
  centre.site.lose_answers((request) => {
    if (request.method !== "POST" || !/\/(conversation|messages)$/.test(request.url)) return false;
    lost.set(request.url, (lost.get(request.url) ?? 0) + 1);
    return lost.get(request.url) <= 2;
  });
  await customer.write("only once");
  const interaction = await answer_next();
  await eventually("it has arrived", async () => (await written(interaction)).length > 0);
  // A message may be known from the feed before it would be sent again; the beginning has only its answer.
  await eventually("answers were lost", () => lost.size === 2 && [...lost].every(([url, count]) => count > (url.endsWith("/conversation") ? 2 : 0)));
  centre.site.lose_answers(null);
  await customer.reads("only once");
  await customer.card.locator(".mark").waitFor();
  assert.deepEqual(await written(interaction), ["only once"]);
  const hands = await centre.ana.expect(200, "GET", "/api/v1/me/hands");
  assert.equal(hands.state.in_hand.filter((slot) => slot.state !== "wrap_up").length, 1, "a second conversation was begun");
  await finish(interaction);
  await customer.leave();
});

test("a browser that keeps nothing still talks", async () => {
  const customer = await visit_page();
  await customer.page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await customer.open();
  await customer.write("No storage here");
  const interaction = await answer_next();
  await say(interaction, "Fine");
  await customer.reads("Fine");
  await finish(interaction);
  await customer.leave();
});

test("a page without TLS, whose browser makes no ids: words and files arrive", async () => {
  const customer = await visit_page();
  assert.equal(await customer.page.evaluate(() => { delete Crypto.prototype.randomUUID; return crypto.randomUUID; }), undefined);
  await customer.open();
  await customer.write("No TLS here");
  const interaction = await answer_next();
  await customer.page.locator(".composer input[type=file]").setInputFiles({ name: "reading.txt", mimeType: "text/plain", buffer: Buffer.from("4711") });
  await customer.card.getByRole("button", { name: "Save reading.txt (1 kB)" }).waitFor();
  assert.equal((await written(interaction))[0], "No TLS here");
  assert.deepEqual(customer.troubles, []);
  await finish(interaction);
  await customer.leave();
});

test("words that cannot be taken stay in the field", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.page.evaluate(() => { Crypto.prototype.getRandomValues = () => { throw new Error("no chance"); }; });
  await customer.write("Do not lose me");
  await eventually("it was tried", () => customer.troubles.length > 0);
  assert.equal(await customer.text.inputValue(), "Do not lose me");
  await customer.leave();
});

test("two tabs of one customer show the same conversation", async () => {
  const { customer, interaction } = await talking();
  const other = await customer.context.newPage();
  await other.goto(customer.page.url());
  await other.locator(".rows").getByText("Hello").waitFor();
  await customer.write("from the first tab");
  await other.locator(".rows").getByText("from the first tab").waitFor();
  await eventually("it has arrived, once", async () => (await written(interaction)).length === 2);
  await finish(interaction);
  await customer.leave();
});
