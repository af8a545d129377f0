/** Attributes and listeners of an element: "onclick" and the like are listeners, false leaves one out. */
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/**
 * Makes an element. Children are elements or text; text is never read as markup, and there is no other
 * way here to put text into the page.
 */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Sets the text only where it differs: what a screen reader watches is not told twice. */
export function set_text(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const svg = "http://www.w3.org/2000/svg";

/** Outlines on a grid of 24. */
const paths = {
  chat: "M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H10l-4.2 3.6c-.3.3-.8.1-.8-.4V16A1 1 0 0 1 4 15z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-7-5 15-3.5-6z M11.5 14L20 5",
  smile: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M8.2 14.2a4.4 4.4 0 0 0 7.6 0 M9 9.4v.4 M15 9.4v.4",
  face1: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M7.5 8.5l2.5 1.5 M16.5 8.500l-2.5 1.5 M9 10.800v.1 M15 10.800v.1 M8.5 16.500a4.2 4.2 0 0 1 7 0",
  face2: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M9 9.800v.1 M15 9.800v.1 M8.8 16.200a4.6 4.6 0 0 1 6.4 0",
  face3: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M9 9.800v.1 M15 9.800v.1 M8.8 15.200h6.4",
  face4: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M9 9.800v.1 M15 9.800v.1 M8.8 14.400a4.6 4.6 0 0 0 6.4 0",
  face5: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M9 9.500v.1 M15 9.500v.1 M7.8 13.200h8.400a4.2 4.2 0 0 1-8.4 0z",
  down: "M6 9l6 6 6-6",
  clip: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.500a3.3 3.3 0 0 1 4.7 4.700L9.8 17a1.6 1.6 0 0 1-2.3-2.300l7.5-7.5",
} as const;

/** A drawing that says nothing by itself: its button has a label. */
export function icon(name: keyof typeof paths): SVGElement {
  const drawing = document.createElementNS(svg, "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["width", "24"], ["height", "24"], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "1.8"], ["stroke-linecap", "round"], ["stroke-linejoin", "round"], ["aria-hidden", "true"]] as const) drawing.setAttribute(key, value);
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", paths[name]);
  drawing.append(path);
  return drawing;
}
