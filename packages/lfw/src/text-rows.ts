import { LfwError, quoted } from './lfw-error.ts';

/**
 * Splits a text into lines. The last one is empty if the text ends with a line end (LF or CR LF). A
 * byte-order mark at the beginning, which some editors write, is skipped.
 */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

/** Splits a text into lines, and lines at tabs. The last line may lack its end. */
export function rowsOf(text: string): string[][] {
  const lines = linesOf(text);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split('\t'));
}

/** Parses a whole number of 1 or more with at most nine digits. */
export function parseCount(field: string, where: string, expected: string): number {
  if (/^0*[1-9]\d{0,8}$/.test(field)) return Number(field);
  throw new LfwError(
    where,
    `there is ${quoted(field)}`,
    expected,
    'the file is damaged or of another kind: download it again',
  );
}

/** Whether a text can be a person's name: it does not lead out of a folder or break a line. */
export function isPerson(text: string): boolean {
  return /^[^/\\\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text) && !/^\.+$/.test(text);
}

/** Parses a person's name, which is also a folder's name. */
export function parsePerson(field: string, where: string): string {
  if (isPerson(field)) return field;
  throw new LfwError(
    where,
    `there is ${quoted(field)}`,
    "a person's name such as AJ_Cook",
    'the file is damaged or of another kind: download it again',
  );
}
