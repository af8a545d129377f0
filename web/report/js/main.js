// The page's frame: addresses, theme, keys.

/** The address of an interaction, perhaps of one moment in it. */
function address(number, at, practice) {
  return at === undefined ? `#/interaction/${number + 1}` : `#/interaction/${number + 1}/${at}/${practice}`;
}

let open_view = null;
/** Where the reader was on the start page: how far down, and on which link. */
let left_at = { scroll: 0, focus: null };

/** Shows what the address names. `moved`: the reader went there, so the focus goes along. */
function route(moved) {
  const main = document.getElementById("main");
  const match = /^#\/interaction\/(\d+)(?:\/(\d+)\/(\d+))?$/.exec(location.hash);
  const number = match ? Number(match[1]) - 1 : -1;
  const from = document.activeElement;
  const was_reading = document.body.classList.contains("reading");
  if (!was_reading) left_at = { scroll: window.scrollY, focus: from };
  open_view?.close();
  open_view = null;
  const reading = number >= 0 && number < interactions.length;
  document.body.classList.toggle("reading", reading);
  if (reading) {
    window.scrollTo(0, 0);
    open_view = show_interaction(main, number, match[2] ? { at: Number(match[2]), practice: Number(match[3]) } : null);
  } else {
    show_overview(main);
    window.scrollTo(0, left_at.scroll);
  }
  if (reading && moved) focus_in_view(main, from);
  else if (was_reading) (left_at.focus?.isConnected && left_at.focus !== document.body ? left_at.focus : main).focus({ preventScroll: true });
}

/** Replaced content takes the focus with it: whoever steps on stays on the arrow, others start at the heading. */
function focus_in_view(main, from) {
  const step = from?.matches("a.step") ? main.querySelector(`a.step[aria-label="${from.getAttribute("aria-label")}"]`) : null;
  (step ?? main.querySelector("h1")).focus({ preventScroll: true });
}

let unfolded = [];

/** Paper cannot be unfolded or turned to the next page of a list: before printing all is laid out, afterwards put back. */
function lay_out(paper) {
  overview?.list.lay_out(paper);
  for (const details of unfolded) details.open = false;
  unfolded = paper ? [...document.querySelectorAll("details.folded:not([open]), .refused details:not([open])")] : [];
  for (const details of unfolded) details.open = true;
}

const dark_wanted = window.matchMedia("(prefers-color-scheme: dark)");

/** The reader's choice where the browser lets us keep it; a file opened from a disk may not. */
function kept_theme(choice) {
  try {
    if (choice) localStorage.setItem("rapport-theme", choice);
    return localStorage.getItem("rapport-theme");
  } catch {
    return choice ?? null;
  }
}

function show_theme(choice) {
  const theme = choice ?? (dark_wanted.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  document.getElementById("theme").textContent = theme === "dark" ? "Light" : "Dark";
}

function turn_theme() {
  const other = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  kept_theme(other);
  show_theme(other);
}

/** Every key once: what it does and what it says in the list of keys. */
const keys = [
  { keys: ["ArrowRight", "j"], shown: "→ or J", says: "next evidence", run: () => open_view?.walk.step(1) },
  { keys: ["ArrowLeft", "k"], shown: "← or K", says: "previous evidence", run: () => open_view?.walk.step(-1) },
  { keys: ["]"], shown: "]", says: "next interaction", run: () => follow("Next interaction") },
  { keys: ["["], shown: "[", says: "previous interaction", run: () => follow("Previous interaction") },
  { keys: ["Escape", "u"], shown: "Esc or U", says: "all interactions", run: () => { if (location.hash.startsWith("#/interaction")) location.hash = "#/"; } },
  { keys: ["/"], shown: "/", says: "find an interaction", run: find_interaction },
  { keys: ["d"], shown: "D", says: "dark or light", run: turn_theme },
  { keys: ["?"], shown: "?", says: "this list", run: () => show_keys() },
];

function find_interaction() {
  const focus = () => document.getElementById("find").focus();
  if (document.getElementById("find")) return focus();
  window.addEventListener("hashchange", focus, { once: true });
  location.hash = "#/";
}

function follow(label) {
  document.querySelector(`a.step[aria-label="${label}"]`)?.click();
}

function show_keys() {
  const help = document.getElementById("help");
  help.replaceChildren(el("h2", { id: "help-title" }, "Keys"),
    el("dl", {}, keys.map(({ shown, says }) => [el("dt", {}, el("kbd", {}, shown)), el("dd", {}, says)])),
    el("button", { type: "button", onclick: () => help.close() }, "Close"));
  help.showModal();
}

function on_key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById("help").open) return;
  if (event.target.matches("input:not([type=checkbox]), select")) return;
  const action = keys.find((one) => one.keys.includes(event.key));
  if (!action) return;
  event.preventDefault();
  action.run();
}

function start() {
  const { name, version, preset } = head.playbook;
  document.getElementById("run").textContent =
    [`${name} playbook ${version}`, preset, ...head.models.map((model) => `${model.name} model ${model.hash}`)].filter(Boolean).join(", ");
  document.getElementById("theme").addEventListener("click", turn_theme);
  document.getElementById("keys").addEventListener("click", show_keys);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("keydown", on_key);
  dark_wanted.addEventListener("change", () => show_theme(kept_theme()));
  window.addEventListener("hashchange", () => route(true));
  window.addEventListener("beforeprint", () => lay_out(true));
  window.addEventListener("afterprint", () => lay_out(false));
  window.matchMedia("print").addEventListener("change", ({ matches: paper }) => lay_out(paper));
  show_theme(kept_theme());
  document.getElementById("tools").hidden = false;
  if (interactions.length === 1 && !location.hash) location.replace(address(0));
  route(false);
}

// All files are one script in the order of their names: start when the last of them has run.
document.addEventListener("DOMContentLoaded", start);
