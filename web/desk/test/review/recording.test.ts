import { describe, expect, it } from "vitest";
import { CallFailed } from "@/api/result";
import { afterSilence, missing, outlineOf, silencesOf, soundOf } from "@/features/review/model/recording";

const peaks = (customer: number[], agents: number[] = customer.map(() => 0)) => ({ stretch_ms: 500, customer, agents });

describe("silence", () => {
  it("is where neither side says anything for long enough", () => {
    const loud = 80;
    expect(silencesOf(peaks([loud, 0, 0, 0, 0, loud]))).toEqual([{ from: 750, to: 2_250 }]);
    expect(silencesOf(peaks([loud, 0, 0, 0, loud]))).toEqual([]);
    expect(silencesOf(peaks([loud, 0, 0, 0, 0, loud], [0, 0, loud, 0, 0, 0]))).toEqual([]);
    expect(silencesOf(peaks([]))).toEqual([]);
  });

  it("is left for its end", () => {
    const silences = [{ from: 750, to: 2_250 }];
    expect(afterSilence(silences, 749)).toBe(749);
    expect(afterSilence(silences, 750)).toBe(2_250);
    expect(afterSilence(silences, 2_250)).toBe(2_250);
  });
});

describe("a waveform", () => {
  it("is as high as the greatest of what a column stands for", () => {
    expect(outlineOf([0, 255, 0, 0], 2, 20, 10)).toBe("M0 20L0.0 9.5L1.0 19.5L2 20L1.0 20.5L0.0 30.5Z");
  });

  it("of nothing is a line", () => {
    expect(outlineOf([], 10, 20, 10)).toBe("M0 20L0.0 19.5L10 20L0.0 20.5Z");
  });
});

it("the first part needs no number", () => {
  expect(soundOf("a/b", 1)).toBe("/api/v1/interactions/a%2Fb/recording");
  expect(soundOf("a", 2)).toBe("/api/v1/interactions/a/recording?part=2");
});

describe("a recording that is not there", () => {
  const failed = (code: string) => new CallFailed({ code });

  it("comes by itself as long as it is asked for again", () => {
    expect(missing({ isError: false, error: null, failureReason: null })).toBeNull();
    expect(missing({ isError: false, error: null, failureReason: failed("unreachable") })).toBeNull();
    expect(missing({ isError: false, error: null, failureReason: failed("recording_not_ready") })).toEqual({ soon: true });
  });

  it("says so when it is asked for no more, and can be asked for again where that may help", () => {
    for (const [code, again] of [["recording_not_ready", true], ["unreachable", true], ["not_found", false]] as const) {
      expect(missing({ isError: true, error: failed(code), failureReason: failed(code) })).toEqual({ soon: false, code, again });
    }
  });
});
