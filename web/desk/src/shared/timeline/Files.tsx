import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { saveBlob, sizeText, type Attachment, type FetchFile } from "./attachments";
import styles from "./Files.module.css";

/** The files of a message, by name and size, to be saved. `fetchFile` is `null` for who may not open them. */
export function Files({ of, fetchFile }: { of: readonly Attachment[]; fetchFile: FetchFile | null }) {
  if (of.length === 0) return null;
  return (
    <span className={styles.files}>
      {of.map((one) => (
        <FileLine key={one.id} attachment={one} fetchFile={fetchFile} />
      ))}
    </span>
  );
}

function FileLine({ attachment: { id, name, bytes }, fetchFile }: { attachment: Attachment; fetchFile: FetchFile | null }) {
  const { t, i18n } = useTranslation("timeline");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const size = sizeText(bytes, i18n.language);
  const save = async (fetchIt: FetchFile) => {
    setBusy(true);
    const content = await fetchIt(id);
    setBusy(false);
    setFailed(content === null);
    if (content) saveBlob(content, name);
  };
  const words = (
    <>
      <Icon name="clip" size={14} />
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.size}>{size}</span>
    </>
  );
  return (
    <span className={styles.line}>
      {fetchFile === null ? (
        <span className={styles.file}>{words}</span>
      ) : (
        <button type="button" className={styles.file} aria-busy={busy || undefined} disabled={busy} onClick={() => void save(fetchFile)}>
          <span className="visually-hidden">{t("file.save")}</span>
          {words}
        </button>
      )}
      {failed && (
        <span role="alert" className={styles.failed}>
          {t("file.failed")}
        </span>
      )}
    </span>
  );
}
