import { useTranslation } from "react-i18next";
import { attachmentsOf } from "./attachments";

/** What an event says in one line of a list; of files without words, that they were sent. */
export function useWords(): (event: { text?: string; [field: string]: unknown }) => string {
  const { t } = useTranslation("timeline");
  return (event) => {
    const files = attachmentsOf(event);
    if (event.text !== undefined && event.text !== "") return event.text;
    return files.length === 0 ? "" : t("file.sent", { name: files.map((one) => one.name).join(", ") });
  };
}
