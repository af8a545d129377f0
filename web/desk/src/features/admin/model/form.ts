import { templateProblem } from "@/shared/screen-pop";
import { hoursTroubles, hoursWords, toHours, toHoursForm, type Hours, type HoursForm } from "./hours";
import { fromLevels, isLevel, levelRows, toLevels } from "./levels";
import { fromReasons, reasonTroubles, reasonsWords, sameReasons, toReasons, type KeptReason, type Reason } from "./reasons";
import type { FieldSpec } from "./resources";

/** An item as the API has it. */
export type Item = { id: string; version?: number } & Record<string, unknown>;
/** What stands in the form: text, several, yes and no, or what a field of its own kind edits. */
export type FormValue = string | readonly string[] | boolean | HoursForm | null | readonly Reason[];
export type Form = Record<string, FormValue>;
/** What is wrong with a field: nothing in it, or rows that say so themselves. */
export type Wrong = { kind: "missing" } | { kind: "number" } | { kind: "rows" } | { kind: "url" } | { kind: "unknown"; name: string };

/** The value of a field of kind "week". */
export const hoursOf = (value: FormValue | undefined): HoursForm | null => (typeof value === "object" && value !== null && "week" in value ? value : null);
/** The value of a field of kind "reasons". */
export const reasonsOf = (value: FormValue | undefined): readonly Reason[] => (Array.isArray(value) ? (value as readonly Reason[]) : []);
/** The value of a field of kind "choices". */
export const choicesOf = (value: FormValue | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
/** The value of a field that is written as text. */
export const textOf = (value: FormValue | undefined): string => (typeof value === "string" ? value : "");

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
      return toLevels(value as Record<string, number> | undefined);
    case "week":
      return toHoursForm(value as Hours | undefined);
    case "reasons":
      return toReasons((value as { reasons: KeptReason[] } | undefined)?.reasons ?? []);
    case "moment":
      return typeof value === "string" ? localOf(value) : "";
    default:
      return value === undefined || value === null ? "" : String(value);
  }
}

export const formOf = (fields: readonly FieldSpec[], item: Partial<Item>): Form => Object.fromEntries(fields.map((field) => [field.name, toForm(field, item[field.name])]));

export function wrongOf(field: FieldSpec, value: FormValue | undefined): Wrong | null {
  if (field.kind === "week") return hoursTroubles(hoursOf(value)).size > 0 ? { kind: "rows" } : null;
  if (field.kind === "reasons") return reasonTroubles(reasonsOf(value)).size > 0 ? { kind: "rows" } : null;
  const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return field.required ? { kind: "missing" } : null;
  const text = textOf(value);
  if (field.kind === "number") {
    const number = Number(text);
    return Number.isNaN(number) || number < (field.min ?? -Infinity) || number > (field.max ?? Infinity) ? { kind: "number" } : null;
  }
  if (field.kind === "template") return templateProblem(text);
  if (field.kind !== "levels") return null;
  return levelRows(text).every(({ number }) => isLevel(number, field)) ? null : { kind: "rows" };
}

function toBody(field: FieldSpec, value: FormValue): unknown {
  const text = textOf(value);
  switch (field.kind) {
    case "flag":
    case "choices":
      return value;
    case "number":
      return text === "" ? undefined : Number(text);
    case "moment":
      return text === "" ? undefined : new Date(text).toISOString();
    case "levels":
      return fromLevels(text);
    case "week":
      return toHours(hoursOf(value));
    case "reasons":
      return reasonsOf(value).length === 0 ? undefined : { reasons: fromReasons(reasonsOf(value)) };
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

const same = (field: FieldSpec, one: FormValue | undefined, other: FormValue | undefined): boolean =>
  field.kind === "reasons" ? sameReasons(reasonsOf(one), reasonsOf(other)) : JSON.stringify(one) === JSON.stringify(other);

/** A value to be read beside another; empty: nothing. */
export function wordsOf(field: FieldSpec, value: FormValue): string {
  if (field.kind === "week") return hoursWords(hoursOf(value));
  if (field.kind === "reasons") return reasonsWords(reasonsOf(value));
  return Array.isArray(value) ? choicesOf(value).join(", ") : textOf(value);
}

/** What somebody else changed meanwhile, and what it is here. */
export interface Difference {
  field: FieldSpec;
  theirs: FormValue;
  mine: FormValue;
}

/** Where what is in the form and what is at the server now are not the same. */
export const differences = (fields: readonly FieldSpec[], mine: Form, theirs: Form): Difference[] =>
  fields.filter((field) => !same(field, mine[field.name], theirs[field.name])).map((field) => ({ field, theirs: theirs[field.name] ?? "", mine: mine[field.name] ?? "" }));

export const sameForm = (fields: readonly FieldSpec[], one: Form, other: Form): boolean => differences(fields, one, other).length === 0;

/** Mine where I changed something since `base`, theirs elsewhere. */
export const merged = (fields: readonly FieldSpec[], base: Form, mine: Form, theirs: Form): Form =>
  Object.fromEntries(
    fields.map((field) => {
      const value = same(field, base[field.name], mine[field.name]) ? theirs[field.name] : mine[field.name];
      return [field.name, value === undefined ? "" : value];
    }),
  );
