// The start page: what many interactions have in common, and the way to each of them.

/** Built once and kept, so that filters and place survive a look at one interaction. */
let overview = null;

function show_overview(main) {
  overview ??= build_overview();
  document.title = "Rapport report";
  main.replaceChildren(overview.element);
}

function build_overview() {
  const list = interaction_list();
  const moments = moments_card();
  const element = el("div", { class: "overview" },
    el("h1", { class: "hidden-text" }, "Report"),
    figures(),
    refused_note(),
    el("div", { class: "pair" }, histogram_card(list), missed_card(list)),
    heat_card(list),
    moments.element,
    list.element);
  return { element, list, moments };
}

/** The handful of figures that sum the run up. */
function figures() {
  const scores = interactions.map((one) => one.score).filter((score) => score !== null).sort((a, b) => a - b);
  const at = (part) => score_text(scores[Math.min(scores.length - 1, Math.floor(part * scores.length))]);
  const share = interactions.reduce((sum, one) => sum + one.share, 0) / Math.max(1, interactions.length);
  const critical = interactions.filter((one) => one.critical.length > 0).length;
  const calls = interactions.filter((one) => one.channel === "voice");  // a mail's length is mostly waiting
  const spoken = calls.reduce((sum, one) => sum + one.ms, 0);
  return el("dl", { class: "figures" },
    figure("Interactions", interactions.length.toLocaleString("en"), calls.length ? `${length(spoken)} of calls` : "all in writing"),
    figure("Median score", scores.length ? at(0.5) : "–", scores.length > 3 ? `half lie from ${at(0.25)} to ${at(0.75)}` : "of 100"),
    figure("Practices assessed", percent(share, 1000), "the rest could not be told from the data"),
    figure("Missed something critical", critical.toLocaleString("en"), `${percent(critical, interactions.length)} of interactions`));
}

function figure(name, value, note) {
  return el("div", {}, el("dt", {}, name), el("dd", { class: "value" }, value), el("dd", { class: "small soft" }, note));
}

/** What did not make it into the report, in words. */
function refused_note() {
  const left_out = tail.interactions - interactions.length;
  const short = interactions.length - tail.detailed;
  if (!tail.refused_count && !left_out && !short) return null;
  return el("div", { class: "card refused" },
    left_out > 0 && el("p", {}, `${count_of(left_out, "further interaction")} did not fit into this report (report_interactions_max).`),
    short > 0 && el("p", {}, `${count_of(short, "interaction")} came after the report was full (report_bytes_max): the list has their scores, without transcript and evidence.`),
    tail.refused_count > 0 && el("details", {},
      el("summary", {}, `${count_of(tail.refused_count, "interaction")} could not be read`),
      el("ul", {}, tail.refused.map((message) => el("li", {}, message))),
      tail.refused_count > tail.refused.length && el("p", {}, `and ${tail.refused_count - tail.refused.length} more`)));
}

/** Scores in tens; a bar is a button that filters the list. */
function histogram_card(list) {
  const bins = Array.from({ length: 10 }, () => 0);
  for (const { score } of interactions) if (score !== null) bins[bin_of(score)] += 1;
  const most = Math.max(1, ...bins);
  const unscored = interactions.length - bins.reduce((sum, bin) => sum + bin, 0);
  const bars = bins.map((count, bin) => {
    const range = bin_text(bin);
    const bar = el("button", { type: "button", class: "bin", disabled: count === 0, "aria-label": `Score ${range}: ${count_of(count, "interaction")}`,
      onclick: () => list.filter({ bin: list.filters.bin === bin ? null : bin }) },
      el("span", { class: "count" }, count || ""), vary(el("span", { class: "bar" }), "--share", count / most));
    list.on_filter(() => bar.setAttribute("aria-pressed", String(list.filters.bin === bin)));
    return el("li", {}, bar, el("span", { class: "tick", "aria-hidden": "true" }, String(bin * 10)));
  });
  return el("section", { class: "card" },
    el("header", {}, el("h2", {}, "Scores"), el("p", {}, unscored ? `${count_of(unscored, "interaction")} without a score` : "Interactions by score of 100")),
    el("ol", { class: "histogram" }, bars));
}

function bin_of(score) {
  return Math.min(9, Math.floor(score / 10_000));
}

function bin_text(bin) {
  return bin === 9 ? "90 to 100" : `${bin * 10} to ${bin * 10 + 9}`;
}
