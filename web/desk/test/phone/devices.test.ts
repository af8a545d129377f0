import { beforeEach, describe, expect, it, vi } from "vitest";

const load = async () => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
  return import("@/phone/devices");
};

describe("devices that were chosen", () => {
  beforeEach(() => vi.resetModules());
  const unchosen = { microphone: "", speaker: "", ringer: "", cleaned: true };

  it("are the browser's until somebody chooses, and where what was kept is no choice", async () => {
    const { devicesFrom } = await load();
    for (const kept of [null, "", "{", "7", "null", '"on"', "[]", '{"microphone": 7, "cleaned": "yes"}']) expect(devicesFrom(kept), String(kept)).toEqual(unchosen);
  });
  it("are what was kept", async () => {
    const { devicesFrom } = await load();
    expect(devicesFrom('{"microphone":"a","ringer":"b","cleaned":false,"camera":"c"}')).toEqual({ microphone: "a", speaker: "", ringer: "b", cleaned: false });
  });
});
