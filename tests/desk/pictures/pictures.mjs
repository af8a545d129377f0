// All pictures, part by part; one that does not come about is named, and the others are made.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open_browser } from "../people.mjs";

const parts = ["entrance", "agent", "floor", "review", "playbooks", "admin"];
const [folder, ...wanted] = process.argv.slice(2);
const themes = ["light", "dark"];
const sizes = [[1280, 720], [1920, 1080]];

const browser = await open_browser();
let made = 0;
let failed = 0;

for (const part of wanted.length > 0 ? wanted : parts) {
  const to = join(folder, part);
  mkdirSync(to, { recursive: true });
  /// The page as it is now, in each theme and size.
  const shoot = async (page, name) => {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        await page.screenshot({ path: join(to, `${name}-${theme}-${width}.png`) });
        ++made;
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: sizes[0][0], height: sizes[0][1] });
  };
  /// A state: how to get there, and its picture. The next one begins where this ended.
  const state = async (page, name, go) => {
    try {
      await go();
      await shoot(page, name);
    } catch (problem) {
      ++failed;
      console.error(`${part}, ${name}: ${problem.stack.split("\n").slice(0, 4).join("\n")}`);
      await page.screenshot({ path: join(to, `FAILED-${name}.png`) }).catch(() => undefined);
    }
  };
  const { photograph } = await import(`./${part}.mjs`);
  await photograph(browser, state);
}
await browser.close();
console.log(`${made} pictures in ${folder}; ${failed} states did not come about`);
process.exit(failed === 0 ? 0 : 1);
