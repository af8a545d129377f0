// The list of interactions: sorted, filtered, a page at a time, so that thousands stay quick.

const page_size = 50;

const columns = [
  { name: "Interaction", value: (one) => one.id, text: true },
  { name: "Agent", value: (one) => agents_text(one), text: true },
  { name: "Channel", value: (one) => one.channel, text: true },
  { name: "Date", value: (one) => one.at || 0 },
  { name: "Length", value: (one) => one.ms },
  { name: "Score", value: (one) => one.score ?? -1 },
  { name: "Assessed", value: (one) => one.share },
  { name: "Missed", value: (one) => one.missed.length },
  { name: "Critical", value: (one) => one.critical.length },
];
const score_column = 5;

function interaction_list() {
  const filters = { text: "", channel: "", agent: "", practice: null, bin: null, critical: false };
  const sort = { column: score_column, down: false };
  const listeners = [];
  let page = 0;
  let on_paper = false;
  let found = [];

  const body = el("tbody");
  const heads = columns.map((column, position) => list_head(column, () => {
    sort.down = sort.column === position ? !sort.down : !column.text && position !== score_column;
    sort.column = position;
    update();
  }));
  const count = el("p", { role: "status", class: "soft small" });
  const chips = el("div", { class: "chips" });
  const pager = list_pager((step) => { page += step; draw(); element.scrollIntoView(); });
  const controls = list_controls(filters, () => update());
  const element = el("section", { class: "card list" },
    el("header", {}, el("h2", { id: "list-title", tabindex: "-1" }, "Interactions"), count),
    controls.element, chips,
    el("div", { class: "wide", role: "region", tabindex: "0", "aria-labelledby": "list-title" },
      el("table", { class: "interactions" }, el("thead", {}, el("tr", {}, heads.map((one) => one.element))), body)),
    pager.element);

  function update() {
    page = 0;
    found = interactions.filter((one) => matches(one, filters));
    const value = columns[sort.column].value;
    found.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      return (x < y ? -1 : x > y ? 1 : 0) * (sort.down ? -1 : 1) || a.number - b.number;
    });
    heads.forEach((one, position) => one.mark(sort.column === position ? (sort.down ? "descending" : "ascending") : null));
    count.textContent = found.length === interactions.length ? count_of(found.length, "interaction") : `${found.length.toLocaleString("en")} of ${count_of(interactions.length, "interaction")}`;
    chips.replaceChildren(...filter_chips(filters, (change) => api.filter(change)));
    for (const listener of listeners) listener();
    draw();
  }

  function draw() {
    body.replaceChildren(...(on_paper ? found : found.slice(page * page_size, (page + 1) * page_size)).map(list_row));
    if (!found.length) body.append(el("tr", {}, el("td", { colspan: columns.length, class: "empty" }, "No interaction fits these filters.")));
    pager.show(page, Math.ceil(found.length / page_size));
  }

  const api = {
    element,
    filters,
    /** The interactions as filtered and sorted, for going from one to the next. */
    found: () => found,
    /** Paper has no next page to turn to: there the list is whole. */
    lay_out(paper) {
      on_paper = paper;
      if (found.length > page_size) draw();
    },
    on_filter(listener) { listeners.push(listener); listener(); },
    /** Changes some filters; `go` moves the reader to the list. */
    filter(change, go = false) {
      Object.assign(filters, change);
      controls.sync();
      update();
      if (!go) return;
      element.scrollIntoView();
      element.querySelector("h2").focus({ preventScroll: true });
    },
  };
  update();
  return api;
}

function matches(one, filters) {
  const wanted = filters.text.trim().toLowerCase();
  return (!wanted || `${one.id} ${agents_text(one)} ${one.customer}`.toLowerCase().includes(wanted))
    && (!filters.channel || one.channel === filters.channel)
    && (!filters.agent || one.agents.some(([key]) => key === filters.agent))
    && (filters.practice === null || one.v[filters.practice] === "x")
    && (filters.bin === null || (one.score !== null && bin_of(one.score) === filters.bin))
    && (!filters.critical || one.critical.length > 0);
}

