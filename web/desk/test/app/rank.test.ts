import { describe, expect, it } from "vitest";
import { rank } from "@/app/rank";

const entries = ["Hold", "Transfer the conversation", "Write a note", "Accept the offer"].map((label) => ({ label, group: "Desk" }));
const labels = (typed: string) => rank(entries, typed).map((one) => one.label);

describe("rank", () => {
  it("keeps the order where nothing is typed", () => expect(labels("")).toEqual(entries.map((one) => one.label)));
  it("puts what begins with the word first", () => expect(labels("wri")).toEqual(["Write a note"]));
  it("takes the start of a word before its middle", () => expect(labels("o")[0]).toBe("Accept the offer"));
  it("wants every word", () => expect(labels("transfer con")).toEqual(["Transfer the conversation"]));
  it("finds nothing for what is not there", () => expect(labels("xyz")).toEqual([]));
});
