import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { allActions, runAction, useOfferedIds } from "@/shared/actions/actions";
import { Dialog } from "@/shared/ui/Dialog";
import { KeyHint } from "@/shared/ui/KeyHint";
import type { Area } from "./areas";
import { rank } from "./rank";
import styles from "./Palette.module.css";

type Command = { id: string; label: string; group: string; key?: string | undefined; run: () => void };

/** Everything that can be done now, found by a few letters. */
export function Palette({ areas, onClose }: { areas: readonly Area[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const commands = useCommands(areas);
  const found = useMemo(() => rank(commands, words), [commands, words]);
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back, so that what runs may take it.
    window.setTimeout(command.run);
  };
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: found.length - 1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((at + step) % found.length);
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Dialog title={t("action.palette")} hideTitle onClose={onClose}>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen && `${list}-${chosen.id}`}
        aria-label={t("action.palette")}
        placeholder={t("palette.placeholder")}
        autoComplete="off"
        autoFocus
        value={words}
        onKeyDown={walk}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
      />
      <ul id={list} role="listbox" aria-label={t("palette.results")} className={styles.list}>
        {found.map((command) => (
          <li
            key={command.id}
            id={`${list}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            ref={(shown) => {
              if (command === chosen) shown?.scrollIntoView({ block: "nearest" });
            }}
            className={styles.option}
            onMouseMove={() => setAt(found.indexOf(command))}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            <span className={styles.group}>{command.group}</span>
            {command.key !== undefined && <KeyHint of={command.key} />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>{t("palette.none")}</p>}
    </Dialog>
  );
}

function useCommands(areas: readonly Area[]): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const offered = useOfferedIds();
  const actions = allActions()
    .filter((one) => offered.has(one.id) && one.id !== "app.palette")
    .map((one) => ({ id: one.id, label: t(one.label), group: t(one.group), key: one.key, run: () => void runAction(one.id) }));
  const places = areas.map((area) => ({
    id: `go${area.path.replaceAll("/", ".")}`,
    label: t("palette.go", { area: t(area.label) }),
    group: t("areas"),
    run: () => void navigate(area.path),
  }));
  return [...actions, ...places];
}
