// Opens a report as a reader would: from the disk, in Debian's Chromium.

import { chromium } from "playwright-core";
import { after, before } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const desktop = { width: 1280, height: 720 };
export const phone = { width: 390, height: 844 };

/** The address of a report that `run` made: samples, single or extremes. */
export function address_of(report) {
  return pathToFileURL(join(process.env.RAPPORT_REPORTS, report, "report.html")).href;
}

let browser = null;

before(async () => {
  const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: [...sandbox, "--disable-gpu"] });
});
after(() => browser?.close());

/**
 * Opens a report at a place ("" or "#/interaction/3") in a context of its own. `requests` and
 * `troubles` (errors and warnings of the console, exceptions) fill up as long as the page is open.
 */
export async function open(report, place = "", { viewport = desktop, dark = false, script = true } = {}) {
  const context = await browser.newContext({ viewport, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", javaScriptEnabled: script });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const requests = [];
  const troubles = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) troubles.push(message.text()); });
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.goto(address_of(report) + place);
  return { page, requests, troubles, close: () => context.close() };
}

/** The interactions of the report that is open: id and channel, in order of their numbers from 1. */
export function interactions_in(page) {
  return page.evaluate(() => document.getElementById("interactions").textContent.split("\n").filter((line) => line.startsWith('{"id"'))
    .map((line) => JSON.parse(line.replace(/,$/, ""))).map(({ id, channel }) => ({ id, channel })));
}
