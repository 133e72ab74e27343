/**
 * A file is not a sound safetensors file. One line gives the file, the place, what was found, what
 * was expected and what to do.
 */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  /** The file's name, as given. */
  readonly file: string;
  /** The place: `header length`, `tensor "w": shape`. */
  readonly where: string;
  /** What was found. */
  readonly found: string;
  /** What was expected. */
  readonly expected: string;

  /** @param remedy what is wrong with the file, and what to do */
  constructor(
    file: string,
    where: string,
    found: string,
    expected: string,
    remedy = 'the file is damaged or not a safetensors file: use another copy or save it again',
  ) {
    super(`${file}: ${where} is ${found}, expected ${expected}: ${remedy}`);
    this.file = file;
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * Formats a value from a file for a one-line message: JSON without nested values, cut after 60
 * characters.
 */
export function describe(value: unknown): string {
  const items = Array.isArray(value) ? value.slice(0, 60).map(describeItem).join(',') : undefined;
  const text = items === undefined ? describeItem(value) : `[${items}]`;
  return printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/**
 * JSON does not escape some characters that break a line, control a terminal or change the writing
 * direction.
 */
function printable(json: string): string {
  return json.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

function describeItem(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  if (value === undefined) return 'missing';
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value);
}
