import { beforeEach, expect, it, vi } from "vitest";
import type { Principal } from "@/api/types";
import { stubPage } from "../fake-page";

stubPage();
vi.useFakeTimers();
const post = vi.fn();
vi.mock("@/api/client", () => ({ api: { POST: post } }));

const { sessionBegan, signedOut } = await import("@/api/session");
const { notices, clearNotices } = await import("@/shared/ui/notices");
const { callResultKeeper, hold, takeBack, tellInTime, tellNow, tellSoon } = await import("@/features/agent/store/call-result");

type Answer = { error?: unknown; response: Response };
const yes: Answer = { response: new Response() };
const no: Answer = { error: { code: "store_unavailable" }, response: new Response(null, { status: 503 }) };
const told = () => post.mock.calls.map(([, { body }]) => (body as { came: string }).came);
const lost = () => notices.getState().list.length;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** The next call is answered by what this gives. */
function unanswered(): (one: Answer) => void {
  let answer: (one: Answer) => void = () => undefined;
  post.mockImplementationOnce(() => new Promise<Answer>((done) => (answer = done)));
  return (one) => answer(one);
}

beforeEach(() => {
  callResultKeeper.stopped();
  signedOut();
  sessionBegan({ user: "ana" } as Principal, "");
  clearNotices();
  post.mockReset().mockResolvedValue(yes);
  vi.clearAllTimers();
  callResultKeeper.opened?.("i1");
});

it("tells where one stays, not what one passes", async () => {
  tellSoon("i1", "voicemail");
  await pass(300);
  tellSoon("i1", "do_not_call");
  await pass(600);
  expect(told()).toEqual(["do_not_call"]);
  expect(await tellNow("i1")).toBeNull();
  expect(told()).toHaveLength(1);
});

it("says whether the last word was taken, and tries a refused one again", async () => {
  post.mockResolvedValueOnce(no).mockRejectedValueOnce(new TypeError("no network"));
  tellSoon("i1", "do_not_call");
  await pass(600);
  expect(await tellNow("i1")).toEqual({ code: "unreachable" });
  expect(await tellNow("i1")).toBeNull();
  expect(told()).toEqual(["do_not_call", "do_not_call", "do_not_call"]);
});

it("tells the last word also where another is on its way", async () => {
  const answer = unanswered();
  tellSoon("i1", "reached");
  await pass(600);
  tellSoon("i1", "do_not_call");
  post.mockResolvedValueOnce(no);
  const taken = tellNow("i1");
  answer(yes);
  expect(await taken).toMatchObject({ code: "store_unavailable" });
  expect(told()).toEqual(["reached", "do_not_call"]);
});

it("tells a word that is held when it is asked for, and not one that was taken back", async () => {
  hold("i1", "later", "2026-03-03T09:00:00Z");
  await pass(10_000);
  expect(told()).toEqual([]);
  expect(await tellNow("i1")).toBeNull();
  expect(post.mock.calls[0]?.[1]).toMatchObject({ body: { came: "later", at: "2026-03-03T09:00:00Z" } });
  post.mockResolvedValueOnce(no);
  tellSoon("i1", "wrong_number");
  await pass(600);
  takeBack("i1");
  expect(await tellNow("i1")).toBeNull();
  expect(told()).toEqual(["later", "wrong_number"]);
});

it("keeps the end of a wrap-up waiting for a second at most", async () => {
  unanswered();
  tellSoon("i1", "do_not_call");
  let goesOn = false;
  void tellInTime("i1").then(() => (goesOn = true));
  await pass(999);
  expect([told(), goesOn]).toEqual([["do_not_call"], false]);
  await pass(1);
  expect(goesOn).toBe(true);
});

it("says what was not told when the call leaves the hands: refused, held, or chosen a moment ago", async () => {
  post.mockResolvedValueOnce(no);
  tellSoon("i1", "do_not_call");
  await pass(600);
  callResultKeeper.opened?.("i2");
  hold("i2", "later");
  callResultKeeper.opened?.("i3");
  tellSoon("i3", "voicemail");
  for (const id of ["i1", "i2", "i3"]) callResultKeeper.closed(id);
  expect(lost()).toBe(3);
  await pass(10_000);
  expect(told()).toEqual(["do_not_call"]);
});

it("of a word that is being sent then its answer tells", async () => {
  for (const [answered, count] of [[yes, 0], [no, 1]] as const) {
    const answer = unanswered();
    callResultKeeper.opened?.("i1");
    tellSoon("i1", "do_not_call");
    await pass(600);
    callResultKeeper.closed("i1");
    expect(lost()).toBe(0);
    answer(answered);
    await pass(0);
    expect(lost()).toBe(count);
  }
});

it("takes an untold word up again after a reload, and tells it not to who comes next", async () => {
  post.mockResolvedValueOnce(no);
  tellSoon("i1", "do_not_call");
  await pass(600);
  callResultKeeper.stopped();
  callResultKeeper.opened?.("i1");
  await pass(600);
  expect(told()).toEqual(["do_not_call", "do_not_call"]);
  const answer = unanswered();
  tellSoon("i1", "reached");
  await pass(600);
  callResultKeeper.stopped();
  answer(no);
  await pass(0);
  expect(lost()).toBe(0);
});
