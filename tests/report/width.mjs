// Narrow screens: nothing sticks out sideways, with ordinary and with extreme names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, phone } from "./browser.mjs";

/** Elements that reach beyond the window and do not scroll within a container of their own. */
function sticking_out(page) {
  return page.evaluate(() => {
    const scrolls = (node) => node && (["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    const found = [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility() && !node.closest("svg, .skip, .hidden-text") && !scrolls(node.parentElement));
    const names = found.filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5).map((node) => `${node.tagName.toLowerCase()}.${node.className} ${node.textContent.slice(0, 40)}`);
    const { scrollWidth } = document.scrollingElement;
    return scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide`, ...names] : names;
  });
}

const places = {
  samples: ["", "#/interaction/1", "#/interaction/11"],
  extremes: ["", "#/interaction/1", "#/interaction/2", "#/interaction/3", "#/interaction/4"],
};

for (const [report, all] of Object.entries(places)) {
  test(`${report} at ${phone.width} and 320 px: nothing sticks out`, async () => {
    const { page, close } = await open(report, "", { viewport: phone });
    for (const place of all) {
      await page.evaluate((hash) => { location.hash = hash; }, place || "#/");
      await page.locator(place ? ".scorecard" : ".list").waitFor({ state: "attached" });
      await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
      for (const pane of place ? ["Scorecard", "Transcript"] : [null]) {
        if (pane) await page.getByRole("button", { name: pane }).click();
        for (const width of [phone.width, 320]) {
          await page.setViewportSize({ width, height: phone.height });
          // In the reader's own font and in Debian's widest, which a fresh Debian falls back to.
          for (const font of ["", "DejaVu Sans"]) {
            await page.evaluate((family) => { document.body.style.fontFamily = family; }, font);
            assert.deepEqual(await sticking_out(page), [], `${place || "start page"} ${pane ?? ""} at ${width} px ${font}`);
          }
        }
      }
    }
    await close();
  });
}

test("ids and agents keep a width in which one can read them", async () => {
  const { page, close } = await open("extremes");
  for (const cell of [".interactions td.id", ".interactions td.agent", ".heat th[scope=row]"]) {
    const widths = await page.locator(cell).evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().width));
    assert.ok(Math.min(...widths) >= 120, `${cell}: ${widths}`);
  }
  await close();
});

test("one page of a list needs no pager", async () => {
  const { page, close } = await open("samples");
  assert.equal(await page.locator(".pager:visible").count(), 0);
  await close();
});

test("an interaction without events says so, and has nothing to walk through", async () => {
  const { page, close } = await open("extremes", "#/interaction/2");
  assert.match(await page.locator(".transcript").innerText(), /Nothing was said/);
  assert.equal(await page.locator("h1").innerText(), "No agent");
  assert.equal(await page.locator(".walk button:enabled").count(), 0);
  await close();
});

test("a report of one interaction opens at that interaction", async () => {
  const { page, close } = await open("single");
  await page.locator(".scorecard").waitFor();
  assert.match(await page.locator(".who").innerText(), /customer-alone/);
  await close();
});

test("unfolding the long ranking leaves the scores beside it at a picture's height", async () => {
  const { page, close } = await open("samples");
  await page.locator(".ranking + .more").click();
  assert.ok((await page.locator(".histogram").boundingBox()).height <= 360);
  await close();
});
