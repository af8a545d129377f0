// A recording in the review: seen, heard and walked through in a browser, by mouse and keyboard.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assert_accessible, assert_accessible_both, open_browser, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";
import { Centre, eventually, talking } from "../phone/centre.mjs";

let centre, browser, page;

before(async () => {
  [centre, browser] = await Promise.all([Centre.open(), open_browser()]);
  const ana = await centre.agent("ana", 1000);
  const phone = centre.phone(ana, "phone_answers");
  await ana.client.expect(200, "PUT", "/api/v1/me/presence", { presence: "available" });
  const caller = await centre.caller("caller_hangs_up_when_told", 700);
  const { id } = await centre.live("connected");
  await talking(caller, ana, 5_500);
  await caller.sipp.tell();
  await caller.sipp.done();
  await phone.done();
  await centre.closed(id);
  await centre.recording_file(id);
  page = await sit_down(browser, centre.server.url);
  await sign_in_to(page, "sue", "a long pass phrase of sue", "Review");
  await page.goto(`/review/${id}`);
  caller.end.close();
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

const player = () => page.getByRole("region", { name: "Recording" });
const place = () => player().getByRole("slider", { name: "Place in the recording" });
const at = () => place().evaluate((slider) => Number(slider.value));
const reaches = (ms) => page.waitForFunction((least) => Number(document.querySelector("input[type=range]").value) >= least, ms);

/** Only where DESK_PICTURES names a folder: to be looked at. */
async function photograph(name) {
  const folder = process.env.DESK_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

test("it is played, by button and by key, and stops where it is told", async () => {
  await player().getByRole("img", { name: "How loud customer and agent are over time" }).waitFor();
  await assert_accessible_both(page, "a recording");
  await eventually("it is at the beginning", async () => (await at()) === 0);
  await player().getByRole("button", { name: "Play or pause" }).click();
  await reaches(500);
  await photograph("playing");
  await page.keyboard.press("2");
  await page.waitForFunction(() => document.querySelector("audio").paused);
});

test("the slider, the keys and the waveform go to a place", async () => {
  await place().focus();
  await page.keyboard.press("Home");
  await eventually("it is at the beginning", async () => (await at()) === 0);
  await page.keyboard.press("3");
  await reaches(4_900);
  await page.keyboard.press("1");
  await eventually("it is at the beginning", async () => (await at()) === 0);
  const wave = await player().getByRole("img").boundingBox();
  await page.mouse.click(wave.x + wave.width / 2, wave.y + wave.height / 2);
  await reaches(2_000);
  await player().getByLabel("Speed").selectOption("2");
  await page.waitForFunction(() => document.querySelector("audio").playbackRate === 2);
});

test("one that cannot be read says so, with another try", async () => {
  const problem = { type: "about:blank", title: "Unavailable", status: 409, code: "store_unavailable" };
  await page.route("**/recording/peaks*", (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) }));
  await page.reload();
  await player().getByRole("alert").waitFor();
  await assert_accessible_both(page, "a recording that cannot be read");
  await photograph("unread");
  await page.unroute("**/recording/peaks*");
  await player().getByRole("button", { name: "Try again" }).click();
  await player().getByRole("img", { name: "How loud customer and agent are over time" }).waitFor();
});

test("it can be read in the dark, too", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await player().getByLabel("Skip silence").check();
  await assert_accessible(page, "a recording in the dark");
  await photograph("dark");
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(page.strangers, []);
});
