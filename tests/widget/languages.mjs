// German, whole.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answer_next, centre, finish, on_break, at_work, say } from "./centre.mjs";
import { visit, visit_page } from "./browser.mjs";

const english = Object.values(JSON.parse(readFileSync(new URL("../../web/widget/messages/en.json", import.meta.url)))).filter((text) => !text.includes("{") && text !== "Emoji");

/** Every text and label that is shown, against the English ones. */
async function no_english(customer) {
  const shown = await customer.page.evaluate(() => {
    const root = document.querySelector("rapport-chat").shadowRoot;
    const labels = [...root.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((one) => [one.ariaLabel, one.title, one.placeholder]);
    const texts = [...root.querySelectorAll("*")].map((one) => (one.children.length === 0 ? one.textContent.trim() : ""));
    return [...labels, ...texts].filter(Boolean);
  });
  assert.deepEqual(shown.filter((text) => english.includes(text)), []);
}

test("German by the browser's language, from the door to the feedback", async () => {
  const customer = await visit(centre.site.page({ brand: "northwind", queue: "general", language: "de" }), { locale: "de-AT" });
  await on_break();
  await customer.open();
  await customer.says(/Wir antworten, sobald jemand frei ist|Antwort: /);
  await no_english(customer);
  await customer.write("Grüß Gott");
  await customer.says("Sie sind als Nächstes an der Reihe");
  await no_english(customer);
  await at_work();
  const interaction = await answer_next();
  await customer.reads("Ana Test ist jetzt für Sie da");
  const read = await centre.ana.expect(200, "GET", `/api/v1/interactions/${interaction}`);
  assert.equal(read.head.language, "de");
  await say(interaction, "Guten Tag");
  await customer.reads("Guten Tag");
  await no_english(customer);
  await finish(interaction);
  await customer.reads("Das Gespräch ist beendet");
  await no_english(customer);
  await customer.leave();
});

test("the language is the page's, then the visitor's, of those that there are", async () => {
  const french = await visit_page({ language: "auto" }, { locale: "fr-FR" });
  await french.page.getByRole("button", { name: "Chat with us" }).waitFor();
  await french.leave();
  const shop = await visit(`${centre.site.url}/shop/de.html`);
  await shop.page.locator(".launcher[aria-label=\"Chat öffnen\"]").waitFor();
  await shop.leave();
});
