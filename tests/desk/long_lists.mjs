// Lists of ten thousand rows, as the server would answer them: what it really answers, many times over. Making so
// many conversations, users and entries through the API takes the better part of an hour.

import { customer } from "./centre.mjs";

export const length = 10_000;
const page_length = 1_000;

const with_id = (one, at) => ({ ...one, id: `${one.id.slice(0, -6)}${String(at).padStart(6, "0")}` });

/// What a list is asked for, and how one of its rows becomes the one at a place.
const lists = [
  ["users", (one, at) => ({ ...with_id(one, at), name: `Somebody ${at}`, login: `somebody-${at}` })],
  ["interactions", with_id],
  ["audit", (one, at) => ({ ...one, number: length - at })],
];

/// Answers a list page by page out of its first row.
async function lengthen(page, name, row) {
  await page.route((url) => url.pathname === `/api/v1/${name}`, async (route) => {
    const url = new URL(route.request().url());
    const from = Number(url.searchParams.get("after") ?? 0);
    url.searchParams.delete("after"); // no cursor of the server's
    const answer = await route.fetch({ url: url.href });
    const { items } = await answer.json();
    const more = from + page_length < length ? String(from + page_length) : null;
    await route.fulfill({ response: answer, json: { items: Array.from({ length: page_length }, (_, at) => row(items[0], from + at)), next: more } });
  });
}

async function lengthen_floor(page) {
  await page.route((url) => url.pathname === "/api/v1/floor", async (route) => {
    const answer = await route.fetch();
    const floor = await answer.json();
    const [one] = floor.interactions;
    const interactions = Array.from({ length }, (_, at) => ({ ...with_id(one, at), customer_name: `Customer ${at}` }));
    await route.fulfill({ response: answer, json: { ...floor, interactions } });
  });
}

/// The lists with somebody in front of each; `sit(login)`: a signed-in page. `box`: what scrolls; `row`: its rows.
export async function long_lists(centre, sit) {
  await customer(centre, "Pat Brown", "My bill is wrong.");
  const [supervisor, reviewer, administrator] = await Promise.all(["sue", "quinn", "admin"].map(sit));
  await lengthen_floor(supervisor);
  for (const page of [reviewer, administrator]) for (const [name, row] of lists) await lengthen(page, name, row);
  const at = (name, page, path, label, row) => ({
    name,
    page,
    row,
    async open() {
      await page.goto(centre.url + path);
      await page.getByRole("region", { name: label, exact: true }).last().locator(row).first().waitFor();
      return page.getByRole("region", { name: label, exact: true }).last();
    },
  });
  return [
    at("floor", supervisor, "/floor", "Conversations", "li"),
    at("interactions found", reviewer, "/review", "Interactions", "li"),
    at("users", administrator, "/admin/users", "Users", "tr[data-index]"),
    at("audit log", administrator, "/admin/audit", "Entries of the audit log", "li"),
  ];
}

const row_pixels_least = 30;
const patience_ms = 300_000; // of a loaded machine
/// How high all rows are together at the least.
const height_least = 0.9 * length * row_pixels_least;

/// Scrolls through the list in this region by so many pixels a frame; see `scroll_through`.
export const scroll = (region, row, pixels) => region.evaluate(scroll_through, [row, pixels, height_least, patience_ms]);

/// In the page, of the list around its rows: scrolls to its end, waiting for the pages that come on the way; how long
/// each frame took, how many rows were in the document at most, and how high they are together.
function scroll_through(region, [row, step_pixels, least, patience]) {
  let box = region.querySelector(row);
  while (box && !(box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
  return new Promise((done) => {
    const frames = [];
    let most = 0;
    const until = performance.now() + patience;
    let before = performance.now();
    const next = (now) => {
      frames.push(now - before);
      before = now;
      most = Math.max(most, region.querySelectorAll(row).length);
      const from = box.scrollTop;
      box.scrollTop += step_pixels;
      const at_end = box.scrollTop === from && box.scrollHeight >= least;
      if (!at_end && now < until) requestAnimationFrame(next);
      else done({ whole: at_end, frames: frames.slice(1), most, height: box.scrollHeight });
    };
    requestAnimationFrame(next);
  });
}
