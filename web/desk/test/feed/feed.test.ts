import { beforeEach, describe, expect, it } from "vitest";
import { Feed } from "@/feed/feed";
import { FakeWorld } from "./fake-world";

const stream = "interaction/7";
const moment = () => Promise.resolve();

/** Writes down what a listener hears. */
function notebook() {
  const heard: string[] = [];
  return {
    heard,
    stream: {
      reset: (snapshot: unknown, seq: number) => void heard.push(`reset ${seq} ${JSON.stringify(snapshot)}`),
      event: (event: unknown, seq: number) => void heard.push(`event ${seq} ${JSON.stringify(event)}`),
      ended: (why: string) => void heard.push(`ended ${why}`),
    },
    topic: { value: (value: unknown) => void heard.push(`value ${JSON.stringify(value)}`), ended: (why: string) => void heard.push(`ended ${why}`) },
  };
}

let world: FakeWorld;
let feed: Feed;
beforeEach(() => {
  world = new FakeWorld();
  feed = new Feed(world);
});

async function live(): Promise<void> {
  feed.start();
  world.socket.hello();
  await moment();
}

describe("subscribing", () => {
  it("asks for all names in one frame, once the server has said hello", async () => {
    feed.start();
    feed.stream(stream, notebook().stream);
    feed.topic("queue/billing", notebook().topic);
    await moment();
    expect(world.socket.sent).toEqual([]);
    world.socket.hello();
    expect(world.socket.sent).toEqual([{ id: 1, subscribe: [{ stream }, { topic: "queue/billing" }] }]);
  });

  it("hands snapshot and events on in order", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    await moment();
    world.socket.says({ stream, seq: 1, cursor: "a", reset: { n: 1 } });
    world.socket.says({ stream, seq: 2, cursor: "b", event: { n: 2 } });
    expect(heard).toEqual(['reset 1 {"n":1}', 'event 2 {"n":2}']);
  });

  it("leaves out an event that comes twice", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    world.socket.says({ stream, seq: 1, cursor: "a", reset: {} });
    world.socket.says({ stream, seq: 2, cursor: "b", event: {} });
    world.socket.says({ stream, seq: 2, cursor: "b", event: {} });
    expect(heard).toHaveLength(2);
  });

  it("goes back to the last event when one is missing", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    await moment();
    world.socket.says({ stream, seq: 1, cursor: "a", reset: {} });
    world.socket.says({ stream, seq: 3, cursor: "c", event: {} });
    expect(heard).toEqual(["reset 1 {}"]);
    expect(world.socket.sent.at(-1)).toEqual({ id: 2, unsubscribe: [{ stream }] });
    world.socket.says({ done: 2 });
    await moment();
    expect(world.socket.sent.at(-1)).toEqual({ id: 3, subscribe: [{ stream, after: "a" }] });
  });

  it("keeps the newest value of a topic and drops older ones", async () => {
    await live();
    const { heard, topic } = notebook();
    feed.topic("queue/billing", topic);
    world.socket.says({ topic: "queue/billing", version: 4, value: 4 });
    world.socket.says({ topic: "queue/billing", version: 3, value: 3 });
    world.socket.says({ topic: "queue/billing", version: 5, removed: true });
    expect(heard).toEqual(["value 4", "value undefined"]);
  });

  it("tells a listener that it may not hear a name", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.topic("queue/billing", notebook().topic);
    feed.stream(stream, listener);
    await moment();
    world.socket.says({ error: "forbidden", id: 1, item: 1 });
    expect(heard).toEqual(["ended forbidden"]);
  });

  it("waits for the end of a subscription before it begins another of that name", async () => {
    await live();
    const leave = feed.stream(stream, notebook().stream);
    await moment();
    leave();
    feed.stream(stream, notebook().stream);
    await moment();
    expect(world.socket.sent.slice(1)).toEqual([{ id: 2, unsubscribe: [{ stream }] }]);
    world.socket.says({ done: 2 });
    await moment();
    expect(world.socket.sent.at(-1)).toEqual({ id: 3, subscribe: [{ stream }] });
  });
});

