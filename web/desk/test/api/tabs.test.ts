import { expect, it } from "vitest";
import type { Principal } from "@/api/types";
import { stubPage } from "../fake-page";

stubPage();
const { sessionBegan, sessionEnded, signedOut } = await import("@/api/session");
const { shareSignOut } = await import("@/api/tabs");

shareSignOut();
const heard: unknown[] = [];
const other = new BroadcastChannel("rapport.session");
other.onmessage = ({ data }: MessageEvent) => heard.push(data);

const begin = () => sessionBegan({ user: "ana" } as Principal, "");

it("tells the other tabs of a sign-out once, also where the end was heard of before its answer", async () => {
  begin();
  signedOut();
  await expect.poll(() => heard).toEqual(["signed out"]);
  begin();
  sessionEnded(); // their tabs hear of that from the server
  signedOut();
  signedOut();
  begin();
  signedOut();
  await expect.poll(() => heard.length).toBeGreaterThan(2);
  expect(heard).toEqual(["signed out", "signed out", "signed out"]);
});
