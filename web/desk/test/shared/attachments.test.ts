import { expect, it } from "vitest";
import { attachmentsOf, sizeText } from "@/shared/timeline/attachments";

it("takes of an event only what is a file", () => {
  expect(attachmentsOf({ attachments: [{ id: "1", name: "a.pdf", bytes: 4 }, { id: 2 }, {}] })).toEqual([{ id: "1", name: "a.pdf", bytes: 4 }]);
  expect([{}, { attachments: "x" }, { attachments: null }].map(attachmentsOf)).toEqual([[], [], []]);
});

it("says sizes as people do", () => expect([1, 999_499, 999_500, 1_250_000].map((bytes) => sizeText(bytes, "en"))).toEqual(["1 kB", "999 kB", "1 MB", "1.3 MB"]));