describe("a lost connection", () => {
  it("is resumed behind the last event of each stream", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    await moment();
    world.socket.says({ stream, seq: 1, cursor: "a", reset: {} });
    world.socket.breaks();
    expect(feed.status.getState()).toMatchObject({ state: "lost" });
    await world.pass(500);
    world.socket.hello();
    expect(world.socket.sent).toEqual([{ id: 2, subscribe: [{ stream, after: "a" }] }]);
    world.socket.says({ stream, seq: 2, cursor: "b", event: { text: "missed" } });
    expect(heard.at(-1)).toBe('event 2 {"text":"missed"}');
    expect(feed.status.getState()).toEqual({ state: "live", behind: [] });
  });

  it("takes a snapshot where the server no longer keeps what was missed", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    world.socket.says({ stream, seq: 5, cursor: "e", event: {} });
    world.socket.says({ stream, seq: 5, cursor: "e", reset: {} });
    world.socket.breaks();
    await world.pass(500);
    world.socket.hello();
    world.socket.says({ stream, seq: 2, cursor: "x", reset: { anew: true } });
    world.socket.says({ stream, seq: 3, cursor: "y", event: {} });
    expect(heard.slice(-2)).toEqual(['reset 2 {"anew":true}', "event 3 {}"]);
  });

  it("is noticed by silence of two heartbeats", async () => {
    await live();
    await world.pass(29_999);
    expect(feed.status.getState().state).toBe("live");
    await world.pass(1);
    expect(feed.status.getState().state).toBe("lost");
    expect(world.sockets[0]?.closed).toBe(true);
  });

  it("is tried again with pauses that grow, and keeps the time of the loss", async () => {
    await live();
    world.socket.breaks();
    const lost = feed.status.getState();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; ++attempt) {
      const state = feed.status.getState();
      if (state.state !== "lost") throw new Error(state.state);
      pauses.push(state.retryAt - feed.serverNow());
      await world.pass(pauses.at(-1) ?? 0);
      world.socket.breaks();
    }
    expect(pauses).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
    expect(feed.status.getState()).toMatchObject({ since: lost.state === "lost" ? lost.since : -1 });
  });

  it("counts pauses from the start again after a connection", async () => {
    await live();
    world.socket.breaks();
    await world.pass(500);
    world.socket.breaks();
    await world.pass(1_000);
    world.socket.hello();
    world.socket.breaks();
    expect(feed.status.getState()).toMatchObject({ retryAt: feed.serverNow() + 375 });
  });

  it("asks whether the session still counts when a connection is refused", async () => {
    feed.start();
    world.socket.breaks();
    expect(world.told).toEqual(["check"]);
  });

  it("is not tried again after a sign-out", async () => {
    await live();
    world.socket.breaks(4001);
    await world.pass(60_000);
    expect(world.told).toEqual(["signed out"]);
    expect(world.sockets).toHaveLength(1);
    expect(feed.status.getState()).toEqual({ state: "off" });
  });

  it("is tried again at once when somebody asks for it", async () => {
    await live();
    feed.offline();
    feed.retryNow();
    expect(world.sockets).toHaveLength(2);
    await world.pass(10_000);
    expect(world.sockets).toHaveLength(2);
  });

  it("leaves no connection open behind another attempt", async () => {
    await live();
    feed.offline();
    feed.retryNow();
    feed.retryNow();
    expect(world.sockets.map((one) => one.closed)).toEqual([true, true, false]);
    await world.pass(10_000);
    world.socket.hello();
    expect(feed.status.getState()).toEqual({ state: "live", behind: [] });
    expect(world.sockets).toHaveLength(3);
  });

  it("lets an old socket say nothing any more", async () => {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    const old = world.socket;
    feed.offline();
    old.says({ stream, seq: 1, cursor: "a", reset: {} });
    old.breaks();
    expect(heard).toEqual([]);
  });
});

describe("being behind", () => {
  it("names the streams that are old", async () => {
    await live();
    world.socket.says({ stale: [stream] });
    expect(feed.status.getState()).toEqual({ state: "live", behind: [stream] });
    world.socket.says({ stale: [] });
    expect(feed.status.getState()).toEqual({ state: "live", behind: [] });
  });

  it("subscribes again to what was unavailable", async () => {
    await live();
    feed.stream(stream, notebook().stream);
    await moment();
    world.socket.says({ stream, ended: "unavailable" });
    await world.pass(1_000);
    await moment();
    expect(world.socket.sent.at(-1)).toEqual({ id: 2, subscribe: [{ stream }] });
  });
});

describe("between two drawings of the screen", () => {
  const event = (n: number) => world.socket.says({ stream, seq: n, cursor: `c${n}`, event: { n } });
  async function listening(): Promise<string[]> {
    await live();
    const { heard, stream: listener } = notebook();
    feed.stream(stream, listener);
    await moment();
    world.drawing = [];
    world.socket.says({ stream, seq: 1, cursor: "c1", reset: {} });
    return heard;
  }

  it("takes the first frame at once and the others together, in order", async () => {
    const heard = await listening();
    [2, 3, 4].forEach(event);
    expect(heard).toEqual(["reset 1 {}"]);
    world.draws();
    expect(heard).toEqual(["reset 1 {}", 'event 2 {"n":2}', 'event 3 {"n":3}', 'event 4 {"n":4}']);
    event(5);
    expect(heard).toHaveLength(4);
    world.draws();
    expect(heard).toHaveLength(5);
    world.draws();
    event(6);
    expect(heard).toHaveLength(6);
  });

  it("has what it did not take before a lost connection told again", async () => {
    const heard = await listening();
    event(2);
    world.socket.breaks();
    world.draws();
    await world.pass(10_000);
    world.socket.hello();
    world.draws();
    expect(heard).toEqual(["reset 1 {}"]);
    expect(world.socket.sent).toEqual([{ id: 2, subscribe: [{ stream, after: "c1" }] }]);
  });
});
