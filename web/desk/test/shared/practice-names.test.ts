import { describe, expect, it } from "vitest";
import { namesOf } from "@/shared/practice/names";

describe("a practice's names", () => {
  it("are its id as people read it", () => {
    expect(namesOf("closing.anything-else")).toEqual({ chapter: "Closing", name: "Anything else" });
    expect(namesOf("odd")).toEqual({ chapter: "Odd", name: "Odd" });
    expect(namesOf("ours.welcome_back")).toEqual({ chapter: "Ours", name: "Welcome back" });
  });
});
