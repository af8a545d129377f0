import { describe, expect, it } from "vitest";
import { speakers } from "@/api/speakers";
import type { Participant } from "@/api/types";

const participants = [
  { id: "p1", role: "customer", name: "Pat Brown" },
  { id: "p2", role: "agent", person: "u-ana", name: "Ana as she was called" },
  { id: "p3", role: "agent", person: "u-gone", name: "Ben" },
  { id: "p4", role: "supervisor", person: "u-sue" },
] as Participant[];
const people = new Map([["u-ana", "Ana"], ["u-sue", "Sue"]]);
const nameOf = speakers(participants, (person) => people.get(person));

describe("who did it", () => {
  it("goes from the participant to the person to the name of now, else of then", () => {
    expect(["p1", "p2", "p3", "p4"].map((participant) => nameOf({ by: "agent", participant }))).toEqual(["Pat Brown", "Ana", "Ben", "Sue"]);
  });
  it("names nobody where it cannot be known", () => {
    expect(nameOf({ by: "agent", participant: "p9" })).toBeNull();
    expect(nameOf({ by: "agent" })).toBeNull();
    expect(speakers(undefined, () => "x")({ by: "customer", participant: "p1" })).toBeNull();
  });
  it("knows the only one of a side", () => expect([nameOf({ by: "customer" }), nameOf({ by: "supervisor" })]).toEqual(["Pat Brown", "Sue"]));
});