function list_head(column, onclick) {
  const arrow = el("span", { class: "arrow", "aria-hidden": "true" });
  const element = el("th", { scope: "col", class: column.text ? null : "number" }, el("button", { type: "button", class: "sort", onclick }, column.name, arrow));
  return {
    element,
    mark(order) {
      if (order) element.setAttribute("aria-sort", order);
      else element.removeAttribute("aria-sort");
      arrow.textContent = order === "ascending" ? " ↑" : order === "descending" ? " ↓" : "";
    },
  };
}

function list_row(one) {
  return el("tr", {},
    el("td", { class: "id" }, el("a", { href: address(one.number) }, one.id)),
    el("td", { "data-label": "Agent", class: "agent" }, agents_text(one)),
    el("td", { "data-label": "Channel" }, one.channel),
    el("td", { "data-label": "Date", class: "number" }, date_text(one.at) || "–"),
    el("td", { "data-label": "Length", class: "number" }, clock(one.ms)),
    el("td", { "data-label": "Score", class: "number" }, score_bar(one.score)),
    el("td", { "data-label": "Assessed", class: "number" }, percent(one.share, 1000)),
    el("td", { "data-label": "Missed", class: "number" }, String(one.missed.length)),
    el("td", { "data-label": "Critical", class: "number" }, one.critical.length
      ? el("span", { class: "critical", title: one.critical.map((practice) => practices[practice].say).join("\n") }, icon("missed"), ` ${one.critical.length}`) : "0"));
}

function score_bar(score) {
  return el("span", { class: "score" }, vary(el("span", { class: "meter", "aria-hidden": "true" }), "--share", (score ?? 0) / 100_000), el("b", {}, score_text(score)));
}

function list_controls(filters, changed) {
  const text = el("input", { type: "search", id: "find", placeholder: "Id, agent or customer", "aria-label": "Find by id, agent or customer",
    oninput: () => { filters.text = text.value; changed(); } });
  const channel = choice("Any channel", "Channel", [...new Set(interactions.map((one) => one.channel))].sort().map((name) => [name, name]),
    (value) => { filters.channel = value; changed(); });
  const agents = agent_rows().sort((a, b) => (a.label < b.label ? -1 : 1)).map(({ key, label }) => [key, label]);
  const agent = choice("Any agent", "Agent", agents, (value) => { filters.agent = value; changed(); });
  const critical = el("input", { type: "checkbox", onchange: () => { filters.critical = critical.checked; changed(); } });
  return {
    element: el("div", { class: "controls", role: "search" }, text, channel, agent, el("label", {}, critical, " Missed critical")),
    sync() {
      text.value = filters.text;
      channel.value = filters.channel;
      agent.value = filters.agent;
      critical.checked = filters.critical;
    },
  };
}

function choice(any, label, options, changed) {
  const select = el("select", { "aria-label": label, onchange: () => changed(select.value) },
    el("option", { value: "" }, any), options.map(([value, text]) => el("option", { value }, text)));
  return select;
}

/** Filters that were set elsewhere on the page, each with a way to take it off. */
function filter_chips(filters, filter) {
  const chip = (text, change) => el("button", { type: "button", class: "chip", onclick: () => filter(change) }, text, " ", el("span", { "aria-hidden": "true" }, "×"), el("span", { class: "hidden-text" }, ", remove this filter"));
  return [
    filters.practice !== null && chip(`Missed: ${practices[filters.practice].say}`, { practice: null }),
    filters.bin !== null && chip(`Score ${bin_text(filters.bin)}`, { bin: null }),
  ].filter(Boolean);
}

function list_pager(turn) {
  const back = el("button", { type: "button", onclick: () => turn(-1) }, "Previous page");
  const on = el("button", { type: "button", onclick: () => turn(1) }, "Next page");
  const where = el("span", { class: "soft small" });
  const element = el("nav", { class: "pager", "aria-label": "Pages of the list" }, back, where, on);
  return {
    element,
    show(page, pages) {
      element.hidden = pages < 2;
      back.disabled = page === 0;
      on.disabled = page + 1 >= pages;
      where.textContent = `Page ${page + 1} of ${pages}`;
    },
  };
}
