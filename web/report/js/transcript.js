// The transcript, with the evidence marked in the words.

function build_transcript(view, select, on_frame) {
  const rows = new Map();   // number of the row -> its element
  const list = el("ol", { class: "turns" });
  const by_row = new Map();
  for (const moment of view.moments) {
    if (!by_row.has(moment.row)) by_row.set(moment.row, []);
    by_row.get(moment.row).push(moment);
  }
  const pauses = view.details.silences.map(([at, end]) => ({ at, end }));
  let speaker = null;
  for (const row of view.rows) {
    if (row.kind === "speech") continue;
    while (pauses.length && pauses[0].at < row.at) list.append(pause_item(pauses.shift()));
    const words = row.text && (row.kind === "utterance" || row.kind === "message");
    const item = words ? turn_item(view, row, by_row.get(row.number) ?? [], speaker !== row.person, select) : event_item(view, row, by_row.get(row.number) ?? [], select);
    speaker = words ? row.person : null;
    rows.set(row.number, item);
    list.append(item);
  }
  const element = el("section", { class: "card pane transcript", "aria-label": "Transcript", tabindex: "0" },
    list.firstChild ? list : el("p", { class: "empty" }, "Nothing was said or written, and nothing was recorded."));
  element.addEventListener("scroll", () => frame(), { passive: true });

  /** Tells which stretch of time is in view. */
  function frame() {
    const box = element.getBoundingClientRect();
    let from = null;
    let to = null;
    for (const [number, item] of rows) {
      const { top, bottom } = item.getBoundingClientRect();
      if (bottom < box.top || top > Math.min(box.bottom, window.innerHeight)) continue;
      from ??= view.rows[number];
      to = view.rows[number];
    }
    if (from) on_frame(from, to);
  }

  let current = [];
  return {
    element,
    frame,
    select(moment, here) {
      for (const node of current) node.classList.remove("selected");
      const item = item_of(moment.row);
      current = item ? [item, ...item.querySelectorAll(`[data-moments~="${moment.position}"]`)] : [];
      for (const node of current) node.classList.add("selected");
      if (item && !here) bring(item, element);
    },
  };

  function item_of(number) {
    for (let at = number; at >= 0; at -= 1) if (rows.has(at)) return rows.get(at);
    return null;
  }
}

function turn_item(view, row, moments, new_speaker, select) {
  const side = row.by === customer_role ? "customer" : "agent";
  return el("li", { class: `turn ${side}${row.backchannel ? " backchannel" : ""}${new_speaker ? " new" : ""}` },
    el("span", { class: "time" }, view.timed ? clock(row.at) : ""),
    el("div", {},
      new_speaker && el("span", { class: "name" }, view.name_of(row)),
      el("p", { lang: row.language }, marked_text(row.text, moments, select)), row_marks(moments.filter((moment) => !in_words(moment)), select)));
}

function in_words(moment) {
  return moment.quote !== null && moment.quote.end > moment.quote.begin;
}

/** The text cut at every border of evidence; a cut that any evidence covers is marked. */
function marked_text(text, moments, select) {
  const covering = moments.filter(in_words);
  const cuts = [...new Set([0, text.length, ...covering.flatMap(({ quote }) => [quote.begin, quote.end])])].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  const parts = [];
  for (let cut = 0; cut + 1 < cuts.length; cut += 1) {
    const [begin, end] = [cuts[cut], cuts[cut + 1]];
    const here = covering.filter(({ quote }) => quote.begin <= begin && quote.end >= end);
    const piece = text.slice(begin, end);
    if (!here.length) parts.push(piece);
    else {
      const verdict = here.some((moment) => moment.verdict === "missed") ? "missed" : "met";
      const starts = here.filter(({ quote }) => quote.begin === begin);
      parts.push(...row_marks(starts, select), el("mark", { class: verdict, "data-moments": here.map((moment) => moment.position).join(" "), title: titles(here), onclick: () => select(here[0], "transcript") }, piece));
    }
  }
  return parts;
}

function titles(moments) {
  return [...new Set(moments.map((moment) => `${verdict_words[moment.verdict]}: ${practices[moment.practice].say}`))].join("\n");
}

/** One shape for all evidence of one verdict that begins here. */
function row_marks(moments, select) {
  return ["missed", "met"].map((verdict) => moments.filter((moment) => moment.verdict === verdict)).filter((some) => some.length).map((some) =>
    el("span", { class: "row-mark", "data-moments": some.map((moment) => moment.position).join(" "), title: titles(some), onclick: () => select(some[0], "transcript") }, icon(some[0].verdict, titles(some))));
}

const event_words = {
  offered: "Offered", answered: "Answered", hold: "On hold", mute: "Muted", leg_started: "Joined", leg_ended: "Left", transfer: "Transferred", conference: "Conference",
  context: "Context", profile_viewed: "Profile opened", history_viewed: "History opened", article_opened: "Article opened", guide_step: "Guide step", note: "Note",
  field_captured: "Noted down", remedy: "Remedy", approval_requested: "Approval asked for", help_requested: "Help asked for", promise: "Promise", followup_scheduled: "Follow-up scheduled",
  flagged: "Flagged", disposition: "Wrapped up", verified: "Identity verified", recording_started: "Recording started", consent: "Consent", escalation_requested: "Escalation asked for",
  fact_known: "Known", promise_kept: "Promise kept", contact_repeated: "Contacted again", survey: "Survey", ended: "Ended",
  utterance: "Sound without words", message: "Message without words", other: "Event",
};

function event_item(view, row, moments, select) {
  const span = row.end > row.at ? `, ${length(row.end - row.at)}` : "";
  return el("li", { class: "turn event" }, el("span", { class: "time" }, view.timed ? clock(row.at) : ""),
    el("p", {}, event_words[row.kind], span, row.text ? `: ${row.text}` : "", " ", row_marks(moments, select)));
}

function pause_item({ at, end }) {
  return el("li", { class: "turn event" }, el("span", { class: "time" }, clock(at)), el("p", {}, `Silence, ${length(end - at)}`));
}
