import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import type { PlaybookVersion } from "@/api/types";
import { useMe } from "@/api/use-session";
import { TextField } from "@/shared/ui/Field";
import { notify } from "@/shared/ui/notices";
import { useFailureText } from "@/shared/ui/use-tell";
import { forgetChanges, type Changes } from "../model/draft";
import { listKey } from "../model/reads";
import { BrandField } from "./BrandField";
import { Fields, PanelForm } from "@/shared/ui/PanelForm";

/** What was changed becomes a version of its own; it judges nobody yet. */
export function SaveForm({ id, version, changes, onDone }: { id: string; version: PlaybookVersion | null; changes: Changes; onDone: () => void }) {
  const { t } = useTranslation("playbooks");
  const words = useFailureText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const me = useMe();
  // Only who has all brands may write for all of them.
  const everywhere = me.brands.includes("*");
  const [brand, setBrand] = useState(version?.brand || (everywhere ? "" : (me.brands[0] ?? "")));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    const made = await asked(api.POST("/api/v1/playbooks", { body: { based_on: id, note: note.trim(), files: { ...changes }, ...(brand === "" ? {} : { brand }) } }));
    setBusy(false);
    if (!made.ok) return setFailure(words(made.failure));
    forgetChanges(id);
    await queries.invalidateQueries({ queryKey: listKey });
    notify(t("save.done"));
    onDone();
    void navigate(`/playbooks/${made.value.id}`);
  };
  return (
    <PanelForm look="band" title={t("save.title")} words={t("save.words")} submit={t("save.submit")} busy={busy} failure={failure} ready={note.trim() !== "" && (everywhere || brand !== "")} onSubmit={() => void save()} onCancel={onDone}>
      <Fields>
        <TextField label={t("save.note")} placeholder={t("save.noteHint")} maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
        <BrandField value={brand} all={everywhere ? t("allBrands") : t("chooseBrand")} onChange={setBrand} />
      </Fields>
    </PanelForm>
  );
}
