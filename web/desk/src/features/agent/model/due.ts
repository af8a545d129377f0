/** Moments as the browser's field for day and time wants them: "2026-03-02T14:00", of this place. */
export function inLocal(moment: number): string {
  const at = new Date(moment);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** As the API wants it; `null`: no moment. */
export function fromLocal(text: string): string | null {
  const at = new Date(text).getTime();
  return text === "" || Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Tomorrow at ten: what people mean who do not say. */
export function nextMorning(now: number): number {
  const at = new Date(now);
  at.setDate(at.getDate() + 1);
  at.setHours(10, 0, 0, 0);
  return at.getTime();
}
