import { beforeEach, expect, it, vi } from "vitest";
import type { StreamListener } from "@/feed/subscriptions";
import type { InboxItem } from "@/features/floor/model/inbox-items";

const request = vi.fn();
const streams = new Map<string, StreamListener>();
vi.mock("@/api/request", () => ({ request, withQuery: (path: string, query: Record<string, unknown>) => `${path} ${String(query["after"] ?? "")}`.trim() }));
vi.mock("@/feed/page-feed", () => ({
  feed: {
    stream: (name: string, listener: StreamListener) => {
      streams.set(name, listener);
      return () => streams.delete(name);
    },
  },
}));
const { inbox, watchInbox } = await import("@/features/floor/model/inbox");

const item = (id: string, more: Partial<InboxItem> = {}): InboxItem => ({ id, kind: "help", interaction: "i", brand: "b", agent: "", text: "", at: "2026-03-02T10:00:00Z", state: "open", by: "", ...more });
const shown = () => inbox.getState().items.map((one) => `${one.id} ${one.state}`);
const moment = () => new Promise((done) => setTimeout(done));

/** Reads that are under way: each is answered by the test. */
let reads: ((items: InboxItem[] | null, next?: string) => Promise<unknown>)[] = [];
beforeEach(() => {
  reads = [];
  request.mockReset().mockImplementation(
    () =>
      new Promise((done) => {
        reads.push((items, next) => {
          done(items === null ? { error: { code: "busy" }, response: new Response(null, { status: 503 }) } : { data: { items, next: next ?? null }, response: new Response() });
          return moment();
        });
      }),
  );
});

const answer = (at: number, items: InboxItem[] | null, next?: string) => reads[at]?.(items, next);
const help = () => streams.get("help/b") as StreamListener;

it("loses nothing that comes between the read and the stream", async () => {
  const leave = watchInbox(["b"], ["help"]);
  await answer(0, [item("before")]);
  // Raised before the stream began, after the read: only another read tells it.
  help().reset({}, 1);
  await answer(1, [item("before"), item("between")]);
  expect(shown()).toEqual(["before open", "between open"]);
  leave();
});

it("counts what was told while it was being read", async () => {
  const leave = watchInbox(["b"], ["help"]);
  help().event(item("a", { state: "taken" }), 2);
  help().event(item("b", { state: "done" }), 3);
  await answer(0, [item("a"), item("b"), item("c")]);
  expect(shown()).toEqual(["c open", "a taken"]);
  leave();
});

it("says that it could not be read, and is never empty for that", async () => {
  const leave = watchInbox(["b"], ["help"]);
  await answer(0, null);
  expect(inbox.getState()).toMatchObject({ loaded: false, failure: { code: "busy" } });
  help().reset({}, 1);
  await answer(1, [item("a")]);
  expect(inbox.getState()).toMatchObject({ loaded: true, failure: null });
  help().reset({}, 9);
  await answer(2, null);
  expect(shown()).toEqual(["a open"]);
  leave();
});

it("a late answer does not write into the next watch", async () => {
  const leave = watchInbox(["b"], ["help"]);
  leave();
  const another = watchInbox(["c"], ["help"]);
  await answer(1, [item("mine")]);
  await answer(0, [item("theirs")]);
  expect(shown()).toEqual(["mine open"]);
  another();
});

it("reads page after page, and once for streams that begin together", async () => {
  const leave = watchInbox(["b", "c"], ["help", "flags"]);
  for (const one of streams.values()) one.reset({}, 1);
  await answer(0, [item("a")], "2");
  await answer(1, [item("b")]);
  expect(request.mock.calls.map(([, path]) => path as string)).toEqual(["/api/v1/inbox", "/api/v1/inbox 2", "/api/v1/inbox"]);
  await answer(2, [item("a"), item("b")]);
  expect(shown()).toEqual(["a open", "b open"]);
  expect(request).toHaveBeenCalledTimes(3);
  leave();
});
