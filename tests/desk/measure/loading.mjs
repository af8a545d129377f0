// How long the desk takes to come up, with an empty cache each time: to the first paint, and until one can
// work at it. Of somebody who is signed in already, as on most mornings, and of one who is not.

import { by_api, eventually, start_centre } from "../centre.mjs";
import { open_browser } from "../people.mjs";
import { line, spread, title } from "./figures.mjs";

const times = Number(process.argv[2] ?? 15);
const [centre, browser] = await Promise.all([start_centre(), open_browser()]);

/// In the page, before anything else of it: notes when these words were painted.
function watch_for(words) {
  const watch = new MutationObserver(() => {
    if (!document.body?.textContent.includes(words)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.usable = performance.now())));
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
}

/// `words`: of what one works with, on the page of `login`; null: nobody is signed in.
async function load(who, login, words) {
  const session = login === null ? null : (await by_api(centre, login)).proof.Cookie.split("=");
  const first = [];
  const usable = [];
  for (let at = 0; at < times; ++at) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    if (session) await context.addCookies([{ name: session[0], value: session[1], url: centre.url }]);
    const page = await context.newPage();
    await page.addInitScript(watch_for, words);
    await page.goto(centre.url);
    const seen = await eventually("it can be worked with", () => page.evaluate(() => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return paint && window.usable ? { first: paint.startTime, usable: window.usable } : null;
    }));
    first.push(seen.first);
    usable.push(seen.usable);
    await context.close();
  }
  line(`${who}: first paint`, spread(first));
  line(`${who}: can be worked with`, spread(usable));
}

title("Loading, with an empty cache, from this machine (aim: under 1 s)");
await load("login page", null, "Sign in");
await load("agent's desk", "ana", "You are offline.");
await load("supervisor's floor", "sue", "Nobody is waiting.");

await browser.close();
await centre.stop();
