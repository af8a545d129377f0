// The network goes away in the middle of a conversation: it is said, nothing is lost, nothing comes twice.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { customer, eventually, start_centre } from "./centre.mjs";
import { open_network } from "./network.mjs";
import { accept, assert_accessible, at_work, composer, finish, offer, open_browser, transcript, write } from "./people.mjs";

let centre, network, browser, ana, pat;
before(async () => {
  [centre, browser] = await Promise.all([start_centre(), open_browser()]);
  network = await open_network(centre.port);
  ana = await at_work(browser, centre, "ana", network.url);
  pat = await customer(centre, "Pat Brown", "Hello?");
  await accept(ana, "Pat Brown");
  await write(ana, "Good morning Pat.");
});
after(async () => {
  await browser?.close();
  await network?.close();
  await centre?.stop();
});

const said = () => transcript(ana).getByRole("article").allInnerTexts().then((texts) => texts.join("\n"));

test("words of both sides, written while the line was cut, arrive once and in order", async () => {
  network.cut();
  await ana.getByText(/Connection lost/).waitFor();
  await assert_accessible(ana, "connection lost");
  await composer(ana).fill("First while cut.");
  await composer(ana).press("Enter");
  await composer(ana).fill("Second while cut.");
  await composer(ana).press("Enter");
  await transcript(ana).getByText("Waits for the connection; it is kept.").first().waitFor();
  await composer(ana).fill("Still being typed");
  await pat.says("Are you there?");
  assert.deepEqual(await pat.hears(), ["Good morning Pat."]);
  network.mend();
  await ana.getByRole("button", { name: "Reconnect now" }).click({ timeout: 5_000 }).catch(() => undefined); // it may have healed by itself
  await ana.getByText(/Connection lost/).waitFor({ state: "detached" });
  await eventually("the customer hears both", async () => (await pat.hears()).length === 3);
  assert.deepEqual(await pat.hears(), ["Good morning Pat.", "First while cut.", "Second while cut."]);
  await transcript(ana).getByText("Are you there?").waitFor();
  await transcript(ana).getByText("Waits for the connection; it is kept.").first().waitFor({ state: "detached" });
  for (const words of ["Are you there?", "First while cut.", "Second while cut."]) assert.equal((await said()).split(words).length, 2, words);
  assert.equal(await composer(ana).inputValue(), "Still being typed");
});

test("words on their way survive a reload while the line is cut", async () => {
  await composer(ana).fill("Sent before the reload.");
  network.cut();
  await composer(ana).press("Enter");
  await transcript(ana).getByText("Waits for the connection; it is kept.").waitFor();
  network.mend();
  await ana.reload();
  await eventually("the customer hears it", async () => (await pat.hears()).includes("Sent before the reload."));
  assert.equal((await pat.hears()).filter((text) => text === "Sent before the reload.").length, 1);
  await transcript(ana).getByText("Waits for the connection; it is kept.").waitFor({ state: "detached" });
});

test("an offer that came while the line was cut is there when it heals", async () => {
  network.cut();
  await ana.getByText(/Connection lost/).waitFor();
  const lee = await customer(centre, "Lee Wong", "One question.");
  network.mend();
  await offer(ana).getByRole("heading", { name: "Lee Wong" }).waitFor();
  await accept(ana, "Lee Wong");
  await lee.leaves();
  await ana.getByRole("form", { name: "Wrap-up" }).getByRole("button", { name: "Confirm" }).click();
  await finish(ana);
  assert.deepEqual(ana.troubles, []);
});
