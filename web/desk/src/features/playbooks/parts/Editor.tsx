import { memo, useImperativeHandle, useMemo, useRef, type KeyboardEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { PlaybookProblem } from "@/api/types";
import { Button } from "@/shared/ui/Button";
import type { Listed } from "../model/draft";
import { indentAfter, offsetOf, placeOf, tokens } from "../model/text";
import styles from "./Editor.module.css";

export interface EditorHandle {
  /** Puts the cursor there and into sight; `null`: to the start. */
  goTo(place: Pick<PlaybookProblem, "line" | "column"> | null): void;
  place(): { line: number; column: number };
}

type Props = {
  ref: Ref<EditorHandle>;
  file: Listed;
  problems: readonly PlaybookProblem[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onRemove: () => void;
  onRestore: () => void;
};

const linePixels = 20;
const linesAbove = 4;

/**
 * A file to write in: the browser's own text field, with the same text drawn over it in colours and with
 * what is wrong underlined. So undo, selection, spelling and screen readers work as everywhere.
 */
export function Editor({ ref, file, problems, readOnly, onChange, onRemove, onRestore }: Props) {
  const { t } = useTranslation("playbooks");
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = file.text ?? "";
  useImperativeHandle(ref, () => ({
    goTo(place) {
      const at = place === null ? 0 : offsetOf(field.current?.value ?? "", place);
      field.current?.focus({ preventScroll: true });
      field.current?.setSelectionRange(at, at);
      box.current?.scrollTo({ top: Math.max(0, ((place?.line ?? 1) - linesAbove) * linePixels), left: 0 });
    },
    place: () => placeOf(field.current?.value ?? "", field.current?.selectionStart ?? 0),
  }));
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || readOnly || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const { value, selectionStart } = event.currentTarget;
    // The only way to write into a field that its undo knows of.
    document.execCommand("insertText", false, `\n${indentAfter(value, selectionStart)}`);
  };
  return (
    <div className={styles.editor}>
      <header className={styles.head}>
        <h3 className={styles.path}>{file.path}</h3>
        {file.change !== "none" && !readOnly && <Button kind="quiet" onClick={onRestore}>{t("editor.restore")}</Button>}
        {file.text !== null && file.path !== "playbook.yaml" && !readOnly && <Button kind="quiet" onClick={onRemove}>{t("editor.remove")}</Button>}
      </header>
      {file.text === null ? (
        <p className={styles.gone}>{t("editor.gone")}</p>
      ) : (
        <div ref={box} className={styles.box}>
          <Drawn text={text} problems={problems} />
          <textarea
            ref={field}
            className={styles.field}
            aria-label={file.path}
            aria-invalid={problems.length > 0 || undefined}
            aria-describedby={problems.length > 0 ? "playbook-problems" : undefined}
            value={text}
            readOnly={readOnly}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            wrap="off"
            onKeyDown={pressed}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </div>
  );
}

/** The text as it is seen; nobody but the eye meets it. */
function Drawn({ text, problems }: { text: string; problems: readonly PlaybookProblem[] }) {
  const wrong = useMemo(() => {
    const found = new Map<number, number[]>();
    for (const { line, column } of problems) found.set(line, [...(found.get(line) ?? []), column]);
    return found;
  }, [problems]);
  return (
    <pre className={styles.drawn} aria-hidden="true">
      {text.split("\n").map((line, at) => (
        <DrawnLine key={at} number={at + 1} line={line} wrong={wrong.get(at + 1)?.join(" ") ?? ""} />
      ))}
    </pre>
  );
}

/** `wrong`: the columns of its problems, as text, so that a line is drawn again only when it changes. */
const DrawnLine = memo(function DrawnLine({ number, line, wrong }: { number: number; line: string; wrong: string }) {
  const columns = wrong === "" ? [] : wrong.split(" ").map(Number);
  return (
    <span className={styles.line} data-wrong={wrong !== "" || undefined}>
      <span className={styles.number} data-number={number} />
      {tokens(line, columns).map((token, at) => (
        <span key={at} className={[styles[token.kind], token.wrong && styles.wrong].filter(Boolean).join(" ")}>
          {token.text}
        </span>
      ))}
      {line === "" && columns.length > 0 && <span className={styles.wrong}>{" "}</span>}
      {"\n"}
    </span>
  );
});
