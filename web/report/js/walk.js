// Walking from evidence to evidence; whoever selects a moment, all panes show it.

function build_walk(view, panes) {
  let selected = null;
  const missed_only = el("input", { type: "checkbox" });
  const back = el("button", { type: "button", title: "Previous evidence (left arrow)", "aria-label": "Previous evidence", onclick: () => step(-1) }, "‹");
  const on = el("button", { type: "button", title: "Next evidence (right arrow)", "aria-label": "Next evidence", onclick: () => step(1) }, "›");
  back.disabled = on.disabled = missed_only.disabled = !view.moments.length;
  const place = el("span", { class: "place soft" });
  const what = el("p", { class: "what", role: "status" });
  const element = el("div", { class: "walk" }, back, on, place, what, el("label", { class: "small" }, missed_only, " Missed only"));
  tell();

  function walked() {
    return missed_only.checked ? view.moments.filter((moment) => moment.verdict === "missed") : view.moments;
  }

  function step(by) {
    const moments = walked();
    if (!moments.length) return;
    if (!selected) return select(by > 0 ? moments[0] : moments.at(-1), null);
    const next = by > 0 ? moments.find((moment) => moment.position > selected.position) : moments.findLast((moment) => moment.position < selected.position);
    if (next) select(next, null);
  }

  /** `from` is the pane in which the reader chose the moment: that one need not be moved. */
  function select(moment, from) {
    selected = moment;
    panes.lanes.select(moment);
    panes.transcript.select(moment, from === "transcript");
    panes.scorecard.select(moment, from === "scorecard");
    if (from === "scorecard" && narrow()) panes.show("transcript");
    if (from === "transcript" && narrow()) panes.show("scorecard");
    tell();
  }

  function tell() {
    const missed = view.moments.filter((moment) => moment.verdict === "missed").length;
    if (!selected) {
      place.textContent = "";
      what.replaceChildren(el("span", { class: "soft" }, view.moments.length ? `${count_of(view.moments.length, "moment")} of evidence, ${missed} of them missed. Arrow keys walk through them.` : "Nothing was judged on evidence here."));
      return;
    }
    place.textContent = `${selected.position + 1} of ${view.moments.length}`;
    what.replaceChildren(icon(selected.verdict), " ", el("b", {}, practices[selected.practice].say), " ", el("span", { class: "soft" }, `${clock(selected.at)} · ${reason(selected.occasion)}`));
  }

  return { element, select, step, first: () => select(walked()[0], null), last: () => select(walked().at(-1), null) };
}

function narrow() {
  return window.matchMedia("(max-width: 899px)").matches;
}
