import i18next from "i18next";
import { initReactI18next } from "react-i18next";

/** Every message stands in a file of its part of the desk: en/login.json is the namespace `login`. English is complete; what another language lacks is said in English. */
const files = import.meta.glob<Record<string, unknown>>("./*/*.json", { eager: true, import: "default" });

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const found: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, messages] of Object.entries(files)) {
    const [, language = "", namespace = ""] = /^\.\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
    (found[language] ??= {})[namespace] = messages;
  }
  return found;
}

export const english = "en";

export function startMessages(language: string = english): void {
  void i18next.use(initReactI18next).init({
    resources: resources(),
    lng: language,
    fallbackLng: english,
    defaultNS: "common",
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes.
  });
  document.documentElement.lang = i18next.resolvedLanguage ?? english;
}
