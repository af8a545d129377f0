// From sign-in to wrap-up without a pointer.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { customer, start_centre } from "./centre.mjs";
import { assert_accessible, composer, offer, open_browser, sit_down, transcript } from "./people.mjs";

let centre, browser, page;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  page = await sit_down(browser, centre.url);
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
const focused = () => page.evaluate(() => {
  const one = document.activeElement;
  return one === null || one === document.body ? "" : (one.getAttribute("aria-label") ?? one.textContent);
});

test("sign-in, presence by the palette, offer, reply, note, transfer given up, end, wrap-up", async () => {
  await page.getByLabel("Login").waitFor();
  await page.keyboard.type("ana");
  await press("Tab");
  await page.keyboard.type(centre.password("ana"));
  await press("Enter");
  await page.getByText("You are offline.").waitFor();

  await press("Control+k");
  await page.getByRole("combobox", { name: "Command palette" }).waitFor();
  await page.keyboard.type("avail");
  await assert_accessible(page, "palette");
  await press("Enter");
  await page.getByText("Nobody needs you right now.").waitFor();

  const pat = await customer(centre, "Pat Brown", "Where is my bill?");
  await offer(page).getByRole("button", { name: "Accept" }).and(page.locator(":enabled")).waitFor();
  await press("a");
  await composer(page).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("Good morning Pat, this is Ana.");
  await press("Enter");
  await transcript(page).getByText("Good morning Pat, this is Ana.").waitFor();

  // Typed fast, and with the letters of other actions in it: all of it belongs to the note.
  await press("Escape", "n");
  await page.keyboard.type("Charged twice, angry.");
  await press("Enter");
  await transcript(page).getByText("Charged twice, angry.").waitFor();
  assert.deepEqual(await pat.hears(), ["Good morning Pat, this is Ana."]);

  await press("Escape", "t");
  await page.getByRole("form", { name: "Transfer" }).waitFor();
  await press("Escape");
  await page.getByRole("form", { name: "Transfer" }).waitFor({ state: "detached" });

  // With Alt, while writing.
  await press("c");
  await page.keyboard.type("One moment please");
  await press("Alt+h");
  await page.getByText(/on hold \d+:/).waitFor();
  await press("Alt+h");
  await transcript(page).getByText(/On hold for \d+:/).waitFor();
  assert.equal(await composer(page).inputValue(), "One moment please");

  await press("Escape", "Shift+?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await assert_accessible(page, "keys");
  await press("Escape");

  await press("e");
  await page.getByRole("form", { name: /^End the conversation with Pat Brown/ }).waitFor();
  await press("Enter");
  await page.getByRole("form", { name: "Wrap-up" }).waitFor();
  await press("w");
  await page.getByText("Nobody needs you right now.").waitFor();
});

test("Tab reaches everything, in the order of the screen, and is always seen", async () => {
  await customer(centre, "Lee Wong", "A question.");
  await offer(page).getByRole("button", { name: "Accept" }).and(page.locator(":enabled")).waitFor();
  await press("a");
  await composer(page).waitFor();
  await page.getByRole("link", { name: "Skip to the content" }).focus();
  const met = ["Skip to the content"];
  for (let step = 0; step < 40; ++step) {
    await press("Tab");
    const name = await focused();
    if (name === "Skip to the content") break;
    met.push(name);
    const seen = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return true;
      const { outlineStyle, boxShadow } = getComputedStyle(one);
      const around = one.parentElement ? getComputedStyle(one.parentElement).boxShadow : "none";
      return outlineStyle !== "none" || boxShadow !== "none" || around !== "none";
    });
    assert.ok(seen, `the focus on "${name}" cannot be seen`);
  }
  for (const [before, next] of [["Skip to the content", "Presence"], ["Presence", "Hold"], ["Hold", "Message to Lee Wong"], ["Message to Lee Wong", "later"]]) {
    const place = (words) => met.findIndex((name) => name.includes(words));
    assert.ok(place(before) >= 0 && place(before) < place(next), `"${before}" before "${next}" in ${JSON.stringify(met)}`);
  }
  assert.deepEqual(page.troubles, []);
});
