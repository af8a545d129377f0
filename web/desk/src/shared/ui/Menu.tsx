import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import styles from "./Menu.module.css";

export type MenuItem = { id: string; label: ReactNode; checked?: boolean; run: () => void };

type Props = { label: string; button: ReactNode; buttonClass?: string | undefined; items: readonly MenuItem[]; end?: boolean; wordless?: boolean };

/**
 * A button that opens a list of commands: arrows walk, Enter chooses, Escape and Tab leave. `label` names
 * the list, and the button where that is `wordless`: what stands on it in words is its name otherwise.
 */
export function Menu({ label, button, buttonClass, items, end = false, wordless = true }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const first = list.current?.querySelector<HTMLElement>("[aria-checked=true]") ?? list.current?.querySelector<HTMLElement>("[role^=menuitem]");
    first?.focus();
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const leave = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const walk = (event: KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[to % entries.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (event.key === "Tab") setOpen(false);
  };

  return (
    <div ref={root} className={styles.menu}>
      <button ref={opener} type="button" aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={wordless ? label : undefined} className={buttonClass} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <ul ref={list} id={id} role="menu" aria-label={label} className={[styles.list, end && styles.end].filter(Boolean).join(" ")} onKeyDown={walk}>
          {items.map((item) => (
            <li key={item.id} role="none">
              <button
                type="button"
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                tabIndex={-1}
                className={styles.item}
                onClick={() => {
                  leave();
                  item.run();
                }}
              >
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
