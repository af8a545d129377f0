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
    written.fell(2_500);
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

  it("ends with a pointer", () => {
    const { written, goes } = writing();
    goes();
    expect(written.isCutOff(1_000)).toBe(true);
    written.pointed();
    expect(written.isCutOff(1_001)).toBe(false);
  });
});
