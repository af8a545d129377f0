import { useEffect } from "react";
import { flushSync } from "react-dom";
import { idOfKey, runAction } from "./actions";
import { fallsCutOff, watchFields } from "./cut-off";

/** Whether single keys work at all: people who speak to their computer, or whose hand trembles, turn them off (WCAG 2.1.4). */
const storageKey = "rapport.single-keys";
export const singleKeysOn = () => localStorage.getItem(storageKey) !== "off";
export const setSingleKeys = (on: boolean) => localStorage.setItem(storageKey, on ? "on" : "off");

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">;

/** The key of the table that was pressed. `typing`: in a text field, where a single key needs Alt. */
export function pressedKey(event: Pressed, typing: boolean): string | null {
  if (event.isComposing) return null;
  // Command is Control on a Mac.
  if (event.ctrlKey || event.metaKey) return event.altKey ? null : `Ctrl+${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
  // Alt changes the sign on some keyboards: take the place of the key.
  if (event.altKey) return /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase() ?? null;
  if (typing) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  const buttons = ["button", "checkbox", "radio", "submit", "range"];
  return target instanceof HTMLInputElement && !buttons.includes(target.type);
}

/** Keys that a control in focus needs for itself: arrows choose among radio buttons and move a slider. */
function isControls(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key.startsWith("Arrow")) return event.target.matches("input[type=radio], input[type=range]");
  if (event.key !== "Enter" && event.key !== " ") return false;
  return event.target.closest("button, a, summary, input, [role=menuitem], [role=option]") !== null;
}

/** Runs the table's actions by their keys, on the whole page. */
export function useActionKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const key = pressedKey(event, isTyping(event.target));
      if (key === null) return;
      const single = !key.startsWith("Ctrl+");
      if (single && !event.altKey && event.target === document.body && fallsCutOff(event)) return event.preventDefault();
      // A dialog that is open has the keyboard to itself.
      if (single && (!singleKeysOn() || isControls(event) || document.querySelector("dialog[open]"))) return;
      const id = idOfKey(key);
      // Drawn and focused before the next key: what is typed fast after a key belongs to what the key opened.
      const ran = id !== undefined && flushSync(() => runAction(id));
      if (ran) event.preventDefault();
    };
    const stop = watchFields(isTyping);
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", pressed);
      stop();
    };
  }, []);
}
