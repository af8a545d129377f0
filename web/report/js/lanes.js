// The two lanes over time: who spoke when, holds, silences, overlaps, the customer's sentiment, and
// a mark for every moment of evidence. A picture: everything in it is also in the other panes.

const lane_height = 20;
const mark_step = 12;
const mark_levels = 3;

function build_lanes(view, select) {
  const scroller = el("div", { class: "lane-scroll" });
  const element = el("section", { class: "card lanes", "aria-label": "Timeline" }, scroller, lanes_legend(view));
  const observer = new ResizeObserver(() => draw());
  observer.observe(scroller);
  let picture = null;
  let selected = null;
  let framed = null;
  let width = 0;

  function draw() {
    if (!scroller.clientWidth || (picture && width === scroller.clientWidth)) return;
    width = scroller.clientWidth;
    picture = draw_lanes(view, lane_geometry(view, width), select);
    scroller.replaceChildren(picture.element);
    if (framed) picture.frame(...framed);
    if (selected) show(selected);
  }

  function show(moment) {
    const x = picture.select(moment);
    if (x < scroller.scrollLeft + 24 || x > scroller.scrollLeft + scroller.clientWidth - 24) scroller.scrollLeft = x - scroller.clientWidth / 2;
  }

  return {
    element,
    draw,
    close: () => observer.disconnect(),
    select(moment) { selected = moment; if (picture) show(moment); },
    frame(from, to) { framed = [from, to]; if (picture) picture.frame(from, to); },
  };
}

/** Where things stand, in pixels: a long interaction gets more width than the screen has. */
function lane_geometry(view, width) {
  const small = width < 560;
  const gutter = small ? 8 : 88;
  const caption = small ? 16 : 0;
  const right = 16;
  const least = view.timed && view.spoken ? Math.min(12_000, (view.one.ms / 1000) * (small ? 3 : 1.5)) : view.rows.length * 6;
  const full = Math.max(width, gutter + least + right);
  const scale = (full - gutter - right) / (view.timed ? view.one.ms : Math.max(1, view.rows.length));
  const mood = 4 + caption;
  const customer = mood + 28 + 8 + caption;
  const agent = customer + lane_height + 8 + caption;
  return {
    small, gutter, full, mood, customer, agent, marks: agent + lane_height + 12,
    x_of: (at, row) => gutter + (view.timed ? Math.min(at, view.one.ms) : row + 0.5) * scale,
    wide: (at, end) => Math.max(3, view.timed ? (end - at) * scale : scale * 0.7),
  };
}

function draw_lanes(view, geometry, select) {
  const { full, gutter } = geometry;
  const marks = place_marks(view, geometry);
  const bottom = geometry.marks + Math.max(1, marks.met_levels + marks.missed_levels) * mark_step;
  const height = bottom + 20;
  const band = svg("rect", { class: "in-view", y: 0, height: bottom, rx: 4 });
  const cursor = svg("line", { class: "cursor", y1: 0, y2: bottom, visibility: "hidden" });
  const ring = svg("circle", { class: "ring", r: 8, visibility: "hidden" });
  const element = svg("svg", { width: full, height, viewBox: `0 0 ${full} ${height}`, role: "img", "aria-label": lanes_text(view) },
    lane_patterns(), band, lane_axis(view, geometry, bottom), lane_backs(geometry), lane_stretches(view, geometry), lane_speech(view, geometry), lane_mood(view, geometry),
    cursor, marks.nodes.map(({ node }) => node), ring, lane_captions(geometry, marks));
  element.addEventListener("click", (event) => {
    const box = element.getBoundingClientRect();
    const found = marks.nearest(event.clientX - box.left, event.clientY - box.top);
    if (found) select(found, "lanes");
  });
  return {
    element,
    select(moment) {
      const { x, y } = marks.nodes.find((mark) => mark.moment === moment);
      for (const [name, value] of [["x1", x], ["x2", x], ["visibility", "visible"]]) cursor.setAttribute(name, value);
      for (const [name, value] of [["cx", x], ["cy", y], ["visibility", "visible"]]) ring.setAttribute(name, value);
      return x;
    },
    frame(from, to) {
      const left = geometry.x_of(from.at, from.number) - 2;
      band.setAttribute("x", Math.max(gutter - 4, left));
      band.setAttribute("width", Math.max(8, geometry.x_of(to.end, to.number) + 2 - left));
    },
  };
}

function lane_patterns() {
  return svg("defs", {},
    svg("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 6 })),
    svg("pattern", { id: "dots", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, svg("circle", { class: "dot", cx: 3, cy: 3, r: 1 })));
}

function lane_backs({ gutter, full, customer, agent }) {
  return [customer, agent].map((y) => svg("rect", { class: "lane-back", x: gutter, y, width: full - gutter - 16, height: lane_height, rx: 4 }));
}

function lane_captions({ small, gutter, mood, customer, agent, marks }, { met_levels, missed_levels }) {
  const text = (label, y, kind = "") => svg("text", { class: `caption ${kind}`, x: small ? gutter : gutter - 8, y, "text-anchor": small ? "start" : "end" }, label);
  if (small) return [text("Sentiment", mood - 4), text("Customer", customer - 4, "customer"), text("Agent", agent - 4, "agent")];
  return [text("Sentiment", mood + 18), text("Customer", customer + 14, "customer"), text("Agent", agent + 14, "agent"),
    met_levels > 0 && text("Met", marks + 4), missed_levels > 0 && text("Missed", marks + met_levels * mark_step + 4)].filter(Boolean);
}

/** Holds and silences over both lanes, overlaps between them. */
function lane_stretches(view, { x_of, wide, customer, agent }) {
  if (!view.timed) return [];
  const both = agent + lane_height - customer;
  const rect = (kind, at, end, title) => svg("rect", { class: kind, x: x_of(at), y: customer, width: wide(at, end), height: both, rx: 4 }, svg("title", {}, title));
  return [
    ...view.details.silences.map(([at, end]) => rect("silence", at, end, `Silence, ${length(end - at)}`)),
    ...view.details.holds.map(([at, end]) => rect("hold", at, end, `On hold, ${length(end - at)}`)),
  ];
}

function lane_speech(view, { x_of, wide, customer, agent }) {
  const spans = view.rows.filter((row) => ["utterance", "message", "speech"].includes(row.kind)).map((row) => {
    const side = row.by === customer_role ? "customer" : "agent";
    return svg("rect", { class: `span ${side}${row.backchannel ? " backchannel" : ""}`, x: x_of(row.at, row.number), y: side === "customer" ? customer : agent,
      width: wide(row.at, row.end), height: lane_height, rx: 3 }, svg("title", {}, `${clock(row.at)} ${row.text || "speech"}`));
  });
  const overlaps = view.timed ? view.details.overlaps.map(([at, end]) => svg("rect", { class: "overlap", x: x_of(at), y: customer + lane_height, width: wide(at, end), height: agent - customer - lane_height },
    svg("title", {}, `Both speak, ${length(end - at)}`))) : [];
  return [...spans, ...overlaps];
}
