/** A file in a conversation (docs/attachments.md), as far as it is shown. */
export interface Attachment {
  id: string;
  name: string;
  bytes: number;
}

/** Brings a file's content; `null`: it could not be had. */
export type FetchFile = (attachment: string) => Promise<Blob | null>;

/** The files of an event of the timeline. */
export function attachmentsOf(event: { [field: string]: unknown }): Attachment[] {
  const listed = event["attachments"];
  if (!Array.isArray(listed)) return [];
  return (listed as Partial<Attachment>[]).flatMap(({ id, name, bytes }) => (typeof id === "string" && typeof name === "string" ? [{ id, name, bytes: Number(bytes) || 0 }] : []));
}

/** "340 kB" in the reader's digits; never less than one. */
export function sizeText(bytes: number, language: string): string {
  const large = bytes >= 999_500;
  const amount = large ? Math.round(bytes / 100_000) / 10 : Math.max(1, Math.round(bytes / 1_000));
  return new Intl.NumberFormat(language, { style: "unit", unit: large ? "megabyte" : "kilobyte" }).format(amount);
}

/** Has the browser save it; nothing of it is shown within the page. */
export function saveBlob(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Long enough for a browser that asks where to put it.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
