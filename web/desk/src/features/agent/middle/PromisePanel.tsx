import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "@/api/use-draft";
import { useNow } from "@/shared/time/now";
import { Choice, TextField } from "@/shared/ui/Field";
import { fromLocal, inLocal, nextMorning } from "../model/due";
import { failureText, record } from "../store/commands";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

type Kind = "promise" | "follow_up";

/** What was promised and by when, or what somebody will do later: written down while it is fresh. */
export function PromisePanel({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  const [kind, setKind] = useState<Kind>("promise");
  const [text, setText] = useDraft("promise", id, "");
  const [due, setDue] = useState(() => inLocal(nextMorning(now)));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const moment = fromLocal(due);
  const submit = async () => {
    if (moment === null) return;
    setBusy(true);
    const words = text.trim();
    const done = await record(id, kind === "promise" ? { kind, text: words, due: moment } : { kind: "followup_scheduled", what: words, due: moment });
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    setText("");
    onDone();
  };
  return (
    <PanelForm title={t("promise.title")} submit={t("promise.submit")} busy={busy} failure={failure} ready={text.trim() !== "" && moment !== null} onSubmit={() => void submit()} onCancel={onDone}>
      <TextField label={t("promise.text")} maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />
      <Fields>
        <Choice
          label={t("promise.kind")}
          value={kind}
          options={[
            { value: "promise", label: t("promise.promise") },
            { value: "follow_up", label: t("promise.followUp") },
          ]}
          onChange={setKind}
        />
        <TextField label={t("promise.due")} type="datetime-local" value={due} onChange={(event) => setDue(event.target.value)} />
      </Fields>
    </PanelForm>
  );
}
