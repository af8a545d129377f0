import styles from "./KeyHint.module.css";

const signs: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

/** The words on the keys: "Ctrl+k" is written "Ctrl K". */
export function keyText(key: string): string {
  return key
    .split("+")
    .map((part) => (signs[part] ?? (part.length === 1 ? part.toUpperCase() : part)))
    .join(" ");
}

/** Which key does this; for the eye only, the list of keys tells it to all. */
export function KeyHint({ of }: { of: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {keyText(of)}
    </kbd>
  );
}
