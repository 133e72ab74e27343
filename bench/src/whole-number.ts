/** Parses an option's whole number, 1 or more. Throws a one-line RangeError. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`${option} is ${text}, expected a whole number, 1 or more`);
}
