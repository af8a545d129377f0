import type { ComponentProps, ReactNode } from "react";
import { KeyHint } from "./KeyHint";
import styles from "./Button.module.css";

export type ButtonKind = "primary" | "plain" | "quiet";

type Props = ComponentProps<"button"> & {
  kind?: ButtonKind;
  /** The key that does the same, as in the table of actions. */
  hint?: string | undefined;
  busy?: boolean;
  icon?: ReactNode;
};

/** A button says what it does; while it is at it, it is busy and takes no second press. */
export function Button({ kind = "plain", hint, busy = false, icon, children, className, disabled, type = "button", ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={[styles.button, styles[kind], className].filter(Boolean).join(" ")}
    >
      {icon}
      {children !== undefined && <span className={styles.label}>{children}</span>}
      {hint !== undefined && <KeyHint of={hint} />}
    </button>
  );
}
