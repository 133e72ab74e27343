/**
 * A file that is no sound safetensors file: one line with the file, the place, what was found and
 * what to do.
 */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  /** The file's name, as given. */
  readonly file: string;
  /** The place: `header length`, `tensor "w": shape`. */
  readonly where: string;
  /** What stands there. */
  readonly found: string;
  /** What should. */
  readonly expected: string;

  /** @param remedy what is the matter with the file, and what to do */
  constructor(
    file: string,
    where: string,
    found: string,
    expected: string,
    remedy = 'the file is damaged or no safetensors file, take another copy or save it again',
  ) {
    super(`${file}: ${where} is ${found}, expected ${expected}: ${remedy}`);
    this.file = file;
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * A value from a file for a one-line message: JSON without what is nested in it, cut after 60
 * characters.
 */
export function describe(value: unknown): string {
  const items = Array.isArray(value) ? value.slice(0, 60).map(describeItem).join(',') : undefined;
  const text = items === undefined ? describeItem(value) : `[${items}]`;
  return printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/**
 * JSON leaves some characters as they are that break a line, steer a terminal or turn the direction
 * of writing.
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
