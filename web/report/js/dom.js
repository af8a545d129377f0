// Building elements. Text only ever becomes text nodes, so no name, id or utterance can become markup.

/** An element; attributes by name, `on…` as listeners; children are elements or text. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Sets a custom property, which the page's policy lets a script do where it forbids style attributes. */
function vary(node, name, value) {
  node.style.setProperty(name, value);
  return node;
}

const shapes = {
  met: ["M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z", "M5 8.2l2.1 2.1L11 6.2"],
  missed: ["M8 0.8L15.2 8L8 15.2L0.8 8z", "M6 6l4 4M10 6l-4 4"],
  not_assessed: [null, "M2.2 5.4A6.5 6.5 0 0 1 5.4 2.2M10.6 2.2a6.5 6.5 0 0 1 3.2 3.2M13.8 10.6a6.5 6.5 0 0 1-3.2 3.2M5.4 13.8a6.5 6.5 0 0 1-3.2-3.2"],
  not_applicable: [null, "M4 8h8"],
};

/** The shape of a verdict: a disc with a tick, a diamond with a cross, a broken ring, a dash. */
function icon(verdict, title) {
  const [body, stroke] = shapes[verdict];
  return svg("svg", { class: `icon ${verdict}`, viewBox: "0 0 16 16", "aria-hidden": title ? null : "true", role: title ? "img" : null, "aria-label": title },
    body && svg("path", { d: body, fill: "currentColor" }),
    svg("path", { d: stroke, fill: "none", stroke: body ? "var(--card)" : "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

/** Brings an element into the middle of its pane or, where the pane does not scroll, of the window. */
function bring(node, pane) {
  const box = node.getBoundingClientRect();
  if (!box.height) return;
  const scrolls = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto";
  const frame = scrolls ? pane.getBoundingClientRect() : { top: 0, height: window.innerHeight };
  const by = box.top - frame.top - (frame.height - Math.min(box.height, frame.height)) / 2;
  (scrolls ? pane : window).scrollBy(0, by);
}
