import { useState } from "react";
import { useTranslation } from "react-i18next";
import { end } from "../store/commands";
import { PanelForm } from "@/shared/ui/PanelForm";

/** Ending is asked twice: the key beside it is easily hit. */
export function EndPanel({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const { t } = useTranslation("agent");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    await end(id);
    setBusy(false);
    onDone();
  };
  return <PanelForm title={t("end.title", { name })} submit={t("end.submit")} busy={busy} failure={null} onSubmit={() => void submit()} onCancel={onDone} />;
}
