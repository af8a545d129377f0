import { useTranslation } from "react-i18next";
import { useBrands } from "@/api/names";
import { SelectField, TextField } from "@/shared/ui/Field";

type Props = { value: string; fixed?: boolean; all?: string; onChange: (brand: string) => void };

/** One of the brands; `all`: what stands for none of them in particular. */
export function BrandField({ value, fixed = false, all, onChange }: Props) {
  const { t } = useTranslation("playbooks");
  const brands = useBrands();
  const label = t("brand");
  if (brands.isError) return <TextField label={label} value={value} disabled={fixed} onChange={(event) => onChange(event.target.value)} />;
  return (
    <SelectField label={label} value={value} disabled={fixed} onChange={(event) => onChange(event.target.value)}>
      <option value="">{all ?? t("chooseBrand")}</option>
      {brands.data?.map((one) => (
        <option key={one.id} value={one.id}>{one.name}</option>
      ))}
    </SelectField>
  );
}

export function PresetField({ presets, value, onChange }: { presets: readonly string[]; value: string; onChange: (preset: string) => void }) {
  const { t } = useTranslation("playbooks");
  if (presets.length === 0) return null;
  return (
    <SelectField label={t("preset")} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("noPreset")}</option>
      {presets.map((one) => (
        <option key={one} value={one}>{one}</option>
      ))}
    </SelectField>
  );
}
