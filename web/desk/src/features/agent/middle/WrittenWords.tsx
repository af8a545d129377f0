import styles from "./WrittenWords.module.css";

/** Words that somebody wrote and has not sent, three lines of them at most. */
export function WrittenWords({ text }: { text: string }) {
  return <q className={styles.words}>{text}</q>;
}
