import { useTranslation } from "react-i18next";
import { notify } from "./notices";

type Told = { code: string; detail?: string | undefined };

/** What a refusal says in words; the server's own detail where we have none for its code. */
export function useFailureText(): (failure: Told) => string {
  const { t, i18n } = useTranslation();
  return (failure) => {
    const known = i18n.exists(`common:failure.${failure.code}`);
    return known || failure.detail === undefined ? t([`failure.${failure.code}`, "failure.other"]) : failure.detail;
  };
}

/** Tells a refusal at the edge of the screen, where nothing nearer caused it. */
export function useTell(): (failure: Told) => void {
  const text = useFailureText();
  return (failure) => notify(text(failure), "bad");
}
