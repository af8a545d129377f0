// How lists of ten thousand rows scroll: a wheel's turn a frame through all of them; how long frames take, and how many
// rows are in the document.

import { start_centre } from "../centre.mjs";
import { long_lists, scroll } from "../long_lists.mjs";
import { sign_in_to } from "../overseers.mjs";
import { open_browser, sit_down } from "../people.mjs";
import { line, spread, title } from "./figures.mjs";

const [pixels = "1000"] = process.argv.slice(2);
const [centre, browser] = await Promise.all([start_centre(), open_browser()]);
const sit = async (login) => {
  const page = await sit_down(browser, centre.url);
  await sign_in_to(page, login, centre.password(login));
  return page;
};

title(`Lists of 10,000 rows, scrolled by ${pixels} pixels a frame (a frame is 17 ms)`);
for (const { name, row, open } of await long_lists(centre, sit)) {
  const { frames, most } = await scroll(await open(), row, Number(pixels));
  line(name, `${spread(frames)}; ${most} rows in the document at most`);
}

await browser.close();
await centre.stop();
