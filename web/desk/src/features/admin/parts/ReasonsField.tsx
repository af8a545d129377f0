import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { moved, newReason, outcomes, reasonTroubles, suggestedId, withChild, withReason, without, type Move, type Reason, type ReasonTrouble } from "../model/reasons";
import frame from "./EditorBox.module.css";
import styles from "./ReasonsField.module.css";

type Props = { label: string; value: readonly Reason[]; tried: boolean; disabled: boolean; onChange: (value: readonly Reason[]) => void };

const moves: readonly Move[] = ["up", "down", "out", "in"];
const moveOfKey: Readonly<Record<string, Move>> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const signs: Readonly<Record<Move, string>> = { up: "↑", down: "↓", out: "←", in: "→" };

/** The tree of reasons: one is open at a time, and is renamed, moved and removed there. */
export function ReasonsField({ label, value, tried, disabled, onChange }: Props) {
  const { t } = useTranslation("admin");
  const [open, setOpen] = useState<string | null>(null);
  const troubles = reasonTroubles(value);
  const add = (above: string | null) => {
    const one = newReason();
    const next = above === null ? [...value, one] : withChild(value, above, one);
    if (!next) return;
    onChange(next);
    setOpen(one.key);
  };
  const tree: Tree = { root: value, open, troubles, tried, disabled, setOpen, change: onChange, add };
  return (
    <fieldset className={frame.box}>
      <legend>{label}</legend>
      {value.length === 0 && <p className={frame.words}>{t("reasons.none")}</p>}
      <Branch list={value} above="" tree={tree} />
      {!disabled && <Button className={frame.add} onClick={() => add(null)}>{t("reasons.add")}</Button>}
    </fieldset>
  );
}

interface Tree {
  root: readonly Reason[];
  open: string | null;
  troubles: ReadonlyMap<string, ReasonTrouble>;
  tried: boolean;
  disabled: boolean;
  setOpen(key: string | null): void;
  change(root: readonly Reason[]): void;
  add(above: string): void;
}

function Branch({ list, above, tree }: { list: readonly Reason[]; above: string; tree: Tree }) {
  if (list.length === 0) return null;
  return (
    <ul className={styles.list}>
      {list.map((reason) => (
        <li key={reason.key}>
          <Row reason={reason} above={above} tree={tree} />
          <Branch list={reason.children} above={reason.id} tree={tree} />
        </li>
      ))}
    </ul>
  );
}

function Row({ reason, above, tree }: { reason: Reason; above: string; tree: Tree }) {
  const { t } = useTranslation("admin");
  const isOpen = tree.open === reason.key;
  const trouble = tree.troubles.get(reason.key);
  // What is being filled in is no mistake yet.
  const told = trouble !== undefined && (tree.tried || !isOpen || trouble === "slug" || trouble === "twice");
  return (
    <>
      <div className={styles.row}>
        <button type="button" className={styles.name} aria-expanded={isOpen} disabled={tree.disabled} onClick={() => tree.setOpen(isOpen ? null : reason.key)}>
          <span>{reason.label || t("reasons.unnamed")}</span>
          <span className={styles.id}>{reason.id}</span>
          {reason.outcomes.length > 0 && <span className={styles.outcomes}>{reason.outcomes.map((one) => t(`reasons.outcome.${one}`)).join(", ")}</span>}
        </button>
      </div>
      {told && <p className={styles.error}>{t(`reasons.wrong.${trouble}`)}</p>}
      {isOpen && <OpenReason reason={reason} above={above} tree={tree} />}
    </>
  );
}

function OpenReason({ reason, above, tree }: { reason: Reason; above: string; tree: Tree }) {
  const { t } = useTranslation("admin");
  const box = useRef<HTMLDivElement>(null);
  const name = reason.label || t("reasons.unnamed");
  // What is moved is drawn anew elsewhere: the focus goes with it.
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  const put = (more: Partial<Reason>) => tree.change(withReason(tree.root, reason.key, more));
  const rename = (label: string) => {
    // The id of a new one goes with its name, until it is chosen by hand; others are referred to.
    const follows = reason.fresh === true && reason.id === suggestedId(reason.label, above);
    put(follows ? { label, id: suggestedId(label, above) } : { label });
  };
  const move = (how: Move) => {
    const next = moved(tree.root, reason.key, how);
    if (next) tree.change(next);
  };
  const pressed = (event: KeyboardEvent) => {
    const how = event.altKey ? moveOfKey[event.key] : undefined;
    if (how !== undefined) move(how);
    else if (event.key === "Escape") tree.setOpen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className={styles.open} role="group" aria-label={name} onKeyDown={pressed}>
      <div className={styles.fields}>
        <TextField label={t("reasons.label")} maxLength={100} value={reason.label} onChange={(event) => rename(event.target.value)} />
        <TextField label={t("reasons.id")} maxLength={100} spellCheck={false} value={reason.id} onChange={(event) => put({ id: event.target.value })} />
      </div>
      <div className={styles.buttons} role="group" aria-label={t("reasons.outcomes")}>
        <span className={frame.words}>{t("reasons.outcomes")}</span>
        {outcomes.map((one) => (
          <label key={one} className={styles.flag}>
            <input type="checkbox" checked={reason.outcomes.includes(one)} onChange={(event) => put({ outcomes: outcomes.filter((other) => (other === one ? event.target.checked : reason.outcomes.includes(other))) })} />
            {t(`reasons.outcome.${one}`)}
          </label>
        ))}
      </div>
      <div className={styles.buttons}>
        {moves.map((how) => (
          <Button key={how} aria-label={t(`reasons.move.${how}`, { name })} title={t(`reasons.move.${how}`, { name })} disabled={moved(tree.root, reason.key, how) === null} onClick={() => move(how)}>
            {signs[how]}
          </Button>
        ))}
        <Button disabled={withChild(tree.root, reason.key, reason) === null} onClick={() => tree.add(reason.key)}>{t("reasons.addBelow")}</Button>
        <Button kind="quiet" icon={<Icon name="cross" size={14} />} aria-label={t("reasons.remove", { name })} onClick={() => tree.change(without(tree.root, reason.key))}>{t("remove")}</Button>
      </div>
    </div>
  );
}
