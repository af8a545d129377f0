// Which practices are missed, how often, and by whom.

/** Counts met and missed verdicts by what `key` makes of (interaction, practice). */
function tally(key) {
  const counts = new Map();
  for (const one of interactions) {
    for (let practice = 0; practice < practices.length; practice += 1) {
      const letter = one.v[practice];
      if (letter !== "m" && letter !== "x") continue;
      const name = key(one, practice);
      let count = counts.get(name);
      if (!count) counts.set(name, (count = { met: 0, missed: 0 }));
      if (letter === "x") count.missed += 1;
      else count.met += 1;
    }
  }
  return counts;
}

const total_of = (count) => count.met + count.missed;

/** The practices most often missed, each with the agents who missed it. */
function missed_card(list) {
  const counts = [...tally((_, practice) => practice)].filter(([, count]) => count.missed > 0);
  counts.sort(([a, one], [b, two]) => two.missed - one.missed || two.missed / total_of(two) - one.missed / total_of(one) || a - b);
  const shown = 8;
  const items = counts.map(([practice, count], rank) => {
    const item = missed_item(list, practice, count);
    item.hidden = rank >= shown;
    return item;
  });
  const more = items.length > shown && el("button", { type: "button", class: "more", onclick: () => {
    for (const item of items) item.hidden = false;
    items[shown].querySelector("summary").focus();
    more.remove();
  } }, `Show all ${items.length}`);
  return el("section", { class: "card" },
    el("header", {}, el("h2", {}, "Most often missed"), el("p", {}, "Of the interactions in which the practice was called for")),
    items.length ? el("ul", { class: "ranking" }, items) : el("p", { class: "empty" }, "Nothing was missed."),
    more);
}

function missed_item(list, practice, count) {
  const { id, say, critical } = practices[practice];
  const agents = el("div", { class: "by-agent" });
  const details = el("details", {},
    el("summary", {},
      el("span", { class: "say" }, say, critical && [" ", el("span", { class: "tag" }, "critical")]),
      vary(el("span", { class: "meter", "aria-hidden": "true" }), "--share", count.missed / total_of(count)),
      el("span", { class: "number" }, `${count.missed} of ${total_of(count)}`)),
    agents);
  details.addEventListener("toggle", () => {
    if (details.open && !agents.firstChild) agents.append(...missed_by_agent(list, practice, id));
  });
  return el("li", {}, details);
}

function missed_by_agent(list, practice, id) {
  const counts = new Map();
  for (const one of interactions) {
    const letter = one.v[practice];
    if (letter !== "m" && letter !== "x") continue;
    const [key, label] = agent_of(one, practice);
    let count = counts.get(key);
    if (!count) counts.set(key, (count = { label, met: 0, missed: 0 }));
    count[letter === "x" ? "missed" : "met"] += 1;
  }
  const rows = [...counts.values()].filter((count) => count.missed > 0);
  rows.sort((a, b) => b.missed / total_of(b) - a.missed / total_of(a) || b.missed - a.missed);
  return [
    el("ul", {}, rows.slice(0, 20).map((count) => el("li", {}, count.label, " ", el("span", { class: "soft" }, `${count.missed} of ${total_of(count)}`)))),
    rows.length > 20 && el("p", { class: "small soft" }, `and ${count_of(rows.length - 20, "more agent")}`),
    el("p", { class: "small" }, el("button", { type: "button", class: "link", onclick: () => list.filter({ practice }, true) }, "Show the interactions"), " ", el("code", {}, id)),
  ];
}

/** Agents by chapters: the share of verdicts that are missed. */
function heat_card(list) {
  const separator = "\u0000";
  const cells = tally((one, practice) => agent_of(one, practice)[0] + separator + practices[practice].chapter);
  const all = tally((_, practice) => practices[practice].chapter);
  const agents = agent_rows();
  const shown = 12;
  const rows = agents.map((agent, rank) => heat_row(list, agent, (chapter) => cells.get(agent.key + separator + chapter), rank >= shown));
  const more = rows.length > shown && el("button", { type: "button", class: "more", onclick: () => {
    for (const row of rows) row.hidden = false;
    rows[shown].querySelector("button").focus();
    more.remove();
  } }, `Show all ${rows.length} agents`);
  return el("section", { class: "card" },
    el("header", {}, el("h2", { id: "heat-title" }, "By agent"), el("p", {}, "Share missed of what was called for, by chapter")),
    el("div", { class: "wide", role: "region", tabindex: "0", "aria-labelledby": "heat-title" },
      el("table", { class: "heat" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Agent"), el("th", { scope: "col", class: "number" }, "Score"),
          chapters.map((chapter) => el("th", { scope: "col" }, chapter)))),
        el("tbody", {}, rows),
        rows.length > 1 && el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, "All agents"), el("td", { class: "number" }, mean_score(interactions)),
          chapters.map((_, chapter) => heat_cell(all.get(chapter))))))),
    more);
}

/** Every agent with their interactions, those with most first. */
function agent_rows() {
  const agents = new Map();
  for (const one of interactions) {
    for (const [key, label] of one.agents) {
      if (!agents.has(key)) agents.set(key, { key, label, all: [] });
      agents.get(key).all.push(one);
    }
  }
  return [...agents.values()].sort((a, b) => b.all.length - a.all.length || (a.label < b.label ? -1 : 1));
}

function mean_score(some) {
  const scores = some.map((one) => one.score).filter((score) => score !== null);
  return scores.length ? score_text(scores.reduce((sum, score) => sum + score, 0) / scores.length) : "–";
}

function heat_row(list, agent, count_in, hidden) {
  return el("tr", { hidden },
    el("th", { scope: "row" },
      el("button", { type: "button", class: "link", onclick: () => list.filter({ agent: agent.key }, true) }, agent.label),
      " ", el("span", { class: "soft small" }, String(agent.all.length))),
    el("td", { class: "number" }, mean_score(agent.all)),
    chapters.map((_, chapter) => heat_cell(count_in(chapter))));
}

function heat_cell(count) {
  if (!count) return el("td", { class: "heat-cell soft" }, "–");
  return vary(el("td", { class: "heat-cell", title: `${count.missed} of ${total_of(count)} missed` }, percent(count.missed, total_of(count))),
    "--share", count.missed / total_of(count));
}
