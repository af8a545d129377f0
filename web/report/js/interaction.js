// One interaction: lanes above, transcript and scorecard side by side, and one selected moment that
// all three show.

function show_interaction(main, number, wanted) {
  const one = interactions[number];
  document.title = `${one.id} – Rapport report`;
  const details = details_of(number);
  if (!details) {
    main.replaceChildren(el("div", { class: "view" }, interaction_header(one), el("p", { class: "note" },
      "This interaction came after the report was full (report_bytes_max), so its transcript and evidence were left out. Evaluate it alone to see them.")));
    return null;
  }
  const view = read_view(one, details);
  const panes = {};
  const walk = build_walk(view, panes);
  const select = (moment, from) => walk.select(moment, from);
  panes.lanes = build_lanes(view, select);
  panes.transcript = build_transcript(view, select, (from, to) => panes.lanes.frame(from, to));
  panes.scorecard = build_scorecard(view, select);
  const element = el("div", { class: "view" },
    interaction_header(one), line_notice(view.rows) ?? "", panes.lanes.element, walk.element,
    build_tabs(panes), el("div", { class: "columns" }, panes.transcript.element, panes.scorecard.element));
  main.replaceChildren(element);
  panes.lanes.draw();
  panes.transcript.frame();
  const first = wanted && nearest_moment(view, wanted);
  if (first) walk.select(first, null);
  return { walk, close: () => panes.lanes.close() };
}

/** Everything the panes share. A moment is a place to look at: a piece of evidence or, where there is none, what called for it. */
function read_view(one, details) {
  const rows = details.rows.map(read_row);
  const occasions = details.occasions.map(read_occasion);
  const moments = [];
  for (const occasion of occasions) {
    occasion.moments = [];
    if (occasion.verdict !== "met" && occasion.verdict !== "missed") continue;
    const quotes = occasion.evidence.length ? occasion.evidence : [occasion.opened_by];
    for (const quote of quotes) {
      const moment = { occasion, quote, at: quote ? quote.at : occasion.decided, verdict: occasion.verdict, practice: occasion.practice };
      moment.row = quote ? quote.row : last_row_before(rows, moment.at);
      occasion.moments.push(moment);
      moments.push(moment);
    }
  }
  moments.sort((a, b) => a.at - b.at || a.row - b.row || a.practice - b.practice);
  moments.forEach((moment, position) => { moment.position = position; });
  // Without any time, or with days between messages, the order tells more than the clock.
  const timed = details.timed && one.ms > 0 && (one.channel === "voice" || one.ms < 2 * 3600_000);
  return { one, details, rows, occasions, moments, timed, spoken: one.channel === "voice", name_of: (row) => details.people[row.person]?.[1] || role_names[row.by] || "" };
}

function last_row_before(rows, at) {
  let found = 0;
  for (const row of rows) if (row.at <= at) found = row.number;
  return found;
}

function nearest_moment(view, { at, practice }) {
  const distance = (moment) => Math.abs(moment.at - at) + (moment.practice === practice ? 0 : 1e9);
  return view.moments.reduce((best, moment) => (!best || distance(moment) < distance(best) ? moment : best), null);
}

function interaction_header(one) {
  const order = overview ? overview.list.found() : interactions;
  const place = order.indexOf(one);
  const step = (by, text, arrow) => {
    const other = place >= 0 ? order[place + by] : null;
    return other ? el("a", { class: "step", href: address(other.number), "aria-label": text, title: text }, arrow) : el("span", { class: "step soft", "aria-hidden": "true" }, arrow);
  };
  const with_text = one.customer ? ` with ${one.customer}` : "";
  const facts = [one.channel, date_text(one.at), one.ms > 0 && length(one.ms), one.id].filter(Boolean);
  return el("header", { class: "interaction" },
    el("nav", { class: "steps", "aria-label": "Interactions" }, el("a", { href: "#/", class: "back" }, "All interactions"), step(-1, "Previous interaction", "‹"), step(1, "Next interaction", "›")),
    el("div", { class: "who" }, el("h1", { tabindex: "-1" }, one.agents.length ? agents_text(one) : "No agent", with_text), el("p", { class: "small soft" }, facts.join(" · "))),
    el("dl", { class: "result" },
      el("div", {}, el("dt", {}, "Score"), el("dd", {}, el("b", { class: "value" }, score_text(one.score)), one.score === null ? "" : el("span", { class: "soft" }, " of 100"))),
      el("div", {}, el("dt", {}, "Assessed"), el("dd", {}, el("b", { class: "value" }, percent(one.share, 1000)))),
      el("div", {}, el("dt", {}, "Missed"), el("dd", {}, el("b", { class: "value" }, String(one.missed.length)), one.critical.length ? el("span", { class: "critical" }, ` ${one.critical.length} critical`) : ""))));
}

/** Where a call's line was bad, silence and talking over may be nobody's doing; null: it never was. */
function line_notice(rows) {
  const says = (row, kind) => row.kind === "other" && row.text.startsWith(`kind: ${kind}`);
  const spans = [];
  let bad = 0;   // legs
  for (const row of rows) {
    if (says(row, "line_bad") && ++bad === 1) spans.push({ from: row.at, to: null });
    if (says(row, "line_good") && bad > 0 && --bad === 0) spans.at(-1).to = row.at;
  }
  if (spans.length === 0) return null;
  const words = spans.map(({ from, to }) => (to === null ? `from ${clock(from)} on` : `from ${clock(from)} to ${clock(to)}`));
  return el("p", { class: "note" }, `The line was bad ${listed(words)}: silence, repeating and talking over there may be nobody's doing.`);
}

/** On a narrow screen transcript and scorecard take turns. */
function build_tabs(panes) {
  const names = { scorecard: "Scorecard", transcript: "Transcript" };
  const buttons = Object.entries(names).map(([name, text]) => el("button", { type: "button", onclick: () => show(name) }, text));
  function show(name) {
    Object.keys(names).forEach((other, position) => {
      panes[other].element.classList.toggle("behind", other !== name);
      buttons[position].setAttribute("aria-pressed", String(other === name));
    });
    panes.in_front = name;
  }
  panes.show = show;
  show("scorecard");
  return el("div", { class: "tabs", role: "group", "aria-label": "Show" }, buttons);
}
