/** The entries whose label has all the typed words in it, those that begin with them first. */
export function rank<Entry extends { label: string; group: string }>(entries: readonly Entry[], typed: string): Entry[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const score = ({ label, group }: Entry): number => {
    const text = label.toLocaleLowerCase();
    let sum = 0;
    for (const word of words) {
      if (text.startsWith(word)) sum += 3;
      else if (text.includes(` ${word}`)) sum += 2;
      else if (`${text} ${group.toLocaleLowerCase()}`.includes(word)) sum += 1;
      else return -1;
    }
    return sum;
  };
  return entries
    .map((entry) => ({ entry, points: score(entry) }))
    .filter(({ points }) => points >= 0)
    .sort((a, b) => b.points - a.points)
    .map(({ entry }) => entry);
}
