import { LfwError, quoted } from './lfw-error.ts';

/**
 * The lines of a text, the last one empty where the text ends with a line end (LF or CR LF). A
 * byte-order mark at its beginning, which some editors write, is left out.
 */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

/** The lines of a text, split at tabs; the last one may lack its end. */
export function rowsOf(text: string): string[][] {
  const lines = linesOf(text);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split('\t'));
}

/** A whole number of 1 or more, of at most nine digits. */
export function parseCount(field: string, where: string, expected: string): number {
  if (/^0*[1-9]\d{0,8}$/.test(field)) return Number(field);
  throw new LfwError(
    where,
    `there is ${quoted(field)}`,
    expected,
    'the file is damaged or of another kind, get it again',
  );
}

/** Whether a text can be a person's name: it leads out of no folder and breaks no line. */
export function isPerson(text: string): boolean {
  return /^[^/\\\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text) && !/^\.+$/.test(text);
}

/** A person's name, which is also that of a folder. */
export function parsePerson(field: string, where: string): string {
  if (isPerson(field)) return field;
  throw new LfwError(
    where,
    `there is ${quoted(field)}`,
    "a person's name such as AJ_Cook",
    'the file is damaged or of another kind, get it again',
  );
}
