import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { wordsOf, type Difference, type FormValue } from "../model/form";
import type { FieldSpec } from "../model/resources";
import styles from "./Conflict.module.css";

/** Somebody else was there first: what differs, side by side, and a choice. Nothing was saved. */
export function Conflict({ list, onMine, onTheirs }: { list: readonly Difference[]; onMine: () => void; onTheirs: () => void }) {
  const { t } = useTranslation("admin");
  const text = (field: FieldSpec, value: FormValue) => (typeof value === "boolean" ? t(value ? "yes" : "no") : wordsOf(field, value)) || t("nothing");
  return (
    <div role="alert" className={styles.box}>
      <p className={styles.title}>{t("conflict.title")}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("conflict.field")}</th>
            <th scope="col">{t("conflict.theirs")}</th>
            <th scope="col">{t("conflict.mine")}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.field.name}>
              <th scope="row">{t(`field.${one.field.name}`)}</th>
              <td>{text(one.field, one.theirs)}</td>
              <td>{text(one.field, one.mine)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.buttons}>
        <Button onClick={onTheirs}>{t("conflict.takeTheirs")}</Button>
        <Button onClick={onMine}>{t("conflict.keepMine")}</Button>
      </div>
    </div>
  );
}
