import i18next from "i18next";
import type { CallResult } from "@/api/types";
import { notifyForGood } from "@/shared/ui/notices";

/** What can no longer be sent is said, so that nobody believes that the customer has it. */
export const tellLost = (texts: readonly string[]): void => notifyForGood(i18next.t("agent:pending.lost", { text: texts.join("\n") }));

/** What came of a call and can no longer be told: whoever sees to the list is to know it in another way. */
export const tellLostResult = (came: CallResult, name: string): void =>
  notifyForGood(i18next.t("agent:result.lost", { what: i18next.t(`agent:result.came.${came}`), name: name || i18next.t("agent:customer.unnamed") }));
