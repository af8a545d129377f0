import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { fetched } from "./result";
import type { Participant } from "./types";

/** As far as this is about events. */
interface Done {
  by?: string;
  participant?: string;
}

/**
 * The head of an interaction: who takes part, what is known of them. Events name participants of it ("p2"),
 * so it is read anew when one speaks who was not known before. No interaction (""): nothing is read.
 */
export function useHead(interaction: string, events: readonly Done[]) {
  const joined = new Set(events.map((one) => one.participant)).size;
  return useQuery({
    queryKey: ["interaction", interaction, "head", joined],
    enabled: interaction !== "",
    queryFn: async () => (await fetched(api.GET("/api/v1/interactions/{id}", { params: { path: { id: interaction } } }))).head,
    placeholderData: (before) => (before?.id === interaction ? before : undefined),
  });
}

/**
 * Who did an event, by name: from the event to the participant, to the person, to their name. `null` where
 * it is not known. `nameOf` knows people by their user's id.
 */
export function speakers(participants: readonly Participant[] | undefined, nameOf: (person: string) => string | undefined): (event: Done) => string | null {
  const all = participants ?? [];
  const known = new Map(all.map((one) => [one.id, one]));
  /** Who it must be where an event says only of which side it is; of two nobody can tell. */
  const only = (role: string | undefined) => {
    const [one, another] = all.filter((other) => other.role === role);
    return another ? undefined : one;
  };
  return ({ by, participant }) => {
    const one = participant === undefined ? only(by) : known.get(participant);
    return one ? nameOf(one.person ?? one.id) || one.name || null : null;
  };
}
