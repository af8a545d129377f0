import { beforeEach, expect, it, vi } from "vitest";
import type { Result } from "@/api/result";
import { stubPage } from "../fake-page";

stubPage();
/** Answers what is being sent, one after the other. */
const answers: ((done: Result<null>) => void)[] = [];
vi.mock("@/api/attachments", () => ({
  sendFile() {
    let answer: (done: Result<null>) => void = () => undefined;
    const done = new Promise<Result<null>>((settle) => (answer = settle));
    answers.push(answer);
    return { done, stop: () => answer({ ok: false, failure: { code: "stopped" } }) };
  },
}));

const { attach, beyondOf, dropBeyond, uploadKeeper, uploadsOf } = await import("@/features/agent/store/uploads");

const files = (count: number, text: string) => Array.from({ length: count }, (_, at) => new File([text], `${at}.txt`));
const states = () => uploadsOf("i1").map((one) => one.state);
const count = (state: string) => states().filter((one) => one === state).length;

beforeEach(async () => {
  uploadKeeper.stopped();
  await Promise.resolve();
  answers.length = 0;
});

it("what was refused takes no room from what is on its way", () => {
  attach("i1", files(50, ""));
  attach("i1", files(50, "x"));
  expect([count("refused"), count("sending"), count("waiting"), beyondOf("i1")]).toEqual([50, 1, 49, 0]);
});

it("takes up no more than it may, counts the rest, and forgets it when it was read", () => {
  attach("i1", files(60, "x"));
  attach("i1", files(70, ""));
  expect([states().length, beyondOf("i1")]).toEqual([100, 30]);
  dropBeyond("i1");
  attach("i1", files(1, "x"));
  expect([states().length, beyondOf("i1")]).toEqual([100, 1]);
});

it("what has left or was refused by the server makes room", async () => {
  attach("i1", files(50, "x"));
  answers.shift()?.({ ok: true, value: null });
  await vi.waitFor(() => expect(answers.length).toBe(1));
  answers.shift()?.({ ok: false, failure: { code: "kind_not_allowed" } });
  await vi.waitFor(() => expect(count("refused")).toBe(1));
  attach("i1", files(3, "x"));
  expect([states().length, beyondOf("i1")]).toEqual([51, 1]);
});
