import { describe, expect, it } from "vitest";
import { levelOf } from "@/phone/level";

const sine = (peak: number) => Float32Array.from({ length: 2048 }, (_, at) => peak * Math.sin((2 * Math.PI * at) / 64));

describe("how loud somebody is", () => {
  it("is nothing for silence and for nothing at all", () => {
    expect(levelOf(new Float32Array(64))).toBe(0);
    expect(levelOf(new Float32Array())).toBe(0);
  });
  it("goes by decibels: ten times less is a third of the meter less", () => {
    expect(levelOf(sine(1))).toBeCloseTo(1 - 3.01 / 60, 3);
    expect(levelOf(sine(1)) - levelOf(sine(0.1))).toBeCloseTo(1 / 3, 3);
  });
  it("stays within the meter", () => {
    expect(levelOf(sine(40))).toBe(1);
    expect(levelOf(sine(1e-6))).toBe(0);
  });
});
