import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Icon } from "./Icon";
import styles from "./Dialog.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean; hideTitle?: boolean };

/** A dialog over the page: the browser keeps focus in it and gives it back; Escape closes. Mounted means open. */
export function Dialog({ title, onClose, children, wide = false, hideTitle = false }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={[styles.dialog, wide && styles.wide].filter(Boolean).join(" ")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className={hideTitle ? undefined : styles.inside}>
        <header className={hideTitle ? "visually-hidden" : styles.header}>
          <h2 id={id}>{title}</h2>
          {!hideTitle && <Button kind="quiet" aria-label={t("close")} icon={<Icon name="cross" />} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}
