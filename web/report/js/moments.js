// The worst and the best moments of the run, as quotes.

/**
 * Every interaction names a few candidates; here the best of all are chosen: critical before
 * others, then by weight; of what most agents manage the slip counts more, of what few manage the
 * success; of equals a slip of the worst interaction, a success of the best. A practice and an
 * interaction appear once.
 */
function choose_moments(which, count) {
  const rates = tally((_, practice) => practice);
  const candidates = [];
  for (const one of interactions) {
    for (const [practice, at, by, text, absent] of one[which]) {
      const rate = rates.get(practice);
      const rarity = rate ? (which === "worst" ? rate.met : rate.missed) / total_of(rate) : 0;
      const rank = practices[practice].weight * (1 + rarity) + (which === "worst" && practices[practice].critical ? 1000 : 0);
      candidates.push({ one, practice, at, by, text, absent, rank });
    }
  }
  const sign = which === "worst" ? 1 : -1;
  candidates.sort((a, b) => b.rank - a.rank || sign * ((a.one.score ?? 0) - (b.one.score ?? 0)) || a.one.number - b.one.number);
  const chosen = [];
  const seen = new Set();
  for (const moment of candidates) {
    const keys = [`practice ${moment.practice}`, `interaction ${moment.one.number}`];
    if (keys.some((key) => seen.has(key))) continue;
    for (const key of keys) seen.add(key);
    chosen.push(moment);
    if (chosen.length === count) break;
  }
  return chosen;
}

function moments_card() {
  const columns = [moment_column("Moments to learn from", "worst", "missed"), moment_column("Moments to be proud of", "best", "met")];
  return { element: el("div", { class: "pair" }, columns), refresh() {} };
}

function moment_column(title, which, verdict) {
  const chosen = choose_moments(which, 5);
  return el("section", { class: "card" },
    el("header", {}, el("h2", {}, title)),
    chosen.length ? el("ul", { class: "moments" }, chosen.map((moment) => moment_item(moment, verdict)))
      : el("p", { class: "empty" }, which === "worst" ? "Nothing was missed in words." : "No practice was met in words."));
}

function moment_item({ one, practice, at, by, text, absent }, verdict) {
  const name = by === agent_role ? agent_of(one, practice)[1] : one.customer || role_names[by];
  return el("li", {},
    el("p", { class: "what" }, icon(verdict, verdict_words[verdict]), " ", practices[practice].say,
      absent ? el("span", { class: "soft" }, ", not done after") : null),
    el("blockquote", {}, text),
    el("p", { class: "small soft" }, `${name}, `, el("a", { href: address(one.number, at, practice) }, `at ${clock(at)} in ${one.id}`)));
}
