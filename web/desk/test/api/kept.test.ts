import { beforeEach, expect, it } from "vitest";
import type { Principal } from "@/api/types";
import { stubPage } from "../fake-page";

const page = stubPage();
const { forgetConversation, keep, recall } = await import("@/api/kept");
const { sessionBegan, sessionEnded, signedOut } = await import("@/api/session");

const begin = (user: string) => sessionBegan({ user } as Principal, "");
beforeEach(() => {
  signedOut();
  begin("ana");
});

it("keeps what is written for its owner alone", () => {
  keep("message", "i1", "For Pat");
  sessionEnded();
  begin("ben");
  expect(recall("message", "i1")).toBeNull();
  sessionEnded();
  begin("ana");
  expect(recall("message", "i1")).toBe("For Pat");
});

it("forgets it with the conversation, and all of it with a sign-out", () => {
  keep("message", "i1", "a");
  keep("message", "i2", "b");
  forgetConversation("i1");
  expect([recall("message", "i1"), recall("message", "i2")]).toEqual([null, "b"]);
  signedOut();
  begin("ana");
  expect(recall("message", "i2")).toBeNull();
});

it("keeps nothing for nobody", () => {
  signedOut();
  keep("message", "i1", "a");
  expect([Object.keys(sessionStorage), recall("message", "i1")]).toEqual([[], null]);
});

it("goes on where the browser has no more room", () => {
  keep("message", "i1", "short");
  page.fill();
  expect(() => keep("message", "i1", "longer")).not.toThrow();
  expect(recall("message", "i1")).toBe("short");
});
