import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { session } from "@/api/session";

/** What was changed of a playbook and not saved: path to text; `null`: left out. */
export type Changes = Readonly<Record<string, string | null>>;

/** By playbook; kept while one looks elsewhere on the desk, and gone with the session. */
const drafts = createStore<{ of: Readonly<Record<string, Changes>> }>(() => ({ of: {} }));
session.subscribe((now) => now.state === "out" && drafts.setState({ of: {} }));

const nothing: Changes = {};

export const useChanges = (playbook: string): Changes => useStore(drafts, ({ of }) => of[playbook] ?? nothing);

export interface File {
  path: string;
  text: string;
}

/** Writes a file anew; what is again as it was is no change. */
export function writeFile(playbook: string, files: readonly File[], path: string, text: string | null): void {
  drafts.setState(({ of }) => {
    const before = files.find((one) => one.path === path)?.text ?? null;
    const rest = Object.fromEntries(Object.entries(of[playbook] ?? nothing).filter(([name]) => name !== path));
    return { of: { ...of, [playbook]: text === before ? rest : { ...rest, [path]: text } } };
  });
}

export function forgetChanges(playbook: string): void {
  drafts.setState(({ of }) => ({ of: Object.fromEntries(Object.entries(of).filter(([name]) => name !== playbook)) }));
}

export const hasChanges = (): boolean => Object.values(drafts.getState().of).some((one) => Object.keys(one).length > 0);

/** A file as the editor lists it. */
export interface Listed {
  path: string;
  /** `null`: it is left out. */
  text: string | null;
  change: "none" | "added" | "changed" | "removed";
}

/** The files as they would be saved, and those that are left out, by their names. */
export function listed(files: readonly File[], changes: Changes): Listed[] {
  const kept = files.map(({ path, text }): Listed => {
    const changed = changes[path];
    if (changed === undefined) return { path, text, change: "none" };
    return { path, text: changed, change: changed === null ? "removed" : "changed" };
  });
  const known = new Set(files.map((one) => one.path));
  const added = Object.entries(changes).flatMap(([path, text]): Listed[] => (known.has(path) || text === null ? [] : [{ path, text, change: "added" }]));
  return [...kept, ...added].toSorted((one, other) => one.path.localeCompare(other.path));
}
