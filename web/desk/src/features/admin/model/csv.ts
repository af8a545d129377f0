/** The first letters of each line of a CSV file, by the number of the line (from 1), to show which one is meant. */
export function lineStarts(text: string, letters = 40): ReadonlyMap<number, string> {
  return new Map(text.split(/\r?\n/).map((line, at) => [at + 1, line.slice(0, letters)]));
}
