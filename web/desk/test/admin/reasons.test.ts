import { describe, expect, it } from "vitest";
import { depthMax, fromReasons, moved, newReason, reasonTroubles, suggestedId, toReasons, withChild, without, withReason, type Move, type Reason } from "@/features/admin/model/reasons";

const kept = [{ id: "a", label: "A", children: [{ id: "a.b", label: "B" }, { id: "a.c", label: "C", outcomes: ["resolved"] }] }, { id: "d", label: "D" }];
const tree = toReasons(kept);
const keyOf = (id: string, list: readonly Reason[] = tree): string => list.map((one) => (one.id === id ? one.key : keyOf(id, one.children))).find((one) => one !== "") ?? "";
const shape = (list: readonly Reason[] | null): string => (list ?? []).map((one) => (one.children.length > 0 ? `${one.id}(${shape(one.children)})` : one.id)).join(" ");
const after = (id: string, how: Move) => shape(moved(tree, keyOf(id), how));

describe("a tree of reasons", () => {
  it("comes back as it was", () => expect(fromReasons(tree)).toEqual(kept));

  it("is moved up and down among its like, below the one before, and out again", () => {
    expect([after("a.c", "up"), after("a.b", "down"), after("d", "up")]).toEqual(["a(a.c a.b) d", "a(a.c a.b) d", "d a(a.b a.c)"]);
    expect([after("d", "in"), after("a.c", "in"), after("a.b", "out")]).toEqual(["a(a.b a.c d)", "a(a.b(a.c)) d", "a(a.c) a.b d"]);
  });

  it("is not moved where there is no place", () => {
    for (const [id, how] of [["a", "up"], ["d", "down"], ["a", "in"], ["a", "out"], ["a.b", "in"], ["none", "up"]] as const) expect(moved(tree, keyOf(id), how)).toBeNull();
  });

  it("grows no deeper than the API takes it", () => {
    let list: readonly Reason[] = [{ ...newReason(), id: "l1" }];
    for (let depth = 2; depth <= depthMax; depth += 1) list = withChild(list, keyOf(`l${depth - 1}`, list), { ...newReason(), id: `l${depth}` }) ?? [];
    expect(withChild(list, keyOf("l6", list), newReason())).toBeNull();
    const beside = [{ ...newReason(), id: "x" }, ...list];
    expect(moved(beside, keyOf("l1", beside), "in")).toBeNull();
  });

  it("loses what is below with what is removed", () => expect(shape(without(tree, keyOf("a")))).toBe("d"));

  it("says what is wrong, beside which", () => {
    const wrong = [["a.b", { label: " " }], ["a.c", { id: "" }], ["d", { id: "a" }]] as const;
    const broken = wrong.reduce<readonly Reason[]>((now, [id, more]) => withReason(now, keyOf(id), more), tree);
    expect([...reasonTroubles(broken).values()]).toEqual(["label", "id", "twice"]);
    expect([...reasonTroubles(withReason(tree, keyOf("d"), { id: "Ünter" })).values()]).toEqual(["slug"]);
    expect(reasonTroubles(tree).size).toBe(0);
  });

  it("suggests ids of words", () => expect([suggestedId("Wrong bill!", "billing"), suggestedId("Ärger", ""), suggestedId("", "billing")]).toEqual(["billing.wrong-bill", "a-rger", ""]));
});
