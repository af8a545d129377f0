import { useStore } from "zustand";
import { readSession } from "@/api/login";
import { session, sessionEnded } from "@/api/session";
import { Feed, type FeedState, type FeedWorld } from "./feed";

/** A page that is hidden while it waits is not drawn: then it is this long. */
const undrawnMs = 100;

function beforeDrawing(run: () => void): void {
  if (document.hidden) return run();
  const once = () => {
    window.cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    run();
  };
  const frame = window.requestAnimationFrame(once);
  const timer = window.setTimeout(once, undrawnMs);
}

const world: FeedWorld = {
  open: () => new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/api/v1/feed`),
  now: () => Date.now(),
  random: () => Math.random(),
  later: (run, ms) => window.setTimeout(run, ms),
  cancel: (timer) => window.clearTimeout(timer),
  beforeDrawing,
  check: () => void readSession(),
  signedOut: sessionEnded,
  rightsChanged: () => void readSession(),
};

/** This page's connection. */
export const feed = new Feed(world);

/** A further connection, for a look at streams to which the page's own may be listening already. Its user stops it. */
export function furtherFeed(): Feed {
  const further = new Feed(world);
  further.start();
  return further;
}

/** Runs the feed while somebody is logged in, and listens to what the browser knows of the network. */
export function runFeed(): void {
  const follow = () => (session.getState().state === "in" ? feed.start() : feed.stop());
  session.subscribe(follow);
  window.addEventListener("offline", () => feed.offline());
  window.addEventListener("online", () => feed.retryNow());
  follow();
}

export function useFeedState(): FeedState {
  return useStore(feed.status);
}

/** Latest values that several stores share. */
interface SharedTopic {
  value: unknown;
  users: Set<() => void>;
  leave: () => void;
}
const topics = new Map<string, SharedTopic>();

function watchTopic(name: string, changed: () => void): () => void {
  let one = topics.get(name);
  if (!one) {
    const made: SharedTopic = { value: undefined, users: new Set(), leave: () => undefined };
    topics.set(name, made);
    const tell = (value: unknown) => {
      made.value = value;
      made.users.forEach((user) => user());
    };
    made.leave = feed.topic(name, { value: tell, ended: () => tell(undefined) });
    one = made;
  }
  one.users.add(changed);
  return () => {
    one.users.delete(changed);
    if (one.users.size > 0) return;
    one.leave();
    topics.delete(name);
  };
}

/** Tells the values of a topic as they come, to who is no part of the screen; others may watch the same. */
export function followTopic<Value>(name: string, told: (value: Value | undefined) => void): () => void {
  const tell = () => told(topics.get(name)?.value as Value | undefined);
  const leave = watchTopic(name, tell);
  if (topics.get(name)?.value !== undefined) tell();
  return leave;
}
