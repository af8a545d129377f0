import i18next from "i18next";
import { api } from "@/api/client";
import { asked, type Failure, type Result } from "@/api/result";
import type { Presence } from "@/api/types";
import { notify } from "@/shared/ui/notices";
import type { WrapUp } from "../model/wrap-up";

/** What went wrong, in words of the screen. */
export const failureText = ({ code }: Failure): string => i18next.t([`common:failure.${code}`, "common:failure.other"]);

/** A command whose refusal is told at the edge of the screen. */
async function told<Value>(call: Promise<Result<Value>>): Promise<boolean> {
  const done = await call;
  if (!done.ok) notify(failureText(done.failure), "bad");
  return done.ok;
}

const of = (id: string) => ({ params: { path: { id } } });

export const answer = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/answer", of(id))));
export const refuse = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/refuse", of(id))));
export const acknowledge = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/acknowledge", of(id))));
export const hold = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/hold", of(id))));
export const resume = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/resume", of(id))));
export const muteAgent = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/mute", of(id))));
export const unmuteAgent = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/unmute", of(id))));
export const conference = (id: string) => asked(api.POST("/api/v1/interactions/{id}/conference", of(id)));
export const pauseRecording = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/pause-recording", of(id))));
export const resumeRecording = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/resume-recording", of(id))));
export const pressKeys = (id: string, keys: string) => told(asked(api.POST("/api/v1/interactions/{id}/keys", { ...of(id), body: { keys } })));
export const end = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/end", of(id))));
export const putBack = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/put-back", of(id))));
/** The agent's phone rings, then the customer's. */
export const placeCall = (body: { to: string; brand: string; queue: string; purpose: string; case?: string }) => asked(api.POST("/api/v1/calls", { body }));
export const notReached = (id: string) => told(asked(api.POST("/api/v1/interactions/{id}/not-reached", of(id))));

/** Nobody waits for the answer of this one. */
export const typing = (id: string): void => void asked(api.POST("/api/v1/interactions/{id}/typing", of(id)));

/** How far this agent has read; shown to the customer. */
export const tellSeen = (id: string, event: string) => asked(api.POST("/api/v1/interactions/{id}/seen", { ...of(id), body: { event } }));

export type Target = { to: "queue" | "agent"; target: string };
export const transfer = (id: string, { to, target }: Target, warm: boolean) => asked(api.POST("/api/v1/interactions/{id}/transfer", { ...of(id), body: { to, target, warm } }));
/** Of a call, to a number outside, for good. */
export const transferOutside = (id: string, to: string) => asked(api.POST("/api/v1/interactions/{id}/transfer-outside", { ...of(id), body: { to } }));
export const completeTransfer = (id: string) => asked(api.POST("/api/v1/interactions/{id}/complete-transfer", of(id)));
export const cancelTransfer = (id: string) => asked(api.POST("/api/v1/interactions/{id}/cancel-transfer", of(id)));

type DeskEvent =
  | { kind: "profile_viewed" | "history_viewed" }
  | { kind: "field_captured"; name: string; value: string }
  | { kind: "consent"; given: boolean }
  | { kind: "help_requested"; text: string; of: string }
  | { kind: "promise"; id?: string; text: string; due?: string }
  | { kind: "followup_scheduled"; id?: string; what: string; due: string };
/** Something done at the desk, for the timeline. */
export const record = (id: string, event: DeskEvent) => asked(api.POST("/api/v1/interactions/{id}/events", { ...of(id), body: event }));

/** First what was promised and what is left to do, then the disposition. Sent again after a failure, each counts once. */
export async function wrapUp(id: string, { reason, outcome, rootCause, heard, followUp }: WrapUp): Promise<Result<unknown>> {
  const kept = heard.filter((one) => one.keep && one.text.trim() !== "");
  const events: DeskEvent[] = kept.map(({ event, text, due }, at) => ({ kind: "promise", id: `heard-${event}-${at}`, text: text.trim(), due: new Date(due).toISOString() }));
  if (outcome === "follow_up" && followUp.what.trim() !== "") events.push({ kind: "followup_scheduled", id: "wrap-up-follow-up", what: followUp.what.trim(), due: new Date(followUp.due).toISOString() });
  for (const event of events) {
    const done = await record(id, event);
    if (!done.ok) return done;
  }
  return asked(api.POST("/api/v1/interactions/{id}/wrap-up", { ...of(id), body: { ...(reason && { reason }), outcome, ...(rootCause && { root_cause: rootCause }) } }));
}

export const setPresence = (presence: Presence, reason?: string) => told(asked(api.PUT("/api/v1/me/presence", { body: reason === undefined ? { presence } : { presence, reason } })));
export const beBack = () => told(asked(api.POST("/api/v1/me/resume")));
