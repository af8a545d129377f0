import i18next from "i18next";
import { notifyForGood } from "@/shared/ui/notices";

/** What can no longer be sent is said, so that nobody believes that the customer has it. */
export const tellLost = (texts: readonly string[]): void => notifyForGood(i18next.t("agent:pending.lost", { text: texts.join("\n") }));
