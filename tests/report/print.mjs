// The report on paper: everything there, nothing cut.

import assert from "node:assert/strict";
import { test } from "node:test";
import { interactions_in, open, phone } from "./browser.mjs";

/** A4 between Chromium's margins, in CSS pixels. */
const paper = { width: 718, height: 1047 };

/** Changes the medium; the page hears of it with the next frame. */
async function show_on(page, media) {
  await page.emulateMedia({ media });
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

/** Elements whose text is cut, scrolls away or leaves the paper. */
function cut_text(page) {
  return page.evaluate(() => [...document.querySelectorAll("main *, .top *")].filter((node) => node.checkVisibility() && !node.closest("svg, .hidden-text, dialog")).flatMap((node) => {
    const style = getComputedStyle(node);
    const inner = ["auto", "scroll", "hidden", "clip"].includes(style.overflowX) || ["auto", "scroll", "hidden", "clip"].includes(style.overflowY);
    const cut = inner && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1) && node.textContent.trim();
    const off = node.getBoundingClientRect().right > innerWidth + 1;
    return cut || off ? [`${cut ? "cut" : "off the paper"}: ${node.tagName.toLowerCase()}.${node.className} ${node.textContent.slice(0, 40)}`] : [];
  }));
}

for (const report of ["samples", "extremes"]) {
  for (const [name, place] of [["start page", ""], ["interaction", "#/interaction/1"]]) {
    test(`${name} of ${report}: no text is cut`, async () => {
      const { page, close } = await open(report, place, { viewport: paper });
      await show_on(page, "print");
      assert.deepEqual(await cut_text(page), []);
      await close();
    });
  }
}

test("the start page shows what the screen folds: all practices, agents and interactions", async () => {
  const { page, close } = await open("samples", "", { viewport: paper });
  const all = await page.locator(".ranking > li").count();
  assert.ok(all > await page.locator(".ranking > li:visible").count(), "the screen folds some");
  await show_on(page, "print");
  assert.equal(await page.locator(".ranking > li:visible").count(), all);
  assert.equal(await page.locator(".heat tbody tr:visible").count(), await page.locator(".heat tbody tr").count());
  assert.equal(await page.locator(".interactions tbody tr:visible").count(), (await interactions_in(page)).length);
  assert.equal(await page.locator("button.more:visible, .pager:visible, .controls:visible").count(), 0);
  await close();
});

test("an interaction shows all turns, all verdicts and all reasons, whatever pane was in front", async () => {
  const { page, close } = await open("samples", "#/interaction/1", { viewport: phone });
  assert.ok(!(await page.locator(".transcript").isVisible()), "the phone shows one pane");
  await page.setViewportSize(paper);
  await show_on(page, "print");
  for (const part of [".turn", ".verdict", ".quote", ".folded dd"]) {
    const all = await page.locator(part).count();
    assert.ok(all > 0, part);
    assert.equal(await page.locator(`${part}:visible`).count(), all, part);
  }
  await show_on(page, "screen");
  assert.equal(await page.locator(".folded[open]").count(), 0, "folded again afterwards");
  await close();
});

test("dark readers print dark ink on white", async () => {
  const { page, close } = await open("samples", "", { dark: true });
  const colours = () => page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
  assert.deepEqual(await colours(), ["rgb(21, 24, 28)", "rgb(230, 232, 234)"]);
  await show_on(page, "print");
  assert.deepEqual(await colours(), ["rgb(255, 255, 255)", "rgb(32, 36, 42)"]);
  await close();
});

for (const [name, place] of [["start page", ""], ["interaction", "#/interaction/1"]]) {
  test(`${name}: the PDF has several pages`, async () => {
    const { page, close } = await open("samples", place, { dark: true });
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    assert.ok(pdf.startsWith("%PDF-"));
    const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
    assert.ok(pages > 1, `${pages} page`);
    await close();
  });
}
