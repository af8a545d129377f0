import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { brandsKey, useBrands } from "@/api/names";
import { asked } from "@/api/result";
import type { PlaybookVersion } from "@/api/types";
import { notify } from "@/shared/ui/notices";
import { useFailureText } from "@/shared/ui/use-tell";
import { BrandField, PresetField } from "./BrandField";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

/** From the brand's next interaction on it judges; said in so many words before it does. */
export function LiveForm({ id, version, presets, onDone }: { id: string; version: PlaybookVersion | null; presets: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation("playbooks");
  const words = useFailureText();
  const queries = useQueryClient();
  const brands = useBrands();
  const [brand, setBrand] = useState(version?.brand ?? "");
  const [preset, setPreset] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const name = brands.data?.find((one) => one.id === brand)?.name ?? brand;
  const activate = async () => {
    setBusy(true);
    const done = await asked(api.POST("/api/v1/playbooks/{id}/activate", { params: { path: { id } }, body: { brand, preset } }));
    setBusy(false);
    if (!done.ok) return setFailure(words(done.failure));
    await queries.invalidateQueries({ queryKey: brandsKey });
    notify(t("live.done", { brand: name }));
    onDone();
  };
  return (
    <PanelForm look="band" title={t("live.title")} words={t("live.words")} submit={brand === "" ? t("action.live") : t("live.submit", { brand: name })} busy={busy} failure={failure} ready={brand !== ""} onSubmit={() => void activate()} onCancel={onDone}>
      <Fields>
        <BrandField value={brand} fixed={(version?.brand ?? "") !== ""} onChange={setBrand} />
        <PresetField presets={presets} value={preset} onChange={setPreset} />
      </Fields>
    </PanelForm>
  );
}
