// Joins the parts of the API's description as the server does (src/server/api/openapi.cpp) and
// writes its types. Run before every build, so that the desk cannot drift from the API.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapi_types, { astToString } from "openapi-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const parts = join(here, "../../../api");
const target = join(here, "../src/api/description.gen.ts");

/** One description of all parts: their paths and components put together, the rest of the last. */
function joined() {
  const whole = { paths: {}, components: {} };
  for (const file of readdirSync(parts).filter((name) => name.endsWith(".json")).sort()) {
    const { paths = {}, components = {}, ...rest } = JSON.parse(readFileSync(join(parts, file), "utf8"));
    Object.assign(whole, rest);
    Object.assign(whole.paths, paths);
    for (const [kind, entries] of Object.entries(components)) whole.components[kind] = { ...whole.components[kind], ...entries };
  }
  return whole;
}

const types = astToString(await openapi_types(joined(), { alphabetize: true }));
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `// Written by scripts/describe.mjs from api/*.json.\n${types}`);
