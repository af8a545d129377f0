import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";

/** How long ago a moment is, ticking; nothing around it is drawn again for that. */
export function Since({ at }: { at: string }) {
  return clockText(useNow() - Date.parse(at));
}
