// A call whose line was bad: whoever reads the scorecard is told so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";

test("a bad line is told above the transcript, with its times", async () => {
  const { page, close } = await open("extremes", "#/interaction/1");
  await page.getByText("The line was bad from 0:30 to 0:55").waitFor();
  assert.equal(await page.getByText("The line was bad").count(), 1);
  await close();
  const other = await open("single", "#/interaction/1");
  await other.page.getByRole("region", { name: "Transcript" }).waitFor();
  assert.equal(await other.page.getByText("The line was bad").count(), 0);
  await other.close();
});
