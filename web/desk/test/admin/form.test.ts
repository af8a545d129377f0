import { describe, expect, it } from "vitest";
import { readHours, readLevels, readReasons, writeHours, writeLevels, writeReasons } from "@/features/admin/model/codecs";
import { bodyOf, differences, formOf, merged, wrongOf } from "@/features/admin/model/form";
import { resourceOf, type FieldSpec } from "@/features/admin/model/resources";

describe("what is written as lines", () => {
  it("comes back as it was", () => {
    const levels = { billing: 3, "second-line": 10 };
    expect(readLevels(writeLevels(levels))).toEqual({ ok: true, value: levels });
    const hours = { zone: "Europe/London", week: { mon: ["09:00-12:00", "13:00-17:00"], sat: ["10:00-12:00"] }, holidays: [{ date: "2026-12-25" }, { date: "2026-12-24", open: ["09:00-12:00"] }] };
    expect(readHours(writeHours(hours))).toEqual({ ok: true, value: hours });
    const tree = { reasons: [{ id: "billing", label: "Billing", children: [{ id: "billing.wrong", label: "Wrong bill", outcomes: ["resolved", "follow_up"], children: [{ id: "x", label: "Deep" }] }] }, { id: "other", label: "Other" }] };
    expect(readReasons(writeReasons(tree))).toEqual({ ok: true, value: tree });
  });

  it("is nothing where nothing is written", () => {
    expect(readHours(" \n")).toEqual({ ok: true, value: undefined });
    expect(readReasons("")).toEqual({ ok: true, value: undefined });
    expect([writeHours(undefined), writeReasons(undefined), writeLevels(undefined)]).toEqual(["", "", ""]);
  });

  it("names the line that cannot be read", () => {
    expect(readLevels("billing: 3\ntechnical")).toEqual({ ok: false, line: 2 });
    expect(readHours("mon 09:00-17:00\n\nfunday 09:00-17:00")).toEqual({ ok: false, line: 3 });
    expect(readHours("zone UTC")).toEqual({ ok: false, line: 1 });
    expect(readReasons("a: A\n    b: too deep")).toEqual({ ok: false, line: 2 });
    expect(readReasons("a: A [sold]")).toEqual({ ok: false, line: 1 });
  });
});

const fields: FieldSpec[] = [{ name: "id", kind: "text", required: true, fixed: true }, { name: "label", kind: "text" }, { name: "offer_seconds", kind: "number", min: 1, max: 60 }, { name: "needs", kind: "levels" }];
const item = { id: "billing", version: 2, label: "Billing", offer_seconds: 20, needs: { billing: 1 }, relax: [{ after_seconds: 5, skill: "billing" }] };

describe("a form", () => {
  it("sends the whole item with a PUT: what it does not show stays", () => {
    const form = { ...formOf(fields, item), label: "Bills", offer_seconds: "" };
    expect(bodyOf(fields, form, item, "PUT")).toEqual({ id: "billing", version: 2, label: "Bills", needs: { billing: 1 }, relax: item.relax });
  });

  it("sends of a PATCH only what may change, and an empty text as empty", () => {
    expect(bodyOf(fields, { ...formOf(fields, item), label: "" }, item, "PATCH")).toEqual({ label: "", offer_seconds: 20, needs: { billing: 1 } });
  });

  it("says what is wrong with a field", () => {
    const [id, label, offer, needs] = fields as [FieldSpec, FieldSpec, FieldSpec, FieldSpec];
    expect(wrongOf(id, "")).toEqual({ kind: "missing" });
    expect(wrongOf(label, "")).toBeNull();
    expect(wrongOf(offer, "61")).toEqual({ kind: "number" });
    expect(wrongOf(offer, "many")).toEqual({ kind: "number" });
    expect(wrongOf(needs, "billing 3")).toEqual({ kind: "line", line: 1 });
  });

  it("keeps what I changed over what they changed elsewhere", () => {
    const base = formOf(fields, item);
    const mine = { ...base, label: "Mine" };
    const theirs = { ...base, offer_seconds: "30", label: "Theirs" };
    expect(differences(fields, mine, theirs).map((one) => [one.field.name, one.theirs, one.mine])).toEqual([["label", "Theirs", "Mine"], ["offer_seconds", "30", "20"]]);
    expect(merged(fields, base, mine, theirs)).toEqual({ ...base, label: "Mine", offer_seconds: "30" });
  });

  it("of a user leaves out what a new one cannot have", () => {
    const users = resourceOf("users");
    expect(users && bodyOf(users.fields, { ...formOf(users.fields, {}), login: "kim", name: "Kim", roles: ["agent"] }, null, "PATCH")).not.toHaveProperty("active");
  });
});
