import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";

/** Light, dark, or as the system has it. */
export type Theme = "system" | "light" | "dark";

const storageKey = "rapport.theme";
const themes: readonly Theme[] = ["system", "light", "dark"];

function stored(): Theme {
  const found = localStorage.getItem(storageKey);
  return themes.find((one) => one === found) ?? "system";
}

const theme = createStore<{ theme: Theme }>(() => ({ theme: "system" }));

function show(next: Theme): void {
  if (next === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset["theme"] = next;
  theme.setState({ theme: next });
}

/** Before the first paint. */
export const showStoredTheme = () => show(stored());

export function nextTheme(): void {
  const next = themes[(themes.indexOf(theme.getState().theme) + 1) % themes.length] ?? "system";
  localStorage.setItem(storageKey, next);
  show(next);
}

export const useTheme = (): Theme => useStore(theme).theme;
