import { useEffect, useState } from "react";
import type { LiveInteraction } from "@/api/types";
import { furtherFeed } from "@/feed/page-feed";
import { withEvent, type SeenEvent } from "@/shared/timeline/lines";

export interface Watched {
  /** False until the feed has told everything that happened before. */
  loaded: boolean;
  ended: boolean;
  startedAt: number;
  events: readonly SeenEvent[];
}

const nothing: Watched = { loaded: false, ended: false, startedAt: 0, events: [] };

/** A conversation as it runs, read by somebody who is not in it. Another one needs another component (its key). */
export function useConversation(id: string): Watched {
  const [watched, setWatched] = useState<Watched>(nothing);
  useEffect(() => {
    const feed = furtherFeed();
    feed.stream(`interaction/${id}`, {
      reset: (snapshot) => {
        const { events, live } = snapshot as { events: SeenEvent[]; live: LiveInteraction };
        setWatched({ loaded: true, ended: false, startedAt: Date.parse(live.started_at), events: events.reduce<SeenEvent[]>(withEvent, []) });
      },
      event: (event) => setWatched((now) => ({ ...now, events: withEvent(now.events, event as SeenEvent) })),
      ended: () => setWatched((now) => ({ ...now, loaded: true, ended: true })),
    });
    return () => feed.stop();
  }, [id]);
  return watched;
}
