// People in front of a desk, in Debian's Chromium.

import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import assert from "node:assert/strict";
import { eventually } from "./centre.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const patience_ms = 60_000; // of a loaded machine

export function open_browser() {
  const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: [...sandbox, "--disable-gpu"] });
}

/// A page of somebody's own. `troubles` fills with what the console complains of, `strangers` with
/// requests to anywhere but here. `before`: runs in the page before anything else of it.
export async function sit_down(browser, url, { dark = false, before } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", baseURL: url });
  const page = await context.newPage();
  context.setDefaultTimeout(patience_ms); // of every tab
  if (before) await page.addInitScript(before);
  const troubles = [];
  const strangers = [];
  page.on("console", (message) => {
    // The browser itself reports refused and lost requests: those are what the tests make.
    const expected = /status of (401|403|409|412|415)|net::ERR_|WebSocket connection/.test(message.text());
    // What was still being written when a conversation ended has no place at the server any more.
    const ended = /status of 404/.test(message.text()) && message.location().url.includes("/api/v1/me/drafts/");
    if (["error", "warning"].includes(message.type()) && !expected && !ended) troubles.push(`${message.text()} ${message.location().url}`.trimEnd());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => request.url().startsWith(url) || request.url().startsWith(url.replace("http", "ws")) || strangers.push(request.url()));
  await page.goto("/");
  return Object.assign(page, { troubles, strangers });
}

/// The form of the login alone.
export async function hand_in(page, login, password) {
  await page.getByLabel("Login").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function sign_in(page, login, password) {
  await hand_in(page, login, password);
  await page.getByRole("button", { name: /^Presence/ }).waitFor();
}

/// Somebody at their desk, taking conversations. `url`: where the desk is asked for, the centre's own unless told.
export async function at_work(browser, centre, login, url = centre.url) {
  const page = await sit_down(browser, url);
  await sign_in(page, login, centre.password(login));
  await be_available(page);
  return page;
}

export async function be_available(page) {
  await page.getByRole("button", { name: "Become available" }).click();
  await page.getByText(/^(Nobody needs you right now|.+ is offered to you)\.$/).waitFor();
}

/// No finding of axe, WCAG 2.1 A and AA.
export async function assert_accessible(page, state) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) => violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)));
  assert.deepEqual(found, [], `accessibility of: ${state}`);
}

/// The same in light and dark.
export async function assert_accessible_both(page, state) {
  await assert_accessible(page, state);
  await page.emulateMedia({ colorScheme: "dark" });
  await assert_accessible(page, `${state}, dark`);
  await page.emulateMedia({ colorScheme: "light" });
}

/// A picture of the page, to be looked at: only where DESK_PICTURES names a folder.
export async function photograph(page, name) {
  const folder = process.env.DESK_PICTURES;
  if (!folder) return;
  for (const theme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width, height] of [[1920, 1080], [1280, 720]]) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
    }
  }
}

/// Tries again, where it has not healed by itself, until it shows this.
export const heals = (again, shown) => eventually("it heals", async () => {
  if (await shown.isVisible()) return true;
  await again.click({ timeout: 1_000 }).catch(() => undefined);
  return shown.isVisible();
});

export const offer = (page) => page.getByRole("article", { name: "A conversation is offered to you" });
export const transcript = (page) => page.getByRole("log");
export const composer = (page) => page.getByRole("textbox", { name: /^(Message to|Internal note about)/ });
/// The line of the checklist with these words, in this state.
export const checked = (page, words) => page.getByRole("region", { name: "Checklist" }).getByRole("listitem").filter({ hasText: words }).filter({ hasText: "Done:" });

/// Takes what is offered, by the button.
export async function accept(page, name) {
  await offer(page).getByRole("heading", { name }).waitFor();
  await offer(page).getByRole("button", { name: "Accept" }).click();
  await page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { name, exact: true }).waitFor();
  await composer(page).waitFor();
}

export async function write(page, text) {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await transcript(page).getByText(text).waitFor();
}

/// Ends the conversation on the screen and confirms the wrap-up as it is filled in.
export async function finish(page) {
  await page.getByRole("button", { name: "End", exact: true }).click();
  await page.getByRole("button", { name: "End it" }).click();
  await confirm_wrap_up(page);
}

/// Confirms the wrap-up on the screen as it is filled in.
export async function confirm_wrap_up(page) {
  const form = page.getByRole("form", { name: "Wrap-up" });
  await form.getByRole("button", { name: "Confirm" }).click();
  await form.waitFor({ state: "detached" });
}
