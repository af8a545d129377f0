import { beforeEach, expect, it, vi } from "vitest";
import type { Principal } from "@/api/types";
import { stubPage } from "../fake-page";

stubPage();
// The page's own address, which paths are of.
const PageRequest = class extends Request {
  constructor(path: string, init?: RequestInit) {
    super(new URL(path, "http://desk.test"), init);
  }
};
let answer: (response: Response) => void = () => undefined;
vi.stubGlobal("Request", PageRequest);
vi.stubGlobal("fetch", () => new Promise<Response>((done) => (answer = done)));
const { readSession } = await import("@/api/login");
const { session, sessionBegan, signedOut } = await import("@/api/session");

const ana = { user: "ana" } as Principal;
const json = (status: number, body: object) => Response.json(body, { status });
const refused = () => json(401, { code: "unauthenticated", status: 401, title: "Unauthorized", type: "about:blank" });

/** Asks who is here; the server answers after `meanwhile`. */
async function asked(response: Response, meanwhile: () => void = () => undefined) {
  const reading = readSession();
  await vi.waitFor(() => expect(answer).not.toBe(idle));
  meanwhile();
  answer(response);
  answer = idle;
  await reading;
  return session.getState();
}
const idle = () => undefined;

beforeEach(() => {
  answer = idle;
  session.setState({ state: "unknown" }, true);
});

it("takes what the server says of who is here, rights that changed too", async () => {
  expect(await asked(json(200, { ...ana, csrf_token: "a" }))).toMatchObject({ state: "in", csrf: "a" });
  expect(await asked(json(200, { ...ana, permissions: ["floor.read"], csrf_token: "a" }))).toMatchObject({ me: { permissions: ["floor.read"] } });
});

it("tells a session that ended from nobody's", async () => {
  expect(await asked(refused())).toEqual({ state: "out", ended: false });
  sessionBegan(ana, "a");
  expect(await asked(refused())).toEqual({ state: "out", ended: true });
  expect(await asked(refused())).toEqual({ state: "out", ended: true });
});

it("drops an answer that a sign-out or another sign-in has overtaken", async () => {
  sessionBegan(ana, "a");
  expect(await asked(json(200, { ...ana, csrf_token: "a" }), signedOut)).toEqual({ state: "out", ended: false });
  sessionBegan(ana, "a");
  const another = () => {
    signedOut();
    sessionBegan({ user: "ben" } as Principal, "b");
  };
  expect(await asked(json(200, { ...ana, csrf_token: "a" }), another)).toMatchObject({ me: { user: "ben" }, csrf: "b" });
});
