import { describe, expect, it } from "vitest";
import { WrittenField } from "@/shared/actions/cut-off";

const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...more });

function writing() {
  const field = { isConnected: true };
  const written = new WrittenField();
  written.entered(field);
  return { field, written, goes: () => (field.isConnected = false) };
}

describe("typing whose field went away", () => {
  it("is cut off for a while, and as long as it goes on", () => {
    const { written, goes } = writing();
    written.pressed(key("w"), 1_000);
    expect(written.isCutOff(1_050)).toBe(false);
    goes();
    expect(written.isCutOff(1_100)).toBe(true);
    expect(written.falls(key("t"), 2_500)).toBe(true);
    expect(written.isCutOff(3_900)).toBe(true);
    expect(written.isCutOff(4_000)).toBe(false);
  });

  it("is not where the field was left before", () => {
    const { field, written, goes } = writing();
    written.left(field);
    goes();
    expect(written.isCutOff(1_000)).toBe(false);
  });

  it("is, where the browser tells that it was left only after it went", () => {
    const { field, written, goes } = writing();
    goes();
    written.left(field);
    expect(written.isCutOff(1_000)).toBe(true);
  });

  it("is not where the field went by a command of its own, unless one wrote on", () => {
    for (const command of [key("Enter"), key("Escape"), key("j", { altKey: true })]) {
      const { written, goes } = writing();
      written.pressed(command, 1_000);
      written.pressed(key("Alt"), 1_100);
      goes();
      expect(written.isCutOff(3_000)).toBe(false);
    }
    const { written, goes } = writing();
    written.pressed(key("Enter"), 1_000);
    written.pressed(key("t"), 1_200);
    goes();
    expect(written.isCutOff(1_300)).toBe(true);
  });

  it("takes what writes and what would set something off; nothing else, and that does not prolong it", () => {
    const { written, goes } = writing();
    goes();
    for (const name of ["x", " ", "Enter", "Backspace", "Delete"]) expect(written.falls(key(name), 1_000), name).toBe(true);
    for (const name of ["Tab", "ArrowDown", "F5", "Escape", "PageUp", "Shift"]) expect(written.falls(key(name), 2_400), name).toBe(false);
    expect(written.falls(key("x"), 2_500)).toBe(false);
  });

  it("ends with a pointer, and with Tab", () => {
    for (const end of [(written: WrittenField) => written.pointed(), (written: WrittenField) => written.pressed(key("Tab"), 1_001)]) {
      const { written, goes } = writing();
      goes();
      expect(written.isCutOff(1_000)).toBe(true);
      end(written);
      expect(written.isCutOff(1_001)).toBe(false);
    }
  });
});
