import { printable } from './printable.ts';

/** Formats a value for an error: NaN and Infinity by name (JSON has only null), long values cut. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return String(value);
  const text = withoutCircles(value);
  return printable(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
}

/** The most characters of a value that an error shows. */
const LONGEST = 80;

function withoutCircles(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'an object that JSON cannot hold';
  }
}
