import { useTranslation } from "react-i18next";
import type { PlaybookProblem } from "@/api/types";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";
import type { Check } from "../model/check";
import styles from "./Problems.module.css";

/** What is wrong, each a way to its place; or that nothing is. */
export function Problems({ check, changed, onOpen }: { check: Check; changed: boolean; onOpen: (problem: PlaybookProblem) => void }) {
  const { t } = useTranslation("playbooks");
  const count = check.problems.length;
  const status =
    check.state === "failed" ? t(["common:failure." + check.failure.code, "common:failure.other"])
    : check.state !== "checked" ? t("check.checking")
    : count > 0 ? t("check.wrong", { count })
    : t(changed ? "check.sound" : "check.asSaved", { count: check.practices });
  return (
    <section className={styles.box} aria-label={t("check.title")} data-wrong={count > 0 || undefined}>
      <header className={styles.head}>
        <p role="status" className={styles.status}>
          {check.state === "checked" && count === 0 && <Icon name="check" size={14} />}
          {status}
        </p>
        {count > 0 && <ActionButton action="playbooks.nextProblem" kind="quiet" />}
      </header>
      {count > 0 && (
        <ul id="playbook-problems" className={styles.list}>
          {check.problems.map((one, at) => (
            <li key={at}>
              <button type="button" className={styles.problem} onClick={() => onOpen(one)}>
                <span className={styles.place}>{one.line > 0 ? t("check.place", { file: one.file, line: one.line, column: one.column }) : one.file}</span>
                <span>{one.message}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
