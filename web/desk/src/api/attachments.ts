import { useMemo } from "react";
import { api } from "./client";
import { asked, failureOf, unreachable, type Failure, type Result } from "./result";
import { csrfToken, may, sessionEnded } from "./session";
import { useMe } from "./use-session";

const sendingMs = 180_000;

/** How to open the files of an interaction; `null`: this user may not. */
export function useFetchFile(interaction: string): ((attachment: string) => Promise<Blob | null>) | null {
  const allowed = may(useMe(), "attachments.use");
  return useMemo(() => (allowed ? (attachment: string) => fetchFile(interaction, attachment) : null), [allowed, interaction]);
}

async function fetchFile(interaction: string, attachment: string): Promise<Blob | null> {
  const done = await asked(api.GET("/api/v1/interactions/{id}/attachments/{attachment}", { params: { path: { id: interaction, attachment } }, parseAs: "blob" }));
  return done.ok ? (done.value as Blob) : null;
}

/** A file on its way. */
export interface Sending {
  done: Promise<Result<null>>;
  stop(): void;
}

/** Sends a file into a conversation; with the same `id` again it counts once. `told` hears the share that has left, up to 1. */
export function sendFile(interaction: string, id: string, file: File, told: (share: number) => void): Sending {
  // `fetch` cannot tell how far it is.
  const request = new XMLHttpRequest();
  const done = new Promise<Result<null>>((settle) => {
    const fail = (failure: Failure) => settle({ ok: false, failure });
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && told(loaded / total);
    request.onload = () => {
      if (request.status === 401) sessionEnded();
      if (request.status >= 200 && request.status < 300) settle({ ok: true, value: null });
      else fail(failureOf(problemOf(request.responseText), request.status));
    };
    request.onerror = request.ontimeout = () => fail(unreachable);
    request.onabort = () => fail({ code: "stopped" });
  });
  request.open("POST", `/api/v1/interactions/${encodeURIComponent(interaction)}/attachments?${new URLSearchParams({ name: file.name, id }).toString()}`);
  request.timeout = sendingMs;
  request.setRequestHeader("X-CSRF-Token", csrfToken() ?? "");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
  return { done, stop: () => request.abort() };
}

function problemOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
