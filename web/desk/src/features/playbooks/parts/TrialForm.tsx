import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useBrands } from "@/api/names";
import { asked } from "@/api/result";
import type { Channel, PlaybookVersion } from "@/api/types";
import { SelectField, TextField } from "@/shared/ui/Field";
import { useFailureText } from "@/shared/ui/use-tell";
import { trialsKey, useQueueNames } from "../model/reads";
import { BrandField, PresetField } from "./BrandField";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

const channels: readonly Channel[] = ["voice", "chat", "email", "message"];
const usual = 200;
const most = 2_000;

/** Which past interactions it is tried on; nothing is changed by it. */
export function TrialForm({ id, version, presets, onDone }: { id: string; version: PlaybookVersion | null; presets: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation("playbooks");
  const words = useFailureText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const queues = useQueueNames();
  const brands = useBrands();
  const only = brands.data?.length === 1 ? (brands.data[0]?.id ?? "") : "";
  const [chosen, setChosen] = useState(version?.brand ?? "");
  const [preset, setPreset] = useState("");
  const [count, setCount] = useState(String(usual));
  const [queue, setQueue] = useState("");
  const [channel, setChannel] = useState("");
  const [said, setSaid] = useState("");
  const [from, setFrom] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const brand = chosen || only;
  const interactions = Number(count);
  const fits = Number.isInteger(interactions) && interactions >= 1 && interactions <= most;
  const start = async () => {
    setBusy(true);
    const body = {
      brand, interactions,
      ...(preset && { preset }),
      ...(queue && { queue }),
      ...(channel && { channel: channel as Channel }),
      ...(said.trim() && { words: said.trim() }),
      ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    };
    const begun = await asked(api.POST("/api/v1/playbooks/{id}/trials", { params: { path: { id } }, body }));
    setBusy(false);
    if (!begun.ok) return setFailure(begun.failure.code === "too_many" ? t("trial.tooMany") : words(begun.failure));
    await queries.invalidateQueries({ queryKey: trialsKey });
    onDone();
    void navigate(`/playbooks/trials/${begun.value.id}`);
  };
  const any = t("trial.any");
  return (
    <PanelForm look="band" title={t("trial.title")} words={t("trial.words")} submit={t("trial.start")} busy={busy} failure={failure} ready={brand !== "" && fits} onSubmit={() => void start()} onCancel={onDone}>
      <Fields>
        <BrandField value={brand} fixed={(version?.brand ?? "") !== ""} onChange={setChosen} />
        <TextField label={t("trial.count")} type="number" min={1} max={most} value={count} error={fits ? undefined : t("trial.countWrong", { most })} onChange={(event) => setCount(event.target.value)} />
        <PresetField presets={presets} value={preset} onChange={setPreset} />
        <SelectField label={t("trial.queue")} value={queue} onChange={(event) => setQueue(event.target.value)}>
          <option value="">{any}</option>
          {queues.data?.filter((one) => brand === "" || one.brand === brand).map((one) => (
            <option key={one.id} value={one.id}>{one.label ?? one.id}</option>
          ))}
        </SelectField>
        <SelectField label={t("trial.channel")} value={channel} onChange={(event) => setChannel(event.target.value)}>
          <option value="">{any}</option>
          {channels.map((one) => (
            <option key={one} value={one}>{t(`channel.${one}`)}</option>
          ))}
        </SelectField>
        <TextField label={t("trial.said")} value={said} onChange={(event) => setSaid(event.target.value)} />
        <TextField label={t("trial.from")} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </Fields>
    </PanelForm>
  );
}
