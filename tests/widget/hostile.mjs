// Text and markup that mean harm, through every field, both ways. What would run says so by `window.hit`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer_next, centre, employ_as, eventually, finish, say, written } from "./centre.mjs";
import { visit, visit_page } from "./browser.mjs";

const evil = [
  "<img src=x onerror=\"window.hit=1\">",
  "<script>window.hit=1</script>",
  "</textarea><svg onload=window.hit=1>",
  "javascript:window.hit=1",
  "https://bank.example@evil.example/x",
  "https://ok.example/\"onmouseover=\"window.hit=1",
  "[click](javascript:window.hit=1)",
  "{{constructor.constructor('window.hit=1')()}} ${window.hit=1} {agent} %s %n",
  "\u202Egnp.exe\u202C \u2066x\u2069 a\u0300\u0301\u0302\u0303\u0304\u0305",
  "' OR 1=1; --",
  `${"W".repeat(3_900)}`,
];

/** The elements of the chat that its own code does not make. */
const strangers = (page) => page.evaluate(() => {
  const root = document.querySelector("rapport-chat").shadowRoot;
  return [...root.querySelectorAll("script, iframe, object, embed, img, style, link, base, [onerror], [onload], [onmouseover], [srcdoc]")].map((one) => one.outerHTML);
});

test("hostile words of the customer and of the agent stay words", async () => {
  const customer = await visit(`${centre.site.url}/shop`);
  await customer.open();
  await customer.write(evil[0]);
  const interaction = await answer_next();
  for (const text of evil.slice(1)) await customer.write(text);
  for (const text of evil) await say(interaction, text);
  await customer.log.locator(".row:not(.own)").nth(evil.length - 1).waitFor();
  await eventually("all of it has arrived", async () => (await written(interaction)).length === evil.length);
  assert.deepEqual(await written(interaction), evil);
  for (const side of [".row.own", ".row:not(.own)"]) {
    assert.deepEqual(await customer.log.locator(`${side} .text`).allTextContents(), evil);
  }
  const links = await customer.log.locator("a").evaluateAll((all) => all.map((one) => [one.href, one.rel, one.target]));
  assert.deepEqual([...new Set(links.map(([href]) => href))], ["https://ok.example/"]);
  assert.ok(links.every(([, rel, target]) => rel === "noopener noreferrer nofollow" && target === "_blank"));
  assert.deepEqual(await strangers(customer.page), []);
  const width = await customer.page.evaluate(() => { const scroll = document.querySelector("rapport-chat").shadowRoot.querySelector(".scroll"); return scroll.scrollWidth - scroll.clientWidth; });
  assert.equal(width, 0, "a long word makes it no wider");
  await customer.page.reload();
  await customer.log.locator(".row:not(.own)").nth(evil.length - 1).waitFor();
  assert.equal(await customer.page.evaluate(() => window.hit), undefined);
  assert.deepEqual(customer.troubles, []);
  await finish(interaction);
  await customer.card.getByRole("radio", { name: "Happy", exact: true }).check();
  await customer.card.getByLabel("What should we know?").fill(evil[0]);
  await customer.card.getByRole("button", { name: "Send feedback" }).click();
  await customer.card.getByText("Thank you. People read this.").waitFor();
  await customer.leave();
});

test("hostile names and configuration stay text", async () => {
  const name = evil[0].slice(0, 60);
  await centre.root.expect(201, "POST", "/api/v1/brands", { id: "evil", name, greeting: evil[1] });
  await centre.root.expect(201, "POST", "/api/v1/skills", { id: "evil", label: evil[2] });
  await centre.root.expect(201, "POST", "/api/v1/queues", { id: "evil", brand: "evil", label: name, offer_seconds: 60, needs: { evil: 1 } });
  const eve = await employ_as("eve", name, "evil");
  const customer = await visit_page({ brand: "evil", queue: "evil", colour: "red;background:url(x)", language: "<b>", position: "\"><b>", "customer-name": evil[0], theme: "{}" });
  await customer.open();
  await customer.card.getByRole("heading", { name }).waitFor();
  await customer.card.getByText(evil[1]).waitFor();
  await customer.write("Hello");
  const interaction = await answer_next(eve);
  await customer.reads(`${name} is with you now`);
  const read = await eve.expect(200, "GET", `/api/v1/interactions/${interaction}`);
  assert.ok(JSON.stringify(read).includes(JSON.stringify(evil[0]).slice(1, -1)), "the customer's name is as it was given");
  assert.deepEqual(await strangers(customer.page), []);
  assert.equal(await customer.page.evaluate(() => window.hit), undefined);
  assert.deepEqual(customer.troubles, []);
  await eve.post(`/api/v1/interactions/${interaction}/end`);
  // Who answers nothing more is not to be offered the next test's customer.
  await eve.put("/api/v1/me/presence", { presence: "offline" });
  await customer.leave();

  const named = await visit_page({ name: evil[1], greeting: evil[2] });
  await named.open();
  await named.card.getByRole("heading", { name: evil[1] }).waitFor();
  await named.card.getByText(evil[2]).waitFor();
  assert.deepEqual(await strangers(named.page), []);
  await named.leave();
});

test("what the browser kept may be anything", async () => {
  for (const kept of ["{", "null", "[]", "\"x\"", "{\"unsent\":3}", "{\"token\":\"rapc_forged.x\",\"interaction\":\"nothing\",\"expires_at\":9e15,\"unsent\":[]}"]) {
    const customer = await visit_page();
    await customer.page.evaluate(([url, text]) => localStorage.setItem(`rapport-chat ${url} northwind general`, text), [centre.site.url, kept]);
    await customer.page.reload();
    await customer.open();
    await customer.says("Somebody is free");
    await customer.leave();
  }
});

test("a card number is masked, here too", async () => {
  const customer = await visit_page();
  await customer.open();
  await customer.write("my card is 4111 1111 1111 1111");
  const interaction = await answer_next();
  await customer.log.getByText("my card is **** **** **** 1111").waitFor();
  await finish(interaction);
  await customer.leave();
});
