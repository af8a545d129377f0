import { readHours, readLevels, readReasons, writeHours, writeLevels, writeReasons, type Hours, type Read, type Reason } from "./codecs";
import type { FieldSpec } from "./resources";

/** An item as the API has it. */
export type Item = { id: string; version?: number } & Record<string, unknown>;
/** What stands in the form: text, several, or yes and no. */
export type FormValue = string | readonly string[] | boolean;
export type Form = Record<string, FormValue>;
/** What is wrong with a field: nothing in it, or the line that cannot be read. */
export type Wrong = { kind: "missing" } | { kind: "number" } | { kind: "line"; line: number };

/** A moment as the browser's field for day and time wants it, of this place. */
function localOf(text: string): string {
  const at = new Date(text);
  const pad = (part: number) => String(part).padStart(2, "0");
  return Number.isNaN(at.getTime()) ? "" : `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function toForm(field: FieldSpec, value: unknown): FormValue {
  switch (field.kind) {
    case "flag":
      return value === true;
    case "choices":
      return Array.isArray(value) ? value.map(String) : [];
    case "levels":
      return writeLevels(value as Record<string, number> | undefined);
    case "week":
      return writeHours(value as Hours | undefined);
    case "reasons":
      return writeReasons(value as { reasons: Reason[] } | undefined);
    case "moment":
      return typeof value === "string" ? localOf(value) : "";
    default:
      return value === undefined || value === null ? "" : String(value);
  }
}

export const formOf = (fields: readonly FieldSpec[], item: Partial<Item>): Form => Object.fromEntries(fields.map((field) => [field.name, toForm(field, item[field.name])]));

const wrongLine = (read: Read<unknown>): Wrong | null => (read.ok ? null : { kind: "line", line: read.line });

export function wrongOf(field: FieldSpec, value: FormValue | undefined): Wrong | null {
  const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return field.required ? { kind: "missing" } : null;
  const text = String(value);
  if (field.kind === "number") {
    const number = Number(text);
    return Number.isNaN(number) || number < (field.min ?? -Infinity) || number > (field.max ?? Infinity) ? { kind: "number" } : null;
  }
  if (field.kind === "levels") return wrongLine(readLevels(text));
  if (field.kind === "week") return wrongLine(readHours(text));
  if (field.kind === "reasons") return wrongLine(readReasons(text));
  return null;
}

function toBody(field: FieldSpec, value: FormValue): unknown {
  const read = <Value>(got: Read<Value>) => (got.ok ? got.value : undefined);
  const text = String(value);
  switch (field.kind) {
    case "flag":
    case "choices":
      return value;
    case "number":
      return text === "" ? undefined : Number(text);
    case "moment":
      return text === "" ? undefined : new Date(text).toISOString();
    case "levels":
      return read(readLevels(text));
    case "week":
      return read(readHours(text));
    case "reasons":
      return read(readReasons(text));
    default:
      return text === "" && field.kind !== "area" ? undefined : text;
  }
}

/**
 * What is sent. What the form does not show stays as it was read, for a PUT is the whole item; of a PATCH only
 * what the form shows and may change.
 */
export function bodyOf(fields: readonly FieldSpec[], form: Form, item: Item | null, method: "PUT" | "PATCH"): Record<string, unknown> {
  const body = new Map<string, unknown>(method === "PUT" && item ? Object.entries(item) : []);
  for (const field of fields) {
    if (item && field.fixed && method === "PATCH") continue;
    const value = toBody(field, form[field.name] ?? "");
    if (value === undefined && !(method === "PATCH" && field.kind === "text")) body.delete(field.name);
    else body.set(field.name, value ?? "");
  }
  if (!item) body.delete("active");
  return Object.fromEntries(body);
}

const same = (one: FormValue | undefined, other: FormValue | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What somebody else changed meanwhile, and what it is here. */
export interface Difference {
  field: FieldSpec;
  theirs: FormValue;
  mine: FormValue;
}

/** Where what is in the form and what is at the server now are not the same. */
export const differences = (fields: readonly FieldSpec[], mine: Form, theirs: Form): Difference[] =>
  fields.filter((field) => !same(mine[field.name], theirs[field.name])).map((field) => ({ field, theirs: theirs[field.name] ?? "", mine: mine[field.name] ?? "" }));

export const sameForm = (fields: readonly FieldSpec[], one: Form, other: Form): boolean => differences(fields, one, other).length === 0;

/** Mine where I changed something since `base`, theirs elsewhere. */
export const merged = (fields: readonly FieldSpec[], base: Form, mine: Form, theirs: Form): Form =>
  Object.fromEntries(fields.map(({ name }) => [name, (same(base[name], mine[name]) ? theirs[name] : mine[name]) ?? ""]));
