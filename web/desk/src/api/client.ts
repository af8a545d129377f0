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

/** Where a 401 may mean that a password or a code is wrong, and the session is as it was. */
const asksForProof = /\/api\/v1\/(login|me\/password|me\/second-factor\/(confirm|remove))$/;

/** A 401 of anything else means that the session is over. */
const sessionWatch: Middleware = {
  onResponse({ request, response }) {
    if (response.status === 401 && !asksForProof.test(request.url)) sessionEnded();
  },
};

/** The public API, typed by its description. Calls answer `{data}` or `{error}` and throw when the server cannot be reached. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(forgeryProof, sessionWatch);
