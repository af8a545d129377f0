import { describe, expect, it } from "vitest";
import { fromLevels, isLevel, levelRows, rowsText, toLevels } from "@/features/admin/model/levels";
import { bodyOf, differences, formOf, merged, sameForm, wordsOf, wrongOf } from "@/features/admin/model/form";
import { resourceOf, type FieldSpec } from "@/features/admin/model/resources";

describe("skills with their levels", () => {
  it("come back as they were", () => {
    const levels = { billing: 3, "second-line": 10 };
    expect(fromLevels(toLevels(levels))).toEqual(levels);
    expect(toLevels(undefined)).toBe("");
  });

  it("keep what is being typed", () => {
    const rows = [{ name: "billing", number: "" }, { name: "technical", number: "x" }];
    expect(levelRows(rowsText(rows))).toEqual(rows);
  });

  it("are whole numbers within their range", () => {
    expect(["1", "10", "0", "11", "", "1.5", "-1"].map((number) => isLevel(number, { min: 1, max: 10 }))).toEqual([true, true, false, false, false, false, false]);
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
    expect(wrongOf(needs, "billing: many")).toEqual({ kind: "rows" });
    expect(wrongOf(needs, "billing: 3")).toBeNull();
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

  it("of a queue sends hours and reasons as they were, and nothing for none", () => {
    const queue = { id: "billing", hours: { zone: "Europe/London", week: { mon: ["09:00-12:00", "13:00-24:00"] }, holidays: [{ date: "2026-12-25" }, { date: "2026-12-24", open: ["09:00-12:00"] }] }, dispositions: { reasons: [{ id: "billing", label: "Billing", children: [{ id: "billing.wrong", label: "Wrong bill", outcomes: ["resolved"] }] }] } };
    const own = (resourceOf("queues")?.fields ?? []).filter((one) => one.kind === "week" || one.kind === "reasons");
    const form = formOf(own, queue);
    expect(bodyOf(own, form, queue, "PUT")).toEqual(queue);
    expect(sameForm(own, form, formOf(own, queue))).toBe(true);
    expect(own.map((one) => wordsOf(one, form[one.name] ?? ""))).toEqual(["Europe/London\nmon 09:00-12:00, 13:00-24:00\n2026-12-25\n2026-12-24 09:00-12:00", "billing: Billing\n  billing.wrong: Wrong bill [resolved]"]);
    expect(bodyOf(own, formOf(own, {}), queue, "PUT")).toEqual({ id: "billing" });
  });

  it("says what is wrong with another system's address", () => {
    const field: FieldSpec = { name: "screen_pop", kind: "template" };
    expect(wrongOf(field, "")).toBeNull();
    expect(wrongOf(field, "https://crm.example/{case.id}")).toBeNull();
    expect(wrongOf(field, "crm.example")).toEqual({ kind: "url" });
    expect(wrongOf(field, "https://crm.example/{case}")).toEqual({ kind: "unknown", name: "{case}" });
  });
});
