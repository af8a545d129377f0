import { useState } from "react";
import { useTranslation } from "react-i18next";
import { allActions, useOfferedIds } from "@/shared/actions/actions";
import { setSingleKeys, singleKeysOn } from "@/shared/actions/keys";
import { Dialog } from "@/shared/ui/Dialog";
import { keyText } from "@/shared/ui/KeyHint";
import styles from "./KeysDialog.module.css";

/** All keys, by group; those that do something right now stand out. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const offered = useOfferedIds();
  const [single, setSingle] = useState(singleKeysOn);
  const keyed = allActions().filter((one) => one.key !== undefined);
  const groups = [...new Set(keyed.map((one) => one.group))];
  return (
    <Dialog wide title={t("keys.title")} onClose={onClose}>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={styles.group}>{t(group)}</h3>
            <dl>
              {keyed
                .filter((one) => one.group === group)
                .map((one) => (
                  <div key={one.id} className={styles.row}>
                    <dt className={offered.has(one.id) ? undefined : styles.resting}>{t(one.label)}</dt>
                    <dd>
                      <kbd className={styles.key}>{keyText(one.key ?? "")}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.words}>{t("keys.typing")}</p>
      <label className={styles.single}>
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            setSingleKeys(event.target.checked);
            setSingle(event.target.checked);
          }}
        />
        <span>
          {t("keys.single")}
          <span className={styles.words}> {t("keys.singleWhy")}</span>
        </span>
      </label>
    </Dialog>
  );
}
