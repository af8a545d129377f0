import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { hangUpLine, isWanted, lift, turnOn, usePhone } from "@/phone/phone";
import { useAction } from "@/shared/actions/actions";
import { notify } from "@/shared/ui/notices";
import "./actions";
import { offersOf } from "./model/hands";
import { askedKeeper } from "./store/asked";
import { callResultKeeper } from "./store/call-result";
import { setPresence } from "./store/commands";
import { recordKeeper } from "./store/customer";
import { desk, hear, runDesk, useDesk } from "./store/desk";
import { draftKeeper } from "./store/drafts";
import { outboxKeeper } from "./store/outbox";
import { useHasPhone } from "./store/reads";
import { chime, showDesktopNotice, toggleSound } from "./store/sound";
import { uploadKeeper } from "./store/uploads";

const keepers = [askedKeeper, callResultKeeper, draftKeeper, outboxKeeper, uploadKeeper];

/** Runs beside every page, so that an offer reaches its agent wherever they are looking. */
export default function AgentWatch() {
  const { t } = useTranslation("agent");
  const { user } = useMe();
  const presence = useDesk((now) => now.agent?.presence);
  const offers = useDesk((now) => offersOf(now.slots).length);
  useAction("agent.available", presence !== undefined && presence !== "available" ? () => void setPresence("available") : null);
  useAction("agent.offline", presence !== undefined && presence !== "offline" ? () => void setPresence("offline") : null);
  useAction("agent.sound", toggleSound);

  const hasPhone = useHasPhone();
  useEffect(() => {
    if (hasPhone && isWanted()) void turnOn();
  }, [hasPhone]);
  useEffect(() => hangUpLine, []);
  // What was accepted, here or elsewhere, is lifted by itself: also where this page was loaded anew in a call.
  const rings = usePhone((now) => (now.call?.state === "ringing" ? now.call.interaction : null));
  const accepted = useDesk((now) => rings !== null && ["connected", "receiving"].includes(now.slots.get(rings)?.state ?? ""));
  useEffect(() => {
    if (rings !== null && accepted) void lift(rings);
  }, [rings, accepted]);

  const queries = useQueryClient();
  useEffect(() => runDesk(user, [...keepers, recordKeeper(queries)]), [user, queries]);
  useEffect(
    () =>
      hear((news) => {
        if (news.kind === "offer") {
          chime("offer");
          showDesktopNotice(t("offer.title"), news.live?.customer_name || t("customer.unnamed"));
        }
        if (news.kind === "help" && news.state === "taken") notify(t("help.taken"));
        if (news.kind === "help" && news.state === "done") notify(news.note === "" ? t("help.done") : t("help.doneNote", { note: news.note }));
        if (news.kind === "said" && document.hidden) chime("message");
        if (news.kind === "wrap_up" && desk.getState().conversations.has(news.interaction)) chime("message");
      }),
    [t],
  );
  useEffect(() => {
    document.title = offers > 0 ? t("titleWithOffers", { count: offers }) : t("common:product");
    return () => void (document.title = t("common:product"));
  }, [offers, t]);
  return null;
}
