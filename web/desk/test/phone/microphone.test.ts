import { describe, expect, it, vi } from "vitest";
import { stubPage } from "../fake-page";

stubPage();
vi.stubGlobal("window", { location: { origin: "http://desk.example" } });

type Told = { ready(ready: boolean): void; rings(call: unknown): unknown };
const { openMicrophone, told } = vi.hoisted(() => ({ openMicrophone: vi.fn(), told: {} as Told }));
vi.mock("@/phone/devices", () => ({ openMicrophone, closeMicrophone: () => undefined, microphonesAllowed: () => true, chosenDevices: () => ({}), onDevicesChosen: () => undefined, playOn: () => Promise.resolve() }));
vi.mock("@/phone/ringer", () => ({ startRinging: () => undefined, stopRinging: () => undefined }));
vi.mock("@/phone/jssip-line", () => ({
  openLine: (_: string, hears: Told) => {
    Object.assign(told, hears);
    return { close: () => undefined };
  },
}));

const { lift, phone, turnOn } = await import("@/phone/phone");

describe("a microphone that is gone when a call comes", () => {
  it("is looked for again by another try, while the line stands", async () => {
    const refuse = vi.fn();
    openMicrophone.mockResolvedValueOnce({});
    await turnOn();
    told.ready(true);
    expect(phone.getState().line).toBe("ready");
    told.rings({ interaction: "i-1", refuse, answer: () => undefined });
    openMicrophone.mockRejectedValueOnce(new Error("none"));
    await lift("i-1");
    expect(refuse).toHaveBeenCalledOnce();
    expect(phone.getState().line).toBe("forbidden");
    // The line comes and goes meanwhile: there is no microphone for that.
    told.ready(false);
    told.ready(true);
    expect(phone.getState().line).toBe("forbidden");
    openMicrophone.mockRejectedValueOnce(new Error("none"));
    await turnOn();
    expect(phone.getState().line).toBe("forbidden");
    openMicrophone.mockResolvedValueOnce({});
    await turnOn();
    expect(phone.getState().line).toBe("ready");
  });
});
