import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(import.meta.dirname, "../../src");

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function flatten(messages: object, prefix: string): string[] {
  return Object.entries(messages).flatMap(([key, value]) => (typeof value === "object" ? flatten(value as object, `${prefix}${key}.`) : [`${prefix}${key}`]));
}

const english = join(source, "i18n/en");
const known = new Set(
  readdirSync(english).flatMap((file) => flatten(JSON.parse(readFileSync(join(english, file), "utf8")) as object, `${file.replace(".json", "")}:`)),
);

/** Keys written out in code, with the namespace that the file speaks in. */
function used(): { key: string; file: string }[] {
  return files(source)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".gen.ts"))
    .flatMap((file) => {
      const text = readFileSync(file, "utf8");
      const own = /useTranslation\("(\w+)"\)/.exec(text)?.[1] ?? "common";
      const calls = [...text.matchAll(/\bt\("([\w.:]+)"/g), ...text.matchAll(/\b(?:label|group): "(\w+:[\w.]+)"/g)];
      return calls.map((found) => ({ key: found[1]?.includes(":") ? found[1] : `${own}:${found[1] ?? ""}`, file }));
    });
}

const plural = /_(zero|one|two|few|many|other)$/;

describe("messages", () => {
  it("are there for every key in the code", () => {
    const bases = new Set([...known].map((key) => key.replace(plural, "")));
    expect(used().filter(({ key }) => !bases.has(key))).toEqual([]);
  });

  it("are all used", () => {
    const code = files(source).filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".gen.ts")).map((path) => readFileSync(path, "utf8")).join("\n");
    const written = new Set(used().map(({ key }) => key));
    // A key with a part that is only known at run time: t(`presence.${state}`).
    const prefixes = [...code.matchAll(/`(?:(\w+):)?([\w.]+\.)\$\{/g)].map((found) => found[2] ?? "");
    const unused = [...known].filter((key) => {
      const base = key.replace(plural, "");
      return !written.has(base) && !prefixes.some((prefix) => base.split(":")[1]?.startsWith(prefix)) && !code.includes(`"${base}"`) && !code.includes(`"${base.split(":")[1] ?? ""}"`);
    });
    expect(unused).toEqual([]);
  });
});
