import { useId, type ComponentProps, type ReactNode } from "react";
import styles from "./Field.module.css";

type Frame = { label: string; hint?: ReactNode; error?: string | undefined; hideLabel?: boolean };

type Parts = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined; className: string };

/** A labelled control; what is wrong with it stands below it and is read with it. */
function Framed({ label, hint, error, hideLabel = false, children }: Frame & { children: (parts: Parts) => ReactNode }) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": below === undefined ? undefined : `${id}-below`,
        "aria-invalid": error === undefined ? undefined : true,
        className: styles.control ?? "",
      })}
      {below !== undefined && (
        <p id={`${id}-below`} className={error === undefined ? styles.hint : styles.error}>
          {below}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, ...rest }: Frame & ComponentProps<"input">) {
  return <Framed {...framed(label, hint, error, hideLabel)}>{(parts) => <input type="text" autoComplete="off" {...rest} {...parts} />}</Framed>;
}

export function SelectField({ label, hint, error, hideLabel, children, ...rest }: Frame & ComponentProps<"select">) {
  return (
    <Framed {...framed(label, hint, error, hideLabel)}>
      {(parts) => (
        <select {...rest} {...parts}>
          {children}
        </select>
      )}
    </Framed>
  );
}

export function TextAreaField({ label, hint, error, hideLabel, ...rest }: Frame & ComponentProps<"textarea">) {
  return <Framed {...framed(label, hint, error, hideLabel)}>{(parts) => <textarea {...rest} {...parts} />}</Framed>;
}

function framed(label: string, hint: ReactNode, error: string | undefined, hideLabel: boolean | undefined): Frame {
  return { label, hint, error, hideLabel: hideLabel ?? false };
}

/** One of a few, all in sight: a group of radio buttons that looks like one control. */
export function Choice<Value extends string>({ label, value, options, onChange, hideLabel = false }: {
  label: string;
  value: Value | null;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={hideLabel ? "visually-hidden" : styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
