import { lazy, type ComponentType } from "react";
import type { Principal } from "@/api/types";
import { may } from "@/api/session";

/** A part of the desk with a page of its own. */
export interface Area {
  /** First part of the path, "/floor"; the page may have paths below it. */
  path: string;
  /** Message key of its name. */
  label: string;
  /** Who finds it: what the API lets them do there, not what they are called. */
  open(me: Principal): boolean;
  /** Loaded when it is first gone to. */
  page: ComponentType;
  /** Runs beside every page, drawn or not, for whoever has this area. */
  watch?: ComponentType;
}

/** In the order in which they are shown. */
export const areas: readonly Area[] = [
  {
    path: "/desk",
    label: "agent:area",
    open: (me) => me.takes_contacts && may(me, "contacts.handle"),
    page: lazy(() => import("@/features/agent/AgentPage")),
    watch: lazy(() => import("@/features/agent/AgentWatch")),
  },
  {
    path: "/floor",
    label: "floor:area",
    open: (me) => may(me, "floor.see"),
    page: lazy(() => import("@/features/floor/FloorPage")),
  },
  {
    path: "/review",
    label: "review:area",
    open: (me) => may(me, "interactions.read.all", "interactions.read.team"),
    page: lazy(() => import("@/features/review/ReviewPage")),
  },
  {
    // On the floor it is a part of it.
    path: "/inbox",
    label: "floor:tab.inbox",
    open: (me) => may(me, "flags.read") && !may(me, "floor.see"),
    page: lazy(() => import("@/features/floor/InboxPage")),
  },
  {
    path: "/playbooks",
    label: "playbooks:area",
    open: (me) => may(me, "playbooks.read", "playbooks.write"),
    page: lazy(() => import("@/features/playbooks/PlaybooksPage")),
  },
  {
    path: "/admin",
    label: "admin:area",
    open: (me) => may(me, "users.write", "queues.write", "brands.write", "skills.write", "replies.write", "webhooks.write", "audit.read"),
    page: lazy(() => import("@/features/admin/AdminPage")),
  },
];

export const areasOf = (me: Principal): Area[] => areas.filter((area) => area.open(me));

/** Where somebody begins: with the floor, if they look after one; else with the first. */
export const home = (open: readonly Area[]): Area | undefined => open.find((area) => area.path === "/floor") ?? open[0];
