/**
 * Opening another system beside a conversation: the brand's template is a URL with placeholders behind its
 * host (the server checks it when it is kept). Whatever a value is, it changes neither scheme nor host.
 */
export const placeholders = [
  "customer.id", "customer.own_id", "customer.account", "customer.phone", "customer.email", "customer.name",
  "case.id", "interaction.id", "brand.id", "queue.id", "agent.id", "channel",
] as const;
export type Placeholder = (typeof placeholders)[number];

/** What is known; the rest becomes empty. */
export type Values = Readonly<Partial<Record<Placeholder, string>>>;

export type TemplateProblem = { kind: "url" } | { kind: "unknown"; name: string };

const placeholder = /\{([^{}]*)\}/g;
const begins = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?([/?#]|$)/i;

/** What is wrong with a template before anybody asks the server; `null`: nothing that shows here. */
export function templateProblem(template: string): TemplateProblem | null {
  const unknown = [...template.matchAll(placeholder)].find(([, name]) => !placeholders.includes(name as Placeholder));
  if (unknown) return { kind: "unknown", name: unknown[0] };
  const rest = template.replaceAll(placeholder, "");
  return begins.test(template) && URL.canParse(rest) && !/[{}\s]/.test(rest) ? null : { kind: "url" };
}

/** Percent-encoded. Dots alone would be read as "the folder above", encoded or not: they are left out. */
function encoded(value: string): string {
  return /^\.+$/.test(value) ? "" : encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, "\uFFFD"));
}

/** The template with its values; `null`: it is none that may be opened. */
export function filled(template: string, values: Values): string | null {
  if (templateProblem(template) !== null) return null;
  const url = template.replaceAll(placeholder, (_, name: Placeholder) => encoded(values[name] ?? ""));
  const same = new URL(url).origin === new URL(template.replaceAll(placeholder, "")).origin;
  return same ? url : null;
}

/** Where a template leads, to be shown. */
export const hostOf = (url: string): string => new URL(url).host;

/** Whether a template needs to know more of the customer than the conversation itself tells. */
export const asksForCustomer = (template: string): boolean => template.includes("{customer.");

/** Where this browser keeps whether an agent's acceptance opens it: "on" or "off". */
export const opensOnAcceptance = (user: string): string => `rapport.screen-pop.${user}`;
