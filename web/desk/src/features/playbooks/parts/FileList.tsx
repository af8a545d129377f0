import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PlaybookProblem } from "@/api/types";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import type { Listed } from "../model/draft";
import styles from "./FileList.module.css";

type Props = { files: readonly Listed[]; problems: readonly PlaybookProblem[]; current: string; writes: boolean; onOpen: (path: string) => void; onAdd: (path: string) => void; onForget: (() => void) | null };

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** The files by their folders, with what was changed and what is wrong in them. */
export function FileList({ files, problems, current, writes, onOpen, onAdd, onForget }: Props) {
  const { t } = useTranslation("playbooks");
  const [adding, setAdding] = useState(false);
  const [sure, setSure] = useState(false);
  const folders = [...new Set(files.map((one) => folderOf(one.path)))].toSorted();
  const wrong = (path: string) => problems.filter((one) => one.file === path).length;
  return (
    <nav className={styles.box} aria-label={t("files.title")}>
      {folders.map((folder) => (
        <div key={folder}>
          {folder !== "" && <p className={styles.folder}>{folder}</p>}
          <ul>
            {files.filter((one) => folderOf(one.path) === folder).map((one) => (
              <li key={one.path}>
                <button type="button" className={styles.file} aria-current={one.path === current ? "true" : undefined} data-change={one.change} onClick={() => onOpen(one.path)}>
                  <span className={styles.name}>{one.path.slice(folder.length)}</span>
                  {one.change !== "none" && <span className={styles.change}>{t(`files.change.${one.change}`)}</span>}
                  {wrong(one.path) > 0 && <span className={styles.wrong} title={t("files.wrong", { count: wrong(one.path) })}><span aria-hidden="true">{wrong(one.path)}</span><span className="visually-hidden">{t("files.wrong", { count: wrong(one.path) })}</span></span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {writes && adding && <NewFile taken={files.map((one) => one.path)} onAdd={(path) => { setAdding(false); onAdd(path); }} onCancel={() => setAdding(false)} />}
      {writes && (
        <div className={styles.buttons}>
          {!adding && <Button kind="quiet" onClick={() => setAdding(true)}>{t("files.add")}</Button>}
          {onForget && (
            <Button kind="quiet" onClick={() => (sure ? onForget() : setSure(true))} onBlur={() => setSure(false)}>
              {sure ? t("files.forgetSure") : t("files.forget")}
            </Button>
          )}
        </div>
      )}
    </nav>
  );
}

function NewFile({ taken, onAdd, onCancel }: { taken: readonly string[]; onAdd: (path: string) => void; onCancel: () => void }) {
  const { t } = useTranslation("playbooks");
  const [path, setPath] = useState("practices/");
  const name = path.trim();
  const error = taken.includes(name) ? t("files.taken") : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (error === undefined && name !== "" && !name.endsWith("/")) onAdd(name);
  };
  return (
    <form className={styles.form} aria-label={t("files.add")} onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onCancel()}>
      <TextField label={t("files.path")} hint={t("files.pathHint")} error={error} autoFocus spellCheck={false} value={path} onChange={(event) => setPath(event.target.value)} />
      <Button type="submit">{t("files.make")}</Button>
    </form>
  );
}
