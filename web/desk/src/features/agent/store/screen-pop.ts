import i18next from "i18next";
import { useBrands } from "@/api/names";
import { may } from "@/api/session";
import { useHead } from "@/api/speakers";
import { useMe } from "@/api/use-session";
import { asksForCustomer, filled } from "@/shared/screen-pop";
import { notify } from "@/shared/ui/notices";
import type { Conversation } from "../model/conversation";
import { popValues } from "../model/screen-pop";
import { useCustomer } from "./customer";

/** The address in the brand's other system that belongs to a conversation; `null`: there is none, or not all is read yet. */
export function useScreenPop(conversation: Conversation | undefined): string | null {
  const me = useMe();
  const live = conversation?.live ?? null;
  const template = useBrands().data?.find((one) => one.id === live?.brand)?.screen_pop ?? "";
  const asks = live !== null && asksForCustomer(template);
  const head = useHead(asks ? live.id : "", conversation?.events ?? []);
  const onRecord = useCustomer(asks && may(me, "customers.read") ? live : null);
  if (live === null || template === "" || head.isLoading || onRecord.isLoading) return null;
  return filled(template, popValues(live, onRecord.data ?? null, head.data?.participants?.find((one) => one.role === "customer"), me.user));
}

/** Opens it in a new tab that knows nothing of this page. A browser that blocks it is told of. */
export function openScreenPop(url: string): void {
  // With "noopener" the browser would not say whether it opened anything: the tie is cut by hand.
  const tab = window.open("about:blank", "_blank");
  if (!tab) return notify(i18next.t("agent:screenPop.blocked"), "bad");
  tab.opener = null;
  tab.location.replace(url);
}
