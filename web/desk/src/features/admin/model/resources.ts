/** How a field is edited, and what stands in it. */
export type FieldKind =
  | "text" | "area" | "number" | "flag" | "choice"
  /** A day and time of this place. */
  | "moment"
  /** Several of a fixed list, or of another kind of configuration. */
  | "choices"
  /** One of another kind of configuration. */
  | "one"
  /** Some of a list, each with a number (model/levels.ts). */
  | "levels"
  /** With editors of their own: opening hours, a tree of reasons, the template of another system's address. */
  | "week" | "reasons" | "template";

export interface FieldSpec {
  name: string;
  kind: FieldKind;
  required?: boolean;
  /** Cannot be changed once it is made. */
  fixed?: boolean;
  options?: readonly string[];
  /** The resource whose ids these are. */
  of?: string;
  /** All of them, written "*". */
  all?: boolean;
  min?: number;
  max?: number;
  /** How many there can be at most. */
  most?: number;
  /** The number with which one is added. */
  usual?: number;
}

export interface Resource {
  /** In the address, in the messages (`admin:kind.ID`), and in the path of the API. */
  id: string;
  reads: readonly string[];
  writes: string;
  method: "PUT" | "PATCH";
  /** What the list shows; the first names the item. */
  columns: readonly string[];
  fields: readonly FieldSpec[];
  creates: boolean;
  removes: boolean;
}

const configuration = ["configuration.read"];
const seconds = (name: string): FieldSpec => ({ name, kind: "number", min: 0, max: 604_800 });
const minutes = (name: string): FieldSpec => ({ name, kind: "number", min: 0, max: 43_200 });
const roles = ["agent", "supervisor", "quality", "trainer", "analyst", "administrator"];

const channels = ["voice", "chat", "message", "email"];

/** What webhooks are told (docs/webhooks.md). */
const told = ["interaction.started", "interaction.changed", "interaction.event", "interaction.closed", "flag.raised", "help.requested"];

