/** "closing.anything-else" as people read it: its chapter and its name. */
export function namesOf(practice: string): { chapter: string; name: string } {
  const [chapter = "", name = ""] = practice.split(".", 2);
  const words = (text: string) => text.replaceAll(/[-_]/g, " ").replace(/^./, (letter) => letter.toUpperCase());
  return { chapter: words(chapter), name: words(name === "" ? chapter : name) };
}
