/**
 * Skills or channels, each with a number. In the form they are lines, "billing: 3", for what is being typed need
 * not be a number yet; the API takes an object.
 */
export interface LevelRow {
  name: string;
  number: string;
}

/** Within which every number has to be. */
interface Range {
  min?: number;
  max?: number;
}

export const levelRows = (text: string): LevelRow[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf(":");
      return { name: line.slice(0, at).trim(), number: line.slice(at + 1).trim() };
    });

export const rowsText = (rows: readonly LevelRow[]): string => rows.map(({ name, number }) => `${name}: ${number}`).join("\n");

/** Whether it is a whole number within the range. */
export const isLevel = (number: string, { min = 0, max = Infinity }: Range): boolean => /^\d+$/.test(number) && Number(number) >= min && Number(number) <= max;

export const toLevels = (levels: Record<string, number> | undefined): string => rowsText(Object.entries(levels ?? {}).map(([name, level]) => ({ name, number: String(level) })));

export const fromLevels = (text: string): Record<string, number> => Object.fromEntries(levelRows(text).map(({ name, number }) => [name, Number(number)]));
