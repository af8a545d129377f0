/** An id that nobody else makes: 120 bits of chance. (`crypto.randomUUID` is missing on pages without TLS.) */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return `${prefix}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
