import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUserNames } from "@/api/names";
import { causeOf } from "@/api/result";
import { may } from "@/api/session";
import type { PlaybookProblem, PlaybookVersion } from "@/api/types";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { exactText } from "@/shared/time/format";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Choice } from "@/shared/ui/Field";
import { Failed, Skeleton } from "@/shared/ui/States";
import { useCheck, type Check } from "../model/check";
import { forgetChanges, listed, useChanges, writeFile, type File } from "../model/draft";
import { usePlaybook } from "../model/reads";
import { nextProblem } from "../model/text";
import { Difference } from "./Difference";
import { Editor, type EditorHandle } from "./Editor";
import { FileList } from "./FileList";
import { LiveForm } from "./LiveForm";
import styles from "./PlaybookView.module.css";
import { Problems } from "./Problems";
import { SaveForm } from "./SaveForm";
import { TrialForm } from "./TrialForm";

type Panel = "save" | "try" | "live";
type Tab = "files" | "difference";

/** One playbook: its files, to change for those who may; checked while one types. */
export function PlaybookView({ id }: { id: string }) {
  const read = usePlaybook(id);
  const failure = causeOf(read.error);
  if (read.isPending) return <div className={styles.state}><Skeleton lines={10} /></div>;
  if (read.isError) return <Failed code={failure.code} retry={() => void read.refetch()} />;
  return <Opened id={id} version={read.data.version} files={read.data.files} />;
}

function Opened({ id, version, files }: { id: string; version: PlaybookVersion | null; files: readonly File[] }) {
  const { t } = useTranslation("playbooks");
  const me = useMe();
  const writes = may(me, "playbooks.write");
  const changes = useChanges(id);
  const all = useMemo(() => listed(files, changes), [files, changes]);
  const changed = Object.keys(changes).length > 0;
  const check = useCheck(id, version?.brand ?? "", changes, writes);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [tab, setTab] = useState<Tab>("files");
  const [path, setPath] = useState(() => files.find((one) => one.path === "playbook.yaml")?.path ?? files[0]?.path ?? "");
  const editor = useRef<EditorHandle>(null);
  const shown = all.find((one) => one.path === path) ?? all[0];

  const open = (file: string, place?: Pick<PlaybookProblem, "line" | "column">) => {
    setTab("files");
    setPath(file);
    // Once the file is drawn.
    window.requestAnimationFrame(() => editor.current?.goTo(place ?? null));
  };
  const next = () => {
    const here = editor.current?.place();
    const problem = nextProblem(check.problems, here && shown ? { file: shown.path, ...here } : null);
    if (problem) open(problem.file, problem);
  };
  const sound = check.state === "checked" && check.problems.length === 0;
  useAction("playbooks.nextProblem", check.problems.length > 0 ? next : null);
  useAction("playbooks.save", writes && changed && sound ? () => setPanel("save") : null);
  useAction("playbooks.try", may(me, "playbooks.trial") && !changed ? () => setPanel("try") : null);
  useAction("playbooks.live", writes && !changed ? () => setPanel("live") : null);

  return (
    <section className={styles.view} aria-label={version ? t("version", { name: version.name, version: version.version }) : id}>
      <header className={styles.head}>
        <About id={id} version={version} changed={changed} />
        {version?.based_on && (
          <Choice label={t("tab.label")} hideLabel value={tab} options={[{ value: "files" as const, label: t("tab.files") }, { value: "difference" as const, label: t("tab.difference") }]} onChange={setTab} />
        )}
        <div className={styles.buttons}>
          {may(me, "playbooks.trial") && <ActionButton action="playbooks.try" />}
          {writes && <ActionButton action="playbooks.live" />}
          {writes && <ActionButton action="playbooks.save" kind="primary" />}
        </div>
      </header>
      {panel === "save" && <SaveForm id={id} version={version} changes={changes} onDone={() => setPanel(null)} />}
      {panel === "try" && <TrialForm id={id} version={version} presets={presetsOf(version, check)} onDone={() => setPanel(null)} />}
      {panel === "live" && <LiveForm id={id} version={version} presets={presetsOf(version, check)} onDone={() => setPanel(null)} />}
      {tab === "difference" && version ? (
        <Difference id={version.based_on} to={id} />
      ) : (
        <div className={styles.work}>
          <FileList
            files={all}
            problems={check.problems}
            current={shown?.path ?? ""}
            writes={writes}
            onOpen={open}
            onAdd={(added) => {
              writeFile(id, files, added, "");
              open(added);
            }}
            onForget={changed ? () => forgetChanges(id) : null}
          />
          <div className={styles.editing}>
            {shown && (
              <Editor
                key={shown.path}
                ref={editor}
                file={shown}
                problems={check.problems.filter((one) => one.file === shown.path)}
                readOnly={!writes}
                onChange={(text) => writeFile(id, files, shown.path, text)}
                onRemove={() => writeFile(id, files, shown.path, null)}
                onRestore={() => writeFile(id, files, shown.path, files.find((one) => one.path === shown.path)?.text ?? null)}
              />
            )}
            {writes && <Problems check={check} changed={changed} onOpen={(problem) => open(problem.file, problem)} />}
          </div>
        </div>
      )}
    </section>
  );
}

const presetsOf = (version: PlaybookVersion | null, check: Check): readonly string[] => version?.presets ?? (check.state === "checked" ? check.presets : []);

function About({ id, version, changed }: { id: string; version: PlaybookVersion | null; changed: boolean }) {
  const { t, i18n } = useTranslation("playbooks");
  const users = useUserNames();
  const facts = version
    ? [version.note, version.brand === "" ? t("allBrands") : version.brand, t("by", { name: users.get(version.by) ?? t("somebody"), at: exactText(Date.parse(version.at), i18n.language) })]
    : [t("builtInWords")];
  return (
    <div className={styles.about}>
      <h2 className={styles.title}>
        {version ? t("version", { name: version.name, version: version.version }) : id}
        {changed && <span className={styles.changed}>{t("unsaved")}</span>}
      </h2>
      <p className={styles.facts}>{facts.filter((one) => one !== "").join(" · ")}</p>
    </div>
  );
}
