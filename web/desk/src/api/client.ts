import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./description.gen";
import { csrfToken, sessionEnded } from "./session";

/** Cookies prove who asks; the token proves that it is this page that asks. */
const forgeryProof: Middleware = {
  onRequest({ request }) {
    const token = csrfToken();
    if (token !== null && request.method !== "GET") request.headers.set("X-CSRF-Token", token);
    return request;
  },
};

/** A 401 of anything but a login means that the session is over. */
const sessionWatch: Middleware = {
  onResponse({ request, response }) {
    if (response.status === 401 && !request.url.endsWith("/api/v1/login")) sessionEnded();
  },
};

/** The public API, typed by its description. Calls answer `{data}` or `{error}` and throw when the server cannot be reached. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(forgeryProof, sessionWatch);
