// The routes that the server's sources add, read from the sources themselves.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./description.mjs";

const folder = join(root, "src", "server", "api");
const verbs = { get: "get", put: "put", post: "post", patch: "patch", remove: "delete" };

export function routes_of_sources() {
  const found = new Set();
  const note = (method, path) => found.add(`${method} ${path}`);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpp"))) {
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, method, path] of text.matchAll(/gate\.(?:answer|pass_on|open)\(\s*(?:http::)?Method::(\w+),\s*"([^"]+)"(?!\s*\+)/g)) note(verbs[method], path);
    for (const [, path] of text.matchAll(/add_upgrade\(\s*"([^"]+)"/g)) note("get", path);
    // Helpers of one file: reads by their path, commands of interactions by their name.
    for (const [, path] of text.matchAll(/(?<![.\w])add\("(\/[^"]+)"/g)) note("get", path);
    for (const [, name] of text.matchAll(/(?<![.\w])add\(gate, "([^"]+)"/g)) note("post", (text.match(/path = "([^"]+\/)" \+ name/)?.[1] ?? text.match(/"(\/api\/v1\/[^"]*\/)"\s*\+/)?.[1] ?? "/api/v1/interactions/{id}/") + name);
    for (const [, path] of text.matchAll(/\.path = "([^"]+)"/g)) {
      for (const method of ["get", "post"]) note(method, path);
      for (const method of ["get", "put", "delete"]) note(method, `${path}/{id}`);
    }
  }
  return found;
}
