/** Relative luminance of "#rrggbb" (WCAG 2.1). */
export function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two luminances, from 1 to 21. */
export function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** White or black, whichever reads better on the colour: never below 4.5 to 1. */
export function ink_on(colour: string): "#ffffff" | "#000000" {
  const light = luminance(colour);
  return contrast(light, 1) >= contrast(light, 0) ? "#ffffff" : "#000000";
}
