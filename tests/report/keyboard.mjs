// The report without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, open, phone } from "./browser.mjs";

/** Every control that Tab must reach, in the order of the document; numbered by an attribute. */
function number_controls(page) {
  return page.evaluate(() => {
    const wanted = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary, [tabindex='0']";
    const controls = [...document.querySelectorAll(wanted)].filter((node) => node.checkVisibility({ visibilityProperty: true }));
    controls.forEach((node, position) => node.setAttribute("data-control", position));
    return controls.length;
  });
}

/** What has the focus: its number, its name for messages, whether it shows and can be told to have the focus. */
function focused(page) {
  return page.evaluate(() => {
    const node = document.activeElement;
    const box = node.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    const middle = (from, to, end) => (Math.max(0, from) + Math.min(end, to)) / 2;
    const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    return {
      number: node.hasAttribute("data-control") ? Number(node.getAttribute("data-control")) : null,
      name: `${node.tagName.toLowerCase()}.${node.className} ${node.textContent.slice(0, 40)}`,
      outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      in_view: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      uncovered: top !== null && (node.contains(top) || top.contains(node)),
    };
  });
}

async function tab_through(page) {
  const count = await number_controls(page);
  assert.ok(count > 10, `${count} controls`);
  const forwards = Array.from({ length: count }, (_, position) => [position, "Tab"]);
  const backwards = forwards.slice(0, -1).reverse().map(([position]) => [position, "Shift+Tab"]);
  for (const [position, key] of [...forwards, ...backwards]) {
    await page.keyboard.press(key);
    const here = await focused(page);
    assert.equal(here.number, position, `${key} to ${position + 1} came to ${here.name}`);
    assert.ok(here.outlined, `the focus shows on ${here.name}`);
    assert.ok(here.in_view, `in view: ${here.name}`);
    assert.ok(here.uncovered, `nothing lies over ${here.name}`);
  }
}

/** Is the element within the window and its pane? */
function shows(page, selector) {
  return page.evaluate((wanted) => {
    const node = document.querySelector(wanted);
    const box = node?.getBoundingClientRect();
    if (!box?.height) return false;
    const pane = node.closest(".pane").getBoundingClientRect();
    return box.top >= Math.max(0, pane.top) - 1 && box.bottom <= Math.min(innerHeight, pane.bottom) + 1;
  }, selector);
}

for (const [size, viewport] of Object.entries({ desktop, phone })) {
  for (const [name, place] of [["start page", ""], ["interaction", "#/interaction/1"]]) {
    test(`${name}, ${size}: Tab reaches every control in order, and one sees where it is`, async () => {
      const { page, close } = await open("samples", place, { viewport });
      await tab_through(page);
      await close();
    });
  }
}

test("Enter opens an interaction, Escape comes back to its link", async () => {
  const { page, close } = await open("samples");
  const link = page.locator(".interactions tbody tr:nth-child(3) a");
  const id = await link.innerText();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator(".scorecard").waitFor();
  assert.ok((await page.locator(".who").innerText()).includes(id));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus starts at the heading");
  await page.keyboard.press("Escape");
  await page.locator(".list").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), id);
  assert.ok((await focused(page)).in_view);
  await close();
});

test("arrow keys walk through the evidence; transcript and scorecard show it", async () => {
  const { page, close } = await open("samples", "#/interaction/1");
  const places = [];
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]) {
    await page.keyboard.press(key);
    places.push((await page.locator(".walk .place").innerText()).split(" ")[0]);
    assert.ok(await shows(page, ".turn.selected"), `${key}: the turn is in view`);
    assert.ok(await shows(page, ".quote.selected"), `${key}: the quote is in view`);
  }
  assert.deepEqual(places, ["1", "2", "3", "2"]);
  await close();
});

test("with the focus on 'Missed only' the arrows walk through what was missed, and Escape leaves", async () => {
  const { page, close } = await open("samples", "#/interaction/1");
  await page.getByLabel("Missed only").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".walk .icon.missed").count(), 1);
  await page.keyboard.press("Escape");
  await page.locator(".list").waitFor();
  await close();
});

for (const [size, viewport] of Object.entries({ desktop, phone })) {
  test(`a verdict's quote jumps to its moment in the transcript, ${size}`, async () => {
    const { page, close } = await open("samples", "#/interaction/1", { viewport });
    const quote = page.locator(".quote:has(b)").first();
    const [words, time] = [await quote.locator("b").innerText(), await quote.locator(".time").innerText()];
    await quote.focus();
    await page.keyboard.press("Enter");
    await page.locator(".turn.selected").waitFor();
    assert.equal(await page.locator(".turn.selected .time").innerText(), time);
    assert.equal((await page.locator(".turn.selected mark.selected").allInnerTexts()).join("").trim(), words.trim());
    assert.ok(await shows(page, ".turn.selected"));
    await close();
  });
}

test("Enter unfolds why practices did not arise", async () => {
  const { page, close } = await open("samples", "#/interaction/1");
  const summary = page.locator(".folded summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  const reasons = await page.locator(".folded[open] dd").allInnerTexts();
  assert.equal(String(reasons.length), (await summary.innerText()).trim().split(" ")[0]);
  await close();
});

test("the list of keys opens with ?, closes with Escape and leaves the reader in place", async () => {
  const { page, close } = await open("samples", "#/interaction/1");
  await page.keyboard.press("?");
  assert.ok(await page.locator("#help").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#help").isVisible()));
  assert.ok(await page.locator(".scorecard").isVisible(), "still at the interaction");
  await close();
});

test("/ goes to the search field from an interaction; what is typed there is no command", async () => {
  const { page, close } = await open("samples", "#/interaction/1");
  await page.keyboard.press("/");
  await page.locator("#find:focus").waitFor();
  await page.keyboard.type("d?zz");
  assert.equal(await page.locator("#find").inputValue(), "d?zz");
  assert.equal(await page.locator(".interactions tbody").innerText(), "No interaction fits these filters.");
  await close();
});
