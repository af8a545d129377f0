import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { keep, recall } from "@/api/kept";
import { session, type Session } from "@/api/session";

/** What was changed of a playbook and not saved: path to text; `null`: left out. */
export type Changes = Readonly<Record<string, string | null>>;

type AllChanges = Readonly<Record<string, Changes>>;

/** By playbook; kept while one looks elsewhere on the desk, over a reload, and where a session only ran out: for its owner. */
const drafts = createStore<{ of: AllChanges }>(() => ({ of: {} }));
const [what, all] = ["playbook-changes", "all"];
/** Whose they are; `null`: nobody's. */
let owner: string | null = null;

function follow(now: Session): void {
  if (now.state === "out" && !now.ended) {
    owner = null;
    drafts.setState({ of: {} });
  }
  if (now.state !== "in" || now.me.user === owner) return;
  owner = now.me.user;
  drafts.setState({ of: recall<AllChanges>(what, all) ?? {} });
}
follow(session.getState());
session.subscribe(follow);

function put(of: AllChanges): void {
  drafts.setState({ of });
  keep(what, all, Object.keys(of).length > 0 ? of : null);
}

const nothing: Changes = {};

export const useChanges = (playbook: string): Changes => useStore(drafts, ({ of }) => of[playbook] ?? nothing);

export interface File {
  path: string;
  text: string;
}

const without = (of: AllChanges, playbook: string): AllChanges => Object.fromEntries(Object.entries(of).filter(([name]) => name !== playbook));

/** Writes a file anew; what is again as it was is no change. */
export function writeFile(playbook: string, files: readonly File[], path: string, text: string | null): void {
  const { of } = drafts.getState();
  const before = files.find((one) => one.path === path)?.text ?? null;
  const rest = Object.fromEntries(Object.entries(of[playbook] ?? nothing).filter(([name]) => name !== path));
  const next = text === before ? rest : { ...rest, [path]: text };
  put(Object.keys(next).length > 0 ? { ...of, [playbook]: next } : without(of, playbook));
}

export function forgetChanges(playbook: string): void {
  put(without(drafts.getState().of, playbook));
}

export const hasChanges = (): boolean => Object.keys(drafts.getState().of).length > 0;

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
