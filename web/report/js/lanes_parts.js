// The smaller parts of the lanes: marks, sentiment, axis, legend, and what the picture says in words.

/** Gives every moment a place below the lanes: met above, missed beneath, neighbours stepping aside. */
function place_marks(view, geometry) {
  const levels = { met: [], missed: [] };
  const placed = view.moments.map((moment) => {
    const x = geometry.x_of(moment.at, moment.row);
    const taken = levels[moment.verdict];
    let level = taken.findIndex((last) => x - last >= mark_step);
    if (level < 0) level = taken.length < mark_levels ? taken.length : taken.indexOf(Math.min(...taken));
    taken[level] = x;
    return { moment, x, level };
  });
  const nodes = placed.map(({ moment, x, level }) => {
    const y = geometry.marks + (moment.verdict === "missed" ? levels.met.length : 0) * mark_step + level * mark_step;
    const shape = moment.verdict === "met" ? svg("circle", { class: "mark met", cx: x, cy: y, r: 4 }) : svg("path", { class: "mark missed", d: `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z` });
    shape.append(svg("title", {}, `${clock(moment.at)} ${verdict_words[moment.verdict]}: ${practices[moment.practice].say}`));
    return { moment, x, y, node: shape };
  });
  return {
    nodes,
    met_levels: levels.met.length,
    missed_levels: levels.missed.length,
    /** The mark nearest to a point; anywhere in the lanes the nearest in time will do. */
    nearest(x, y) {
      const distance = (mark) => Math.abs(mark.x - x) + (y > geometry.agent + lane_height ? Math.abs(mark.y - y) : 0);
      return nodes.reduce((best, mark) => (!best || distance(mark) < distance(best) ? mark : best), null)?.moment;
    },
  };
}

/** The customer's sentiment as a soft line through their turns; each turn weighs half, the past the rest. */
function lane_mood(view, { gutter, full, mood, x_of }) {
  const middle = mood + 14;
  const base = svg("line", { class: "mood-base", x1: gutter, x2: full - 16, y1: middle, y2: middle });
  let level = 0;
  const points = view.details.mood.map(([at, value, row]) => {
    level = (level + Math.max(-1000, Math.min(1000, value))) / 2;
    return [x_of(at, row), middle - (level / 1000) * 14 * 1.6];
  }).map(([x, y]) => [x, Math.max(mood, Math.min(mood + 28, y))]);
  if (points.length < 2) return [base];
  let path = `M${points[0][0]} ${points[0][1]}`;
  for (let at = 1; at < points.length; at += 1) {
    const [[x0, y0], [x1, y1]] = [points[at - 1], points[at]];
    const half = (x0 + x1) / 2;
    path += `C${half} ${y0} ${half} ${y1} ${x1} ${y1}`;
  }
  return [base, svg("path", { class: "mood", d: path })];
}

const axis_steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400].map((seconds) => seconds * 1000);

function lane_axis(view, { gutter, full, x_of }, bottom) {
  if (!view.timed) return [svg("text", { class: "tick", x: gutter, y: bottom + 14 }, view.one.ms > 0 ? "In order, not to time" : "In order; no times were recorded")];
  const pixels = (full - gutter - 16) / view.one.ms;
  const step = axis_steps.find((one) => one * pixels >= 64) ?? axis_steps.at(-1);
  const nodes = [];
  for (let at = 0; at <= view.one.ms; at += step) {
    const x = x_of(at);
    nodes.push(svg("line", { class: "axis", x1: x, x2: x, y1: 0, y2: bottom }));
    if (x < full - 40) nodes.push(svg("text", { class: "tick", x, y: bottom + 14, "text-anchor": at === 0 ? "start" : "middle" }, clock(at)));
  }
  return nodes;
}

/** What the captions beside the lanes do not say; on a narrow screen, where there are none, all. */
function lanes_legend(view) {
  const entry = (kind, text) => el("li", {}, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), text);
  const { holds, silences, overlaps } = view.details;
  return el("ul", { class: "legend small soft" },
    holds.length > 0 && entry("hold", "On hold"), silences.length > 0 && entry("silence", "Silence"), overlaps.length > 0 && entry("overlap", "Both speak"),
    el("li", { class: "uncaptioned" }, icon("met"), "Met"), el("li", { class: "uncaptioned" }, icon("missed"), "Missed"));
}

/** The picture in words, for those who cannot see it. */
function lanes_text(view) {
  const { talk, holds, silences, overlaps } = view.details;
  const missed = view.moments.filter((moment) => moment.verdict === "missed").length;
  return [
    `Timeline of ${length(view.one.ms)}`,
    view.spoken && `customer spoke ${length(talk[0])}, agent ${length(talk[1])}`,
    count_of(holds.length, "hold"), count_of(silences.length, "long silence"), count_of(overlaps.length, "overlap"),
    `${view.moments.length - missed} marks of evidence met, ${missed} missed`,
  ].filter(Boolean).join("; ");
}
