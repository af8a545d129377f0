import { describe, expect, it } from "vitest";
import { pressedKey } from "@/shared/actions/keys";

const pressed = (more: Partial<Parameters<typeof pressedKey>[0]>) => ({ key: "a", code: "KeyA", ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more });

describe("pressedKey", () => {
  it("is a single key outside of text", () => {
    expect(pressedKey(pressed({}), false)).toBe("a");
    expect(pressedKey(pressed({ key: "A" }), false)).toBe("a");
    expect(pressedKey(pressed({ key: "?", code: "Slash" }), false)).toBe("?");
  });

  it("is no command while somebody types", () => expect(pressedKey(pressed({}), true)).toBeNull());

  it("is a single key with Alt while somebody types, whatever letter Alt makes", () => {
    expect(pressedKey(pressed({ key: "å", altKey: true }), true)).toBe("a");
  });

  it("is Ctrl and a key everywhere, by Command too", () => {
    expect(pressedKey(pressed({ key: "K", code: "KeyK", ctrlKey: true }), true)).toBe("Ctrl+k");
    expect(pressedKey(pressed({ key: "Enter", code: "Enter", metaKey: true }), true)).toBe("Ctrl+Enter");
  });

  it("is nothing while a word is being composed", () => expect(pressedKey(pressed({ isComposing: true }), false)).toBeNull());

  it("leaves AltGr to the keyboard", () => expect(pressedKey(pressed({ ctrlKey: true, altKey: true, key: "@" }), true)).toBeNull());
});
