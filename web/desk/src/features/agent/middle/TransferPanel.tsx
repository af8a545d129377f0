import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { Choice, SelectField, TextField } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/States";
import type { Conversation } from "../model/conversation";
import { failureText, transfer, transferOutside, type Target } from "../store/commands";
import { useColleagues, useQueues } from "../store/reads";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

type Way = "warm" | "cold";

const outside = "outside";

/** To whom, and whether they read it first while the customer stays here (warm) or it goes at once (cold); a call also to a number outside. */
export function TransferPanel({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const { t } = useTranslation("agent");
  const { id, live } = conversation;
  const calls = useMe().permissions.includes("calls.place") && live?.channel === "voice" && !live.voicemail;
  const queues = useQueues();
  const colleagues = useColleagues();
  const [wanted, setWanted] = useState("");
  const [number, setNumber] = useState("");
  const [way, setWay] = useState<Way>("warm");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const free = (colleagues.data ?? []).filter((one) => one.presence === "available");
  const others = (queues.data ?? []).filter((one) => one.brand === live?.brand && one.id !== live.queue);

  // Who is no longer free is no longer chosen.
  const there = wanted === outside || free.some((one) => wanted === `agent ${one.agent}`) || others.some((one) => wanted === `queue ${one.id}`);
  const target = there ? wanted : "";
  const leaves = target === outside;
  const ready = leaves ? number.trim() !== "" : target !== "";
  const does = leaves ? "send" : way === "warm" ? "ask" : "hand";

  const submit = async () => {
    const [to, whom] = target.split(" ", 2) as [Target["to"], string];
    setBusy(true);
    const done = leaves ? await transferOutside(id, number.trim()) : await transfer(id, { to, target: whom }, way === "warm");
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    onDone();
  };

  if (queues.isLoading || colleagues.isLoading) return <Skeleton lines={2} />;
  return (
    <PanelForm title={t("transfer.title")} submit={t(`transfer.${does}`)} busy={busy} failure={failure} ready={ready} onSubmit={() => void submit()} onCancel={onDone}>
      <Fields>
        <SelectField label={t("transfer.target")} hint={free.length === 0 ? t("transfer.nobodyFree") : undefined} value={target} onChange={(event) => setWanted(event.target.value)}>
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
          {calls && (
            <optgroup label={t("transfer.outside")}>
              <option value={outside}>{t("transfer.outsideNumber")}</option>
            </optgroup>
          )}
        </SelectField>
        {leaves ? (
          <TextField label={t("transfer.number")} inputMode="tel" maxLength={64} value={number} onChange={(event) => setNumber(event.target.value)} />
        ) : (
          <Choice
            label={t("transfer.way")}
            value={way}
            options={[
              { value: "warm", label: t("transfer.warm") },
              { value: "cold", label: t("transfer.cold") },
            ]}
            onChange={setWay}
          />
        )}
      </Fields>
      <p>{t(leaves ? "transfer.outsideWords" : way === "warm" ? "transfer.warmWords" : "transfer.coldWords")}</p>
    </PanelForm>
  );
}
