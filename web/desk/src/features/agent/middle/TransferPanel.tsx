import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice, SelectField } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/States";
import type { Conversation } from "../model/conversation";
import { failureText, transfer, type Target } from "../store/commands";
import { useColleagues, useQueues } from "../store/reads";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

type Way = "warm" | "cold";

/** To whom, and whether they read it first while the customer stays here (warm) or it goes at once (cold). */
export function TransferPanel({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const { t } = useTranslation("agent");
  const { id, live } = conversation;
  const queues = useQueues();
  const colleagues = useColleagues();
  const [target, setTarget] = useState("");
  const [way, setWay] = useState<Way>("warm");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const free = (colleagues.data ?? []).filter((one) => one.presence === "available");
  const others = (queues.data ?? []).filter((one) => one.brand === live?.brand && one.id !== live.queue);

  const submit = async () => {
    const [to, wanted] = target.split(" ", 2) as [Target["to"], string];
    setBusy(true);
    const done = await transfer(id, { to, target: wanted }, way === "warm");
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    onDone();
  };

  if (queues.isLoading || colleagues.isLoading) return <Skeleton lines={2} />;
  return (
    <PanelForm title={t("transfer.title")} submit={t(way === "warm" ? "transfer.ask" : "transfer.hand")} busy={busy} failure={failure} ready={target !== ""} onSubmit={() => void submit()} onCancel={onDone}>
      <Fields>
        <SelectField label={t("transfer.target")} hint={free.length === 0 ? t("transfer.nobodyFree") : undefined} value={target} onChange={(event) => setTarget(event.target.value)}>
          <option value="">{t("transfer.choose")}</option>
          {free.length > 0 && (
            <optgroup label={t("transfer.colleagues")}>
              {free.map((one) => (
                <option key={one.agent} value={`agent ${one.agent}`}>
                  {t("transfer.colleague", { name: one.name, state: t(`workShort.${one.work_state}`) })}
                </option>
              ))}
            </optgroup>
          )}
          {others.length > 0 && (
            <optgroup label={t("transfer.queues")}>
              {others.map((one) => (
                <option key={one.id} value={`queue ${one.id}`}>
                  {one.label ?? one.id}
                </option>
              ))}
            </optgroup>
          )}
        </SelectField>
        <Choice
          label={t("transfer.way")}
          value={way}
          options={[
            { value: "warm", label: t("transfer.warm") },
            { value: "cold", label: t("transfer.cold") },
          ]}
          onChange={setWay}
        />
      </Fields>
      <p>{t(way === "warm" ? "transfer.warmWords" : "transfer.coldWords")}</p>
    </PanelForm>
  );
}
