import { InvalidArgumentError } from 'commander';

/** A parser of whole numbers for commander. */
export function wholeNumber(low: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= low) return value;
    throw new InvalidArgumentError(`Expected a whole number of ${low} or more.`);
  };
}
