import { api } from "@/api/client";
import { asked } from "@/api/result";

const of = (id: string) => ({ params: { path: { id } } });

/** What a supervisor asks of the centre. The feed tells what came of it. */
export const whisper = (id: string, text: string) => asked(api.POST("/api/v1/interactions/{id}/whisper", { ...of(id), body: { text } }));
export type Listening = "monitor" | "whisper" | "barge";
export const listen = (id: string, how: Listening) => asked(api.POST("/api/v1/interactions/{id}/listen", { ...of(id), body: { how } }));
export const leaveCall = (id: string) => asked(api.POST("/api/v1/interactions/{id}/leave", of(id)));
export const takeOver = (id: string) => asked(api.POST("/api/v1/interactions/{id}/take-over", { ...of(id), body: {} }));
export const moveTo = (id: string, queue: string) => asked(api.POST("/api/v1/interactions/{id}/move", { ...of(id), body: { queue } }));
export const setPriority = (id: string, boost: number) => asked(api.POST("/api/v1/interactions/{id}/priority", { ...of(id), body: { boost } }));
export const setPresence = (agent: string, presence: "available" | "break" | "offline", reason: string) =>
  asked(api.PUT("/api/v1/agents/{id}/presence", { ...of(agent), body: presence === "break" ? { presence, reason } : { presence } }));
