/**
 * Typing whose text field went away: the customer ends the chat in the middle of an agent's sentence. The rest of
 * the sentence is nobody's command, and no other field's words either.
 */

/** So long after the field went, and after each key that still belonged to it. */
const quietMs = 1_500;
/** So long a field may go as the answer to a command of its own: Enter that sends a form, Alt and a letter. */
const answeredMs = 10_000;

interface Field {
  readonly isConnected: boolean;
}
type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const isCommand = ({ key, ctrlKey, metaKey, altKey }: Pressed) => ctrlKey || metaKey || altKey || ["Enter", "Escape", "Tab"].includes(key);
/** What writes, and what would set something off: it belongs to the sentence. Arrows and F5 do not, nor Escape. */
const isOfSentence = ({ key }: Pick<KeyboardEvent, "key">) => key.length === 1 || ["Enter", "Backspace", "Delete"].includes(key);
const isModifier = ({ key }: Pressed) => ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"].includes(key);

/** What is known of the field that is being written in. Times in milliseconds by one clock that never goes back. */
export class WrittenField {
  private field: Field | null = null;
  private commandAt = -Infinity;
  private quietUntil = -Infinity;

  entered(field: Field): void {
    [this.field, this.commandAt] = [field, -Infinity];
  }

  /** It has the focus no more, and is still on the page: somebody left it. */
  left(field: Field): void {
    if (this.field === field && field.isConnected) this.field = null;
  }

  pressed(key: Pressed, now: number): void {
    // Who goes on to the next control has seen that the field is gone.
    if (key.key === "Tab") this.quietUntil = -Infinity;
    if (this.field !== null && !isModifier(key)) this.commandAt = isCommand(key) ? now : -Infinity;
  }

  /** A pointer is a new intention. */
  pointed(): void {
    this.quietUntil = -Infinity;
  }

  /** Whether what is typed now still belongs to a field that went away. */
  isCutOff(now: number): boolean {
    if (this.field !== null && !this.field.isConnected) {
      this.field = null;
      if (now - this.commandAt > answeredMs) this.quietUntil = now + quietMs;
    }
    return now < this.quietUntil;
  }

  /** Whether this key belongs to a sentence that was cut off, and is to fall; the sentence goes on with it. */
  falls(key: Pick<KeyboardEvent, "key">, now: number): boolean {
    if (!isOfSentence(key) || !this.isCutOff(now)) return false;
    this.quietUntil = now + quietMs;
    return true;
  }
}

const written = new WrittenField();

/** Whether somebody is in the middle of typing into a field that has just gone away: then nothing takes their keys. */
const isCutOff = (): boolean => written.isCutOff(performance.now());
/** By when it was pressed: a busy page hears of it later. */
export const fallsCutOff = (key: Pick<KeyboardEvent, "key" | "timeStamp">): boolean => written.falls(key, key.timeStamp);
/** Nobody writes anywhere, and nobody was torn from writing: a new field may take the focus. */
export const nobodyWrites = (): boolean => document.activeElement === document.body && !isCutOff();

/** Watches the page's fields; the answer stops it. `isField`: whether one writes into it. */
export function watchFields(isField: (target: EventTarget | null) => boolean): () => void {
  // That it went is seen when it goes, not when the next key comes.
  const gone = new MutationObserver(() => void isCutOff());
  const entered = ({ target }: FocusEvent) => {
    if (!isField(target)) return;
    written.entered(target as HTMLElement);
    gone.observe(document, { childList: true, subtree: true });
  };
  // Browsers tell of a blur before the field is taken out, too: a moment later it is known which of the two it was.
  const left = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (document.activeElement === target) return;
      written.left(target as HTMLElement);
      isCutOff();
      if (!isField(document.activeElement)) gone.disconnect();
    });
  const pressed = (event: KeyboardEvent) => written.pressed(event, event.timeStamp);
  const pointed = () => written.pointed();
  document.addEventListener("focusin", entered);
  document.addEventListener("focusout", left);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("pointerdown", pointed, true);
  return () => {
    gone.disconnect();
    document.removeEventListener("focusin", entered);
    document.removeEventListener("focusout", left);
    document.removeEventListener("keydown", pressed, true);
    document.removeEventListener("pointerdown", pointed, true);
  };
}
