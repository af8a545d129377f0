import { namesOf } from "./names";
import styles from "./PracticeChoice.module.css";

/** A practice by its name, to be chosen in a table of them. `onChoose` null: there is nothing more to see of it. */
export function PracticeChoice({ practice, chosen, onChoose }: { practice: string; chosen: boolean; onChoose: (() => void) | null }) {
  const { chapter, name } = namesOf(practice);
  const words = (
    <>
      {name} <span className={styles.chapter}>{chapter}</span>
    </>
  );
  if (onChoose === null) return <span className={styles.quiet}>{words}</span>;
  return (
    <button type="button" className={styles.practice} aria-pressed={chosen} onClick={onChoose}>
      {words}
    </button>
  );
}
