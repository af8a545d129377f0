import { useTranslation } from "react-i18next";
import { sizeText } from "@/shared/timeline/attachments";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { failureText } from "../store/commands";
import { attachAgain, dropBeyond, dropUpload, useBeyond, useUploads, type Upload } from "../store/uploads";
import styles from "./Uploads.module.css";

/** Files that the customer does not have yet: how far they are, or why they are refused. */
export function Uploads({ interaction }: { interaction: string }) {
  const { t } = useTranslation("agent");
  const list = useUploads(interaction);
  const beyond = useBeyond(interaction);
  if (list.length === 0 && beyond === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("file.list")}>
      {list.map((one) => (
        <li key={one.id} className={styles.line}>
          <Line interaction={interaction} upload={one} />
        </li>
      ))}
      {beyond > 0 && (
        <li className={styles.line}>
          <span className={styles.refused} role="alert">
            <span>{t("file.beyond", { count: beyond })}</span>
            <Button kind="quiet" aria-label={t("file.discardBeyond")} onClick={() => dropBeyond(interaction)}>
              {t("pending.discard")}
            </Button>
          </span>
        </li>
      )}
    </ul>
  );
}

function Line({ interaction, upload: { id, file, state, share, failure } }: { interaction: string; upload: Upload }) {
  const { t, i18n } = useTranslation("agent");
  const { name } = file;
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  const why = failure === null ? "" : i18n.exists(`agent:file.why.${failure.code}`) ? t(`file.why.${failure.code}`) : failureText(failure);
  return (
    <>
      <Icon name="clip" size={14} />
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.size}>{sizeText(file.size, i18n.language)}</span>
      {state === "waiting" && <span className={styles.size}>{t("file.waits")}</span>}
      {state === "sending" && (
        <>
          <progress className={styles.share} value={share} max={1} aria-label={t("file.share", { share: percent, name })} />
          <span className={styles.size}>{percent}</span>
        </>
      )}
      {state === "refused" ? (
        <span className={styles.refused} role="alert">
          <span>{t("pending.refused", { why })}</span>
          <Button kind="quiet" aria-label={t("file.again", { name })} onClick={() => attachAgain(interaction, id)}>
            {t("common:retry")}
          </Button>
          <Button kind="quiet" aria-label={t("file.discard", { name })} onClick={() => dropUpload(interaction, id)}>
            {t("pending.discard")}
          </Button>
        </span>
      ) : (
        <Button kind="quiet" className={styles.stop} aria-label={t("file.stop", { name })} title={t("file.stop", { name })} icon={<Icon name="cross" size={14} />} onClick={() => dropUpload(interaction, id)} />
      )}
    </>
  );
}
