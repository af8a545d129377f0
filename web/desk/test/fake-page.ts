import { vi } from "vitest";

/** What a page keeps of one kind, as a browser has it: an object of its keys. */
function storage(isFull: () => boolean): Storage {
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      if (isFull()) throw new DOMException("full", "QuotaExceededError");
      kept[key] = value;
    },
    removeItem: (key: string) => void Reflect.deleteProperty(kept, key),
  };
  return new Proxy(kept as unknown as Storage, { get: (of, name) => methods[name as keyof typeof methods] ?? Reflect.get(of, name) });
}

/** A page's globals, as far as stores need them; before they are imported. `fill`: there is no room for more. */
export function stubPage(): { fill(): void } {
  let full = false;
  const make = () => storage(() => full);
  vi.stubGlobal("sessionStorage", make());
  vi.stubGlobal("localStorage", make());
  vi.stubGlobal("window", { setTimeout: (run: () => void, ms: number) => setTimeout(run, ms), clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer) });
  return { fill: () => void (full = true) };
}
