import { beforeEach, expect, it, vi } from "vitest";
import type { Principal, TimelineEvent } from "@/api/types";
import { stubPage } from "../fake-page";

stubPage();
vi.useFakeTimers();
const post = vi.fn();
vi.mock("@/api/client", () => ({ api: { POST: post } }));

const { sessionBegan, sessionEnded, signedOut } = await import("@/api/session");
const { notices, clearNotices } = await import("@/shared/ui/notices");
const { desk } = await import("@/features/agent/store/desk");
const { discard, outboxKeeper, say, sayAgain } = await import("@/features/agent/store/outbox");
const { emptyConversation, onReset } = await import("@/features/agent/model/conversation");

type Answer = { data?: unknown; error?: unknown; response: Response };
const yes: Answer = { data: {}, response: new Response() };
const no = (code: string): Answer => ({ error: { code }, response: new Response(null, { status: 409 }) });
const away = (): Promise<never> => Promise.reject(new TypeError("no network"));

/** The words that were asked to be said, in order. */
const said = () => post.mock.calls.map(([, { body }]) => (body as { text: string }).text);
const kept = () => Object.keys(sessionStorage).filter((key) => key.includes(".outbox.")).map((key) => sessionStorage.getItem(key) ?? "");
const told = () => notices.getState().list.length;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function inHand(id: string, events: TimelineEvent[] = []): void {
  desk.setState(({ conversations }) => ({ conversations: new Map(conversations).set(id, onReset(emptyConversation(id), { events })) }));
}

beforeEach(() => {
  outboxKeeper.stopped();
  signedOut();
  sessionBegan({ user: "ana" } as Principal, "");
  desk.setState({ conversations: new Map() });
  clearNotices();
  post.mockReset();
  vi.clearAllTimers();
});

it("sends in order, one after the other, each once it is shown", async () => {
  post.mockResolvedValue(yes);
  inHand("i1");
  say("i1", "message", "a");
  say("i1", "message", "b");
  await pass(0);
  expect(said()).toEqual(["a"]);
  const [, { body }] = post.mock.calls[0] as [string, { body: { id: string } }];
  inHand("i1", [{ at_ms: 0, kind: "message", id: body.id }]);
  await pass(0);
  expect(said()).toEqual(["a", "b"]);
});

it("tries again with one timer, however often it failed", async () => {
  post.mockImplementation(away);
  inHand("i1");
  for (const text of ["a", "b", "c"]) {
    say("i1", "message", text);
    await pass(0);
  }
  expect(vi.getTimerCount()).toBe(1);
  post.mockClear();
  await pass(3_000);
  expect(said()).toEqual(["a"]);
  expect(vi.getTimerCount()).toBe(1);
});

it("says what was not sent when the conversation leaves the hands, and tries no more", async () => {
  post.mockImplementation(away);
  inHand("i1");
  say("i1", "message", "Not yet there");
  await pass(0);
  outboxKeeper.closed("i1");
  expect(told()).toBe(1);
  await pass(10_000);
  expect([said().length, told()]).toEqual([1, 1]);
});

it("says it also of what was refused only after that", async () => {
  let answer: (one: Answer) => void = () => undefined;
  post.mockImplementation(() => new Promise<Answer>((done) => (answer = done)));
  inHand("i1");
  say("i1", "message", "Too late");
  outboxKeeper.closed("i1");
  expect(told()).toBe(0);
  answer(no("not_yours"));
  await pass(0);
  expect(told()).toBe(1);
});

it("keeps still about what arrived all the same", async () => {
  let answer: (one: Answer) => void = () => undefined;
  post.mockImplementation(() => new Promise<Answer>((done) => (answer = done)));
  inHand("i1");
  say("i1", "message", "Just in time");
  desk.setState({ conversations: new Map() });
  outboxKeeper.closed("i1");
  answer(yes);
  await pass(0);
  expect(told()).toBe(0);
});

it("never sends one person's words for the next", async () => {
  post.mockImplementation(away);
  inHand("i1");
  say("i1", "message", "Ana's");
  await pass(0);
  sessionEnded();
  outboxKeeper.stopped();
  post.mockReset().mockResolvedValue(yes);
  sessionBegan({ user: "ben" } as Principal, "");
  outboxKeeper.opened?.("i1");
  await pass(60_000);
  expect([said(), told()]).toEqual([[], 0]);
});

it("takes up its owner's words again when a session ran out, and forgets them with a sign-out", async () => {
  post.mockResolvedValueOnce(no("unauthenticated")).mockResolvedValue(yes);
  inHand("i1");
  say("i1", "message", "Ana's");
  await pass(0);
  sessionEnded();
  outboxKeeper.stopped();
  expect(kept()).toHaveLength(1);
  sessionBegan({ user: "ana" } as Principal, "");
  outboxKeeper.opened?.("i1");
  await pass(0);
  expect(said()).toEqual(["Ana's", "Ana's"]);
  signedOut();
  expect(kept()).toEqual([]);
});

it("leaves a refused one to whoever wrote it: again, or away", async () => {
  post.mockResolvedValueOnce(no("bad_event")).mockResolvedValueOnce(no("bad_event"));
  inHand("i1");
  say("i1", "note", "x");
  await pass(0);
  const { id } = JSON.parse(kept()[0] ?? "[]")[0] as { id: string };
  sayAgain("i1", id);
  await pass(0);
  expect(said()).toEqual(["x", "x"]);
  discard("i1", id);
  expect(kept()).toEqual([]);
  // Of something that is no longer there nothing is written anew.
  sayAgain("i1", id);
  await pass(10_000);
  expect([kept(), said().length]).toEqual([[], 2]);
});
