// The scorecard: by chapter every verdict with its reason and its evidence.

function build_scorecard(view, select) {
  const items = new Map();   // position of the moment -> its button
  const by_practice = new Map();
  for (const occasion of view.occasions) {
    if (!by_practice.has(occasion.practice)) by_practice.set(occasion.practice, []);
    by_practice.get(occasion.practice).push(occasion);
  }
  const sections = chapters.map((chapter, position) => chapter_section(chapter, position));
  const element = el("section", { class: "card pane scorecard", "aria-label": "Scorecard", tabindex: "0" }, sections);

  function chapter_section(chapter, position) {
    const here = practices.map((practice, number) => number).filter((number) => practices[number].chapter === position);
    const of = (letter) => here.filter((number) => view.one.v[number] === letter).sort((a, b) => practices[b].weight - practices[a].weight || a - b);
    const [missed, met] = [of("x"), of("m")];
    return el("section", { class: "chapter" },
      el("header", {}, el("h2", {}, chapter), el("span", { class: "small soft" }, missed.length + met.length ? `${met.length} of ${missed.length + met.length} met` : "nothing to judge")),
      el("ul", {}, [...missed, ...met].map((number) => verdict_item(number, missed.includes(number) ? "missed" : "met"))),
      folded(of("u"), "not_assessed", "not assessed"), folded(of("n"), "not_applicable", "did not arise"));
  }

  function verdict_item(number, verdict) {
    const practice = practices[number];
    const occasions = (by_practice.get(number) ?? []).filter((occasion) => occasion.moments.length);
    const [, , assessed, met] = view.details.practices[number];
    const telling = occasions.filter((occasion) => occasion.verdict === verdict);
    const reasons = [...new Set(telling.map(reason))];
    const quotes = telling.flatMap((occasion) => occasion.moments);
    return el("li", { class: "verdict" }, icon(verdict, verdict_words[verdict]),
      el("div", {},
        el("h3", { title: practice.id }, practice.say, practice.critical && [" ", el("span", { class: "tag" }, "critical")], assessed > 1 && el("span", { class: "soft small" }, ` ${met} of ${assessed}`)),
        reasons.slice(0, 2).map((text) => el("p", { class: "small soft" }, text)),
        quote_list(quotes),
        verdict === "missed" && practice.coach && el("p", { class: "small coach" }, practice.coach)));
  }

  function quote_list(quotes) {
    const shown = 3;
    const buttons = quotes.map((moment, rank) => quote_button(moment, rank >= shown));
    const more = buttons.length > shown && el("li", {}, el("button", { type: "button", class: "link small", onclick: () => {
      for (const button of buttons) button.hidden = false;
      more.remove();
    } }, `${buttons.length - shown} more`));
    return el("ul", { class: "quotes" }, buttons, more);
  }

  function quote_button(moment, hidden) {
    const row = view.rows[moment.row];
    const told = moment.quote && !moment.quote.apart && row && row.text;
    const button = el("button", { type: "button", class: "quote", onclick: () => select(moment, "scorecard") },
      el("span", { class: "time" }, view.timed ? clock(moment.at) : `#${moment.row + 1}`),
      el("span", {}, told ? quoted(row.text, moment.quote) : "", moment.occasion.verdict === "missed" && !moment.occasion.evidence.length && told ? el("span", { class: "soft" }, " called for it") : "", told ? "" : el("span", { class: "soft" }, moment.quote && !row.text ? event_words[row.kind] : "by then")));
    items.set(moment.position, button);
    return el("li", { hidden }, button);
  }

  let current = null;
  return {
    element,
    select(moment, here) {
      if (current) current.classList.remove("selected");
      current = items.get(moment.position) ?? null;
      if (!current) return;
      current.parentElement.hidden = false;
      current.classList.add("selected");
      if (!here) bring(current, element);
    },
  };

  /** Practices without a verdict on the agent: a count, and behind it the reasons. */
  function folded(numbers, verdict, words) {
    if (!numbers.length) return null;
    const reasons = new Map();
    for (const number of numbers) {
      const [why, missing] = view.details.practices[number];
      const text = why_text(why, missing, practices[number]);
      if (!reasons.has(text)) reasons.set(text, []);
      reasons.get(text).push(practices[number].say);
    }
    return el("details", { class: "folded" },
      el("summary", { class: "small soft" }, icon(verdict), ` ${numbers.length} ${words}`),
      el("dl", { class: "small" }, [...reasons].map(([text, names]) => [el("dt", {}, sentence(text)), names.map((name) => el("dd", { class: "soft" }, name))])));
  }
}

/** The evidence in bold with a few words around it. */
function quoted(text, { begin, end }) {
  const around = 32;
  if (end <= begin) return [`“${text.length > 120 ? `${text.slice(0, 119)}…` : text}”`];
  const from = begin <= around ? 0 : text.indexOf(" ", begin - around) + 1 || begin;
  const until = text.length - end <= around ? text.length : Math.max(end, text.lastIndexOf(" ", end + around));
  return ["“", from > 0 ? "…" : "", text.slice(Math.min(from, begin), begin), el("b", {}, text.slice(begin, end)), text.slice(end, until), until < text.length ? "…" : "", "”"];
}
