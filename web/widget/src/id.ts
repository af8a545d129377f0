/**
 * An id that nobody else makes: 120 bits of chance. (`crypto.randomUUID` is there on pages with TLS only,
 * and shops of a local network have none.)
 */
export function new_id(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return `${prefix}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
