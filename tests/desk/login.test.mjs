// Signing in: by password, with a second factor, and what a page without a session shows.

import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Provider } from "../server/provider.mjs";
import { by_api, customer, eventually, start_centre } from "./centre.mjs";
import { accept, assert_accessible, be_available, composer, open_browser, photograph, sign_in, sit_down } from "./people.mjs";

let centre, browser;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// The code of an authenticator (RFC 6238) at a moment; the key is in base 32.
function code_of(key, at_ms) {
  const bits = [...key.replace(/=+$/, "")].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at_ms / 30_000)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const from = hash.at(-1) & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a wrong password is said; the right one opens the desk; a reload keeps it; signing out ends it", async () => {
  const page = await sit_down(browser, centre.url);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await assert_accessible(page, "login");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Needed to sign in.").first().waitFor();
  await page.getByLabel("Login").fill("ana");
  await page.getByLabel("Password").fill("not her password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("Login or password is not right.").waitFor();
  await assert_accessible(page, "login refused");
  await sign_in(page, "ana", centre.password("ana"));
  await page.getByText("You are offline.").waitFor();
  await assert_accessible(page, "desk offline");
  await page.reload();
  await page.getByText("You are offline.").waitFor();
  await page.getByRole("button", { name: "Ana: account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});

test("who has a second factor is asked for it", async () => {
  const ben = await by_api(centre, "ben");
  const { key } = await ben("POST", "/api/v1/me/second-factor");
  await ben("POST", "/api/v1/me/second-factor/confirm", { code: code_of(key, Date.now()) });
  const page = await sit_down(browser, centre.url);
  await page.getByLabel("Login").fill("ben");
  await page.getByLabel("Password").fill(centre.password("ben"));
  await page.getByRole("button", { name: "Sign in" }).click();
  const field = page.getByLabel("Six-digit code");
  await field.waitFor();
  await assert_accessible(page, "second factor");
  await field.fill(code_of(key, Date.now() + 30_000)); // each step is taken once, and the next one already
  await field.press("Enter");
  await page.getByRole("button", { name: /^Presence/ }).waitFor();
});

test("a session that is ended elsewhere asks for a new sign-in, at the same place", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in(page, "cleo", centre.password("cleo"));
  const cleo = await by_api(centre, "cleo");
  const { items } = await cleo("GET", "/api/v1/me/sessions");
  const theirs = items.find((one) => one.label.includes("Chrome"));
  await cleo("DELETE", `/api/v1/me/sessions/${theirs.id}`);
  await page.getByText("Your session has ended.").waitFor();
  await sign_in(page, "cleo", centre.password("cleo"));
});

test("who signs out in one tab has signed out in all, and nothing that was typed stays in any", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in(page, "ana", centre.password("ana"));
  await be_available(page);
  const pat = await customer(centre, "Pat Brown", "My bill is wrong.");
  await accept(page, "Pat Brown");
  const other = await page.context().newPage();
  await other.goto(centre.url);
  for (const [one, text] of [[page, "Half a"], [other, "Another half"]]) await composer(one).fill(text);
  const typed = (one) => one.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes(".message.")).length);
  await eventually("each keeps its words", async () => (await Promise.all([page, other].map(typed))).join() === "1,1");
  await page.getByRole("button", { name: "Ana: account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  for (const one of [page, other]) {
    await one.getByRole("heading", { name: "Sign in" }).waitFor();
    await eventually("it is forgotten", async () => (await typed(one)) === 0);
  }
  await pat.leaves();
  assert.deepEqual(page.troubles, []);
});

test("who has no part of the desk is told so", async () => {
  const page = await sit_down(browser, centre.url, { dark: true });
  await page.getByLabel("Login").fill("quinn");
  await page.getByLabel("Password").fill(centre.password("quinn"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Quinn: account" }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Presence/ }).count(), 0);
  await assert_accessible(page, "no agent's desk");
});

test("a centre without anybody asks for its first administrator, once", async () => {
  const fresh = await start_centre({ bare: true });
  try {
    const page = await sit_down(browser, fresh.url);
    await page.getByRole("heading", { name: "Begin" }).waitFor();
    await assert_accessible(page, "setup");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("Needed to begin.").first().waitFor();
    await page.getByLabel("Your name").fill("Rita Root");
    await page.getByLabel("Login").fill("root");
    await page.getByLabel("Password").fill("a long pass phrase");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Rita Root: account" }).waitFor();
    const another = await sit_down(browser, fresh.url);
    await another.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.deepEqual(page.troubles, []);
  } finally {
    await fresh.stop();
  }
});

test("by another provider: a button leads there and back, and who gets no right is told why", async () => {
  const provider = new Provider();
  await provider.listen();
  const configured = (url) => `public_url: ${url}\noidc: {issuer: "${provider.issuer}", name: Example Staff, client_id: rapport, roles: {desk: supervisor}}\n`;
  const other = await start_centre({ configured, env: { RAPPORT_OIDC_CLIENT_SECRET: "of the client" } });
  try {
    const page = await sit_down(browser, other.url);
    const way = page.getByRole("link", { name: "Sign in with Example Staff" });
    await way.waitFor();
    await assert_accessible(page, "login by a provider");
    await photograph(page, "login-provider");
    provider.claims = { sub: "s-1", email: "eve@example.com", email_verified: true, name: "Eve", groups: ["others"] };
    await way.click();
    await page.getByRole("alert").getByText("you have no right to this centre", { exact: false }).waitFor();
    assert.equal(new URL(page.url()).search, "", "the address forgets it");
    await assert_accessible(page, "refused by a provider");
    provider.claims = { sub: "s-2", email: "ada@example.com", email_verified: true, name: "Ada", groups: ["desk"] };
    await way.press("Enter");
    await page.getByRole("button", { name: "Ada: account" }).waitFor();
    assert.deepEqual(page.troubles, []);
  } finally {
    await other.stop();
    provider.server.closeAllConnections();
    provider.server.close();
  }
});

test("the account says whether a second factor is set, draws its key, and marks this browser", async () => {
  const page = await sit_down(browser, centre.url);
  await sign_in(page, "cleo", centre.password("cleo"));
  await page.getByRole("button", { name: "Cleo: account" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  const factor = page.getByRole("region", { name: "Second factor" });
  await factor.getByText("No second factor is set.").waitFor();
  await factor.getByRole("button", { name: "Set up an authenticator" }).click();
  await factor.getByRole("img", { name: "The key, for a camera" }).waitFor();
  await assert_accessible(page, "the key as a picture");
  await photograph(page, "second-factor");
  const key = new URL(await factor.getByRole("link", { name: "Open it in an authenticator on this device" }).getAttribute("href")).searchParams.get("secret");
  await factor.getByLabel("Code").fill(code_of(key, Date.now()));
  await page.keyboard.press("Enter");
  await factor.getByRole("button", { name: "I have kept them" }).click();
  await factor.getByText("A second factor is set.").waitFor();
  await factor.getByRole("button", { name: "Remove the second factor" }).click();
  await factor.getByLabel("Code").fill(code_of(key, Date.now() + 30_000));
  await page.keyboard.press("Enter");
  await factor.getByText("No second factor is set.").waitFor();
  const here = page.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem").filter({ hasText: "this browser" });
  assert.equal(await here.count(), 1);
  await here.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.deepEqual(page.troubles, []);
});