/** Everything that is configured, once: list, form and rights follow from here. */
export const resources: readonly Resource[] = [
  {
    id: "users", reads: ["users.read", "users.write"], writes: "users.write", method: "PATCH", columns: ["name", "login", "roles", "brands", "active"], creates: true, removes: false,
    fields: [
      { name: "login", kind: "text", required: true, fixed: true },
      { name: "name", kind: "text", required: true },
      { name: "email", kind: "text" },
      { name: "roles", kind: "choices", options: roles, required: true },
      { name: "brands", kind: "choices", of: "brands", all: true },
      { name: "teams", kind: "choices", of: "teams" },
      { name: "active", kind: "flag" },
    ],
  },
  { id: "teams", reads: ["users.read", "teams.write"], writes: "teams.write", method: "PUT", columns: ["name"], creates: true, removes: true, fields: [{ name: "name", kind: "text", required: true }] },
  {
    id: "queues", reads: [...configuration, "queues.write"], writes: "queues.write", method: "PUT", columns: ["label", "id", "brand", "target_seconds"], creates: true, removes: false,
    fields: [
      { name: "id", kind: "text", required: true, fixed: true },
      { name: "brand", kind: "one", of: "brands", required: true },
      { name: "label", kind: "text" },
      { name: "priority", kind: "number", min: 0, max: 10 },
      { name: "strategy", kind: "choice", options: ["longest_idle", "most_skilled", "least_loaded"] },
      { name: "needs", kind: "levels", of: "skills", min: 1, max: 10, most: 4 },
      seconds("target_seconds"),
      { name: "target_percent", kind: "number", min: 0, max: 100 },
      seconds("offer_seconds"),
      seconds("wrap_up_seconds"),
      seconds("overflow_after_seconds"),
      { name: "overflow_to", kind: "one", of: "queues" },
      { name: "waiting_max", kind: "number", min: 0, max: 2_000_000 },
      { name: "hours", kind: "week" },
      { name: "music", kind: "text" },
      { name: "accepts_when_closed", kind: "flag" },
      { name: "dispositions", kind: "reasons" },
    ],
  },
  { id: "skills", reads: [...configuration, "skills.write"], writes: "skills.write", method: "PUT", columns: ["label", "id"], creates: true, removes: true, fields: [{ name: "id", kind: "text", required: true, fixed: true }, { name: "label", kind: "text", required: true }] },
  {
    id: "brands", reads: [...configuration, "brands.write"], writes: "brands.write", method: "PUT", columns: ["name", "id", "language", "playbook"], creates: true, removes: true,
    fields: [
      { name: "id", kind: "text", required: true, fixed: true },
      { name: "name", kind: "text", required: true },
      { name: "time_zone", kind: "text" },
      { name: "language", kind: "text" },
      { name: "greeting", kind: "area" },
      { name: "region", kind: "text" },
      { name: "caller_number", kind: "text" },
      { name: "placed_recording", kind: "text" },
      { name: "placed_prompt", kind: "area" },
      { name: "placed_prompt_sound", kind: "text" },
      { name: "screen_pop", kind: "template" },
      { name: "linked_brands", kind: "choices", of: "brands" },
      { name: "retention_days", kind: "levels", options: channels, min: 1, max: 36_500, usual: 365 },
      { name: "playbook", kind: "text" },
      { name: "preset", kind: "text" },
    ],
  },
  { id: "agents", reads: [...configuration, "skills.write"], writes: "skills.write", method: "PUT", columns: ["id", "skills"], creates: true, removes: true, fields: [{ name: "id", kind: "one", of: "users", required: true, fixed: true }, { name: "skills", kind: "levels", of: "skills", min: 1, max: 10 }, { name: "capacity", kind: "levels", options: channels, min: 0, max: 20 }, { name: "mixes_channels", kind: "flag" }] },
  {
    id: "canned-replies", reads: [...configuration, "replies.write"], writes: "replies.write", method: "PUT", columns: ["title", "shortcut", "brand", "language"], creates: true, removes: true,
    fields: [{ name: "brand", kind: "one", of: "brands", required: true, fixed: true }, { name: "shortcut", kind: "text", required: true }, { name: "title", kind: "text", required: true }, { name: "language", kind: "text" }, { name: "text", kind: "area", required: true }],
  },
  {
    id: "blocked-customers", reads: ["customers.block"], writes: "customers.block", method: "PUT", columns: ["value", "type", "reason", "brand"], creates: true, removes: true,
    fields: [{ name: "brand", kind: "one", of: "brands", required: true, fixed: true }, { name: "type", kind: "text", required: true }, { name: "value", kind: "text", required: true }, { name: "reason", kind: "text", required: true }, { name: "until", kind: "moment" }],
  },
  {
    id: "do-not-call", reads: ["calls.forbid"], writes: "calls.forbid", method: "PUT", columns: ["number", "reason", "brand"], creates: true, removes: true,
    fields: [{ name: "brand", kind: "one", of: "brands", required: true, fixed: true }, { name: "number", kind: "text", required: true }, { name: "reason", kind: "text" }],
  },
  {
    id: "calling-lists", reads: ["lists.write"], writes: "lists.write", method: "PUT", columns: ["label", "id", "brand", "queue", "active"], creates: true, removes: true,
    fields: [
      { name: "id", kind: "text", required: true, fixed: true },
      { name: "brand", kind: "one", of: "brands", required: true, fixed: true },
      { name: "queue", kind: "one", of: "queues", required: true },
      { name: "label", kind: "text", required: true },
      { name: "purpose", kind: "text", required: true },
      { name: "caller_number", kind: "text" },
      { name: "window", kind: "text" },
      { name: "begins", kind: "moment" },
      { name: "ends", kind: "moment" },
      { name: "priority", kind: "number", min: 0, max: 10 },
      { name: "attempts_max", kind: "number", min: 1, max: 20 },
      minutes("busy_minutes"),
      minutes("no_answer_minutes"),
      minutes("voicemail_minutes"),
      minutes("skip_minutes"),
      minutes("rest_minutes"),
      { name: "active", kind: "flag" },
    ],
  },
  {
    id: "webhooks", reads: ["webhooks.write"], writes: "webhooks.write", method: "PUT", columns: ["label", "url", "brand", "active"], creates: true, removes: true,
    fields: [
      { name: "brand", kind: "one", of: "brands", required: true, fixed: true },
      { name: "label", kind: "text", required: true },
      { name: "url", kind: "text", required: true },
      { name: "events", kind: "choices", options: told, required: true },
      { name: "words", kind: "flag" },
      { name: "active", kind: "flag" },
    ],
  },
];

export const resourceOf = (id: string | undefined): Resource | undefined => resources.find((one) => one.id === id);
