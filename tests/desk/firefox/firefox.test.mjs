// The main task of an agent in Debian's Firefox, over WebDriver BiDi: sign in, take an offer, answer, wrap up.

import puppeteer from "puppeteer-core";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { customer, eventually, start_centre } from "../centre.mjs";

const patience_ms = 60_000; // of a loaded machine

let centre;
let browser;
before(async () => {
  [centre, browser] = await Promise.all([
    start_centre(),
    puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true, timeout: patience_ms, protocolTimeout: 2 * patience_ms }),
  ]);
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

test("Firefox: sign-in, offer, reply, the customer's answer, end and wrap-up", async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience_ms);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  const press = (name) => page.locator(`::-p-xpath(//button[starts-with(normalize-space(), "${name}")])`).click();
  const words = (text) => page.locator(`::-p-text(${text})`).wait();
  const field = (label) => page.locator(`::-p-xpath(//input[@id=//label[normalize-space()="${label}"]/@for])`);

  await page.goto(centre.url);
  await field("Login").fill("ana");
  await field("Password").fill(centre.password("ana"));
  await press("Sign in");
  await press("Become available");
  await words("Nobody needs you right now.");

  const pat = await customer(centre, "Pat Brown", "My bill of March is wrong.");
  await words("My bill of March is wrong.");
  await press("Accept");
  const composer = 'textarea[aria-label^="Message to"]';
  await page.locator(composer).fill("Good morning Pat, this is Ana. I look at it now.");
  await page.focus(composer);
  await page.keyboard.press("Enter");
  await eventually("the customer hears it", async () => (await pat.hears()).length === 1);
  await pat.says("Thank you, Ana.");
  await words("Thank you, Ana.");

  await pat.leaves();
  await press("Confirm");
  await words("None in hand.");
  assert.deepEqual(troubles, []);
});
