// Customers in Debian's Chromium.

import { chromium } from "playwright-core";
import { after, before } from "node:test";
import { centre } from "./centre.mjs";

export const phone = { width: 360, height: 640 };
export const desktop = { width: 1280, height: 720 };
let browser = null;

before(async () => {
  const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: [...sandbox, "--disable-gpu"] });
});
after(() => browser?.close());

/** Attributes of the script, as a page would write them. */
export const northwind = { brand: "northwind", queue: "general" };

/**
 * A customer with a browser of their own on a page. `troubles` (the console's errors, exceptions,
 * refusals by the page's policy) fills up as long as the page is open.
 */
export async function visit(address, { viewport = desktop, dark = false, locale = "en-GB", moving = false } = {}) {
  const context = await browser.newContext({ viewport, locale, colorScheme: dark ? "dark" : "light", reducedMotion: moving ? "no-preference" : "reduce" });
  const page = await context.newPage();
  context.setDefaultTimeout(60_000); // of every tab
  const troubles = [];
  page.on("console", (message) => {
    const lost = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INTERNET|WebSocket connection|net::ERR|status of 4/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !lost) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.goto(address);
  return new Customer(context, page, troubles);
}

/** What a customer does. Locators see into the chat's shadow tree by themselves. */
export class Customer {
  constructor(context, page, troubles) {
    Object.assign(this, { context, page, troubles });
    this.launcher = page.locator(".launcher");
    this.card = page.locator(".card");
    this.status = page.locator(".card .status");
    this.text = page.locator(".composer textarea");
    this.rows = page.locator(".rows .row");
    this.log = page.locator(".rows");
  }
  async open() {
    await this.launcher.click();
    await this.card.waitFor();
  }
  async write(text) {
    await this.text.fill(text);
    await this.text.press("Enter");
  }
  /** Waits until the conversation shows it. */
  reads(text) {
    return this.log.getByText(text, { exact: true }).first().waitFor();
  }
  says(text) {
    return this.status.filter({ hasText: text }).waitFor();
  }
  async leave() {
    await this.context.close();
  }
}

/** On a host page of the site's own. */
export const visit_page = (attributes = {}, options = {}) => visit(centre.site.page({ ...northwind, ...attributes }), options);
