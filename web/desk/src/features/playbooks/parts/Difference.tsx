import { useTranslation } from "react-i18next";
import { causeOf } from "@/api/result";
import { Empty, Failed, Skeleton } from "@/shared/ui/States";
import { useDifference } from "../model/reads";
import styles from "./Difference.module.css";

type FileDifference = { path: string; change: "added" | "removed" | "changed"; lines: { kind: "same" | "removed" | "added"; text: string; before?: number; after?: number }[] };

const signs = { same: " ", removed: "−", added: "+" } as const;

/** What differs between two playbooks, file by file, line by line. */
export function Difference({ id, to }: { id: string; to: string }) {
  const { t } = useTranslation("playbooks");
  const read = useDifference(id, to);
  const failure = causeOf(read.error);
  if (read.isPending) return <div className={styles.box}><Skeleton lines={8} /></div>;
  if (read.isError) return <Failed code={failure.code} retry={() => void read.refetch()} />;
  const files: readonly FileDifference[] = read.data.files;
  if (files.length === 0) return <Empty title={t("difference.none")} />;
  return (
    <div className={styles.box} tabIndex={0} role="region" aria-label={t("tab.difference")}>
      {files.map((file) => (
        <section key={file.path} className={styles.file} aria-label={file.path}>
          <h3 className={styles.path}>
            {file.path} <span className={styles.change}>{t(`files.change.${file.change}`)}</span>
          </h3>
          <table className={styles.lines}>
            <tbody>
              {file.lines.map((line, at) => (
                <tr key={at} className={styles[line.kind]}>
                  <td className={styles.number}>{line.before}</td>
                  <td className={styles.number}>{line.after}</td>
                  <td className={styles.text}>
                    <span aria-hidden="true">{signs[line.kind]}</span> {line.kind !== "same" && <span className="visually-hidden">{t(`difference.${line.kind}`)}</span>}
                    {line.text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
