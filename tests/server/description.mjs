// The API's description: the parts in api/ put together, and answers checked against it.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/// The parts joined as the server joins them.
export function joined() {
  const whole = { paths: {}, components: {} };
  for (const file of readdirSync(join(root, "api")).filter((name) => name.endsWith(".json")).sort()) {
    for (const [field, value] of Object.entries(JSON.parse(readFileSync(join(root, "api", file), "utf8")))) {
      if (field === "paths") Object.assign(whole.paths, value);
      else if (field === "components") {
        for (const [kind, entries] of Object.entries(value)) whole.components[kind] = { ...whole.components[kind], ...entries };
      } else whole[field] = value;
    }
  }
  return whole;
}

export const description = joined();
export const methods = ["get", "put", "post", "patch", "delete"];

export function resolved(value) {
  if (!value?.$ref) return value;
  return value.$ref.slice(2).split("/").reduce((at, part) => at[part], description);
}

/// Every operation: its path, method, permissions.
export const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  methods.filter((method) => item[method]).map((method) => ({ path, method, permissions: item[method]["x-permissions"] ?? [], open: item[method].security.length === 0, ...item[method] })),
);

export function operation(id) {
  const found = operations.find((one) => one.operationId === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

const matchers = operations
  .map((one) => ({ one, pattern: new RegExp(`^${one.path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`), parameters: (one.path.match(/\{/g) ?? []).length }))
  .sort((left, right) => left.parameters - right.parameters);

export function operation_of(method, path) {
  const bare = path.split("?")[0];
  return matchers.find(({ one, pattern }) => one.method === method.toLowerCase() && pattern.test(bare))?.one;
}

/// The same schema, with every field that it does not name refused: an answer with more than is
/// described is described wrongly. Where a schema says itself what more there may be, that holds.
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== "object") return schema;
  const made = {};
  for (const [key, value] of Object.entries(schema)) {
    made[key] = key === "properties" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strict(one)])) : strict(value);
  }
  if (schema.type === "object" && schema.properties && schema.additionalProperties === undefined) made.additionalProperties = false;
  return made;
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
const with_schemas = (kind) => Object.fromEntries(Object.entries(description.components.schemas).map(([name, schema]) => [name, kind(schema)]));
ajv.addSchema({ $id: "api://described", components: { schemas: description.components.schemas } });
ajv.addSchema({ $id: "api://strict", components: { schemas: with_schemas(strict) } });

/// The same schema with its references leading into the components of that kind.
function based(schema, id) {
  if (Array.isArray(schema)) return schema.map((one) => based(one, id));
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === "$ref" ? id + value : based(value, id)]));
}

const compiled = new Map();
/// Compiles each schema once, however often it stands in the description.
function validator(schema, id) {
  const key = id + JSON.stringify(schema);
  if (!compiled.has(key)) compiled.set(key, ajv.compile(based(schema, id)));
  return compiled.get(key);
}
const described = (schema) => validator(schema, "api://described");
const narrowed = (schema) => validator(strict(schema), "api://strict");

/// A schema of the description as it stands: says whether a value fits.
export const checker = described;

export function fits_request(one, body) {
  const schema = one.requestBody?.content["application/json"]?.schema;
  if (!schema) return [];
  const check = described(schema);
  return check(body) ? [] : check.errors.map((error) => `the request ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

/// What of an answer is not as described; `type` is its media type, `body` its parsed JSON or text.
export function misfits(one, status, type, body, headers) {
  const answer = resolved(one.responses[status]);
  if (!answer) return [`status ${status} is not described`];
  const wrong = [];
  for (const name of Object.keys(answer.headers ?? {})) {
    if (name !== "Idempotent-Replayed" && name !== "Retry-After" && !headers.get(name)) wrong.push(`header ${name} is missing`);
  }
  if (!answer.content) return body === "" || body === null ? wrong : [...wrong, `status ${status} is described without a body`];
  const content = answer.content[type];
  if (!content) return [...wrong, `media type ${type} of status ${status} is not described`];
  const check = narrowed(content.schema);
  if (!check(body)) wrong.push(...check.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
  if (type === "application/problem+json") {
    if (body.status !== status) wrong.push(`status ${body.status} in the body`);
    if (!answer.description.includes(`\`${body.code}\``)) wrong.push(`code ${body.code} is not listed for ${status}`);
  }
  return wrong;
}
