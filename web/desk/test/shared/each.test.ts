import { expect, test, vi } from "vitest";
import { Each } from "@/shared/each";

const one = { id: "a", size: 1 };
const other = { id: "b", size: 2 };

test("makes again only what is made of something else", () => {
  const make = vi.fn(({ id, size }: typeof one) => ({ text: `${id}${size}` }));
  const each = new Each<typeof one, { text: string }>(({ id }) => id, make);
  const first = each.of([one, other], (item) => [item]);
  const second = each.of([other, { id: "a", size: 3 }], (item) => [item]);
  expect(first.map(({ text }) => text)).toEqual(["a1", "b2"]);
  expect(second.map(({ text }) => text)).toEqual(["b2", "a3"]);
  expect(second[0]).toBe(first[1]);
  expect(make).toHaveBeenCalledTimes(3);
});

test("forgets who is gone", () => {
  const each = new Each<typeof one, object>(({ id }) => id, (item) => ({ item }));
  const [before] = each.of([one], (item) => [item]);
  each.of([], (item) => [item]);
  expect(each.of([one], (item) => [item])[0]).not.toBe(before);
});
