import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "@/api/use-draft";
import { TextAreaField } from "@/shared/ui/Field";
import { notify } from "@/shared/ui/notices";
import { failureText, record } from "../store/commands";
import { PanelForm } from "@/shared/ui/PanelForm";

/** Asks a lead, who sees this conversation with it. */
export function HelpPanel({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation("agent");
  const [text, setText] = useDraft("help", id, "");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    const done = await record(id, { kind: "help_requested", text: text.trim(), of: "supervisor" });
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    setText("");
    notify(t("help.asked"));
    onDone();
  };
  return (
    <PanelForm title={t("help.title")} submit={t("help.submit")} busy={busy} failure={failure} ready={text.trim() !== ""} onSubmit={() => void submit()} onCancel={onDone}>
      <TextAreaField label={t("help.text")} hint={t("help.hint")} rows={2} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
    </PanelForm>
  );
}
