const leastLetters = 12;

/** Whether a new password has fewer characters than the server takes (docs/people.md). */
export const isTooShort = (password: string): boolean => Array.from(password).length < leastLetters;
