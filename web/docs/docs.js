// Draws the API's OpenAPI description: what there is, who may, what goes in and what comes out.

const methods = ["get", "post", "put", "patch", "delete"];
const deepest = 4; // of a schema inside a schema; what is deeper is named only

/** An element with text or children; a property of null is left out. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) if (value !== null) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Text whose parts between backticks are code. */
function told(text = "") {
  const parts = text.split("`").map((part, at) => (at % 2 ? element("code", {}, part) : part));
  return element("span", {}, ...parts);
}

/** What a "$ref" of the description stands for, with the name of what it refers to. */
function resolve(description, value) {
  let name = "";
  while (value?.$ref) {
    name = value.$ref.split("/").at(-1);
    value = value.$ref.slice(2).split("/").reduce((at, key) => at[key], description);
  }
  return { name, value };
}

/** A schema's kind in a few words: "array of Event", "one of open, closed". */
function kind(description, schema) {
  const { name, value } = resolve(description, schema);
  if (value.enum) return value.enum.length === 1 ? JSON.stringify(value.enum[0]) : `one of ${value.enum.join(", ")}`;
  if (value.const !== undefined) return JSON.stringify(value.const);
  const either = value.oneOf ?? value.anyOf;
  if (either) return name || either.map((one) => kind(description, one)).join(" or ");
  const types = [value.type ?? "any"].flat();
  const words = types.map((type) => (type === "array" && value.items ? `array of ${kind(description, value.items)}` : type));
  const bounds = [
    value.format,
    value.minimum !== undefined ? `from ${value.minimum}` : null,
    value.maximum !== undefined ? `to ${value.maximum}` : null,
    value.maxLength !== undefined ? `at most ${value.maxLength} long` : null,
    value.maxItems !== undefined ? `at most ${value.maxItems}` : null,
    value.default !== undefined ? `default ${JSON.stringify(value.default)}` : null,
  ].filter(Boolean);
  const shape = name && types.includes("object") ? name : words.join(" or ");
  return bounds.length ? `${shape} (${bounds.join(", ")})` : shape;
}

/** The schema whose properties are worth listing: an object's own, or an array's items. */
function inner(description, schema) {
  const { value } = resolve(description, schema);
  if (value.items) return inner(description, value.items);
  const parts = value.allOf ? value.allOf.map((part) => inner(description, part)).filter(Boolean) : [];
  const properties = Object.assign({}, ...parts.map((part) => part.properties), value.properties);
  const required = [...parts.flatMap((part) => part.required), ...(value.required ?? [])];
  return Object.keys(properties).length ? { properties, required } : null;
}

function properties(description, schema, depth = 0) {
  const of = inner(description, schema);
  if (!of || depth >= deepest) return null;
  const list = element("dl");
  for (const [name, one] of Object.entries(of.properties)) {
    const must = of.required.includes(name) ? "" : "optional, ";
    list.append(
      element("dt", {}, name),
      element("dd", {}, element("span", { class: "quiet" }, `${must}${kind(description, one)}. `), told(resolve(description, one).value.description), properties(description, one, depth + 1)),
    );
  }
  return list;
}

function part(title, ...children) {
  const shown = children.filter(Boolean);
  return shown.length ? element("div", {}, element("h4", {}, title), ...shown) : null;
}

function parameters(description, operation, path) {
  const all = [...(path.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(description, one).value);
  if (!all.length) return null;
  const list = element("dl");
  for (const one of all) {
    list.append(
      element("dt", {}, one.name),
      element("dd", {}, element("span", { class: "quiet" }, `${one.in}, ${one.required ? "" : "optional, "}${kind(description, one.schema)}. `), told(one.description)),
    );
  }
  return part("Parameters", list);
}

function body(description, content) {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  if (!media?.schema) return null;
  return element("div", {}, element("p", { class: "quiet" }, `${type}: ${kind(description, media.schema)}`), properties(description, media.schema));
}

function answers(description, operation) {
  const list = element("dl");
  for (const [status, reference] of Object.entries(operation.responses)) {
    const { value } = resolve(description, reference);
    const good = status.startsWith("2");
    list.append(element("dt", {}, status === "default" ? "any" : status), element("dd", {}, told(value.description), good ? body(description, value.content) : null));
  }
  return part("Answers", list);
}

function drawn(description, address, path, method) {
  const operation = path[method];
  const needs = operation["x-permissions"]?.join(" ") ?? "";
  const article = element(
    "article",
    { id: operation.operationId, "data-words": `${method} ${address} ${operation.summary} ${operation.description ?? ""} ${needs}`.toLowerCase() },
    element("h3", {}, operation.summary),
    element("p", {}, element("span", { class: "address" }, element("span", { class: "method" }, method.toUpperCase()), ` ${address}`)),
    element("p", {}, told(operation.description)),
    parameters(description, operation, path),
    operation.requestBody ? part("Body", body(description, resolve(description, operation.requestBody).value.content)) : null,
    answers(description, operation),
  );
  const link = element("li", { "data-of": operation.operationId }, element("a", { href: `#${operation.operationId}` }, operation.summary));
  return { article, link, tag: operation.tags[0] };
}

/** Hides what does not hold every word that was typed. */
function filter_by(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const article of document.querySelectorAll("article")) {
    article.hidden = !words.every((word) => article.dataset.words.includes(word));
    document.querySelector(`[data-of="${article.id}"]`).hidden = article.hidden;
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("article:not([hidden]), li:not([hidden])");
  }
}

function draw(description) {
  const all = Object.entries(description.paths).flatMap(([address, path]) =>
    methods.filter((method) => path[method]).map((method) => drawn(description, address, path, method)));
  const main = document.getElementById("operations");
  const contents = document.getElementById("contents");
  main.replaceChildren(element("p", {}, told(description.info.description)));
  for (const tag of description.tags) {
    const of = all.filter((one) => one.tag === tag.name);
    if (!of.length) continue;
    main.append(element("section", { "data-group": tag.name }, element("h2", {}, tag.name), element("p", { class: "quiet" }, tag.description ?? ""), ...of.map((one) => one.article)));
    contents.append(element("div", { "data-group": tag.name }, element("h2", {}, tag.name), element("ul", {}, ...of.map((one) => one.link))));
  }
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

const search = document.getElementById("filter");
search.addEventListener("input", () => filter_by(search.value));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === search) return;
  event.preventDefault();
  search.focus();
});

const answer = await fetch("/api/v1/openapi.json").catch(() => null);
if (answer?.ok) draw(await answer.json());
else {
  document.getElementById("state").textContent =
    answer?.status === 401 ? "The description is for those who are logged in: log in at the desk first." : "The server does not answer. Load the page again.";
}
