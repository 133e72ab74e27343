/** What stands in a place of a table. Texts of CSV files are not read yet; null is a gap. */
export type Cell = string | number | boolean | null;

/** How texts are read. */
export interface CellRules {
  /** Texts that stand for a gap, besides the empty one. */
  readonly gaps: ReadonlySet<string>;
  /** Whether numbers have a decimal comma. */
  readonly decimalComma: boolean;
}

/** What stands for a gap by default: what pandas takes for one, and `?` of older files. */
export const GAPS: readonly string[] = [
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '<NA>',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '?',
];

const WITH_POINT = /^[-+]?(?:\d+[.]?\d*|[.]\d+)(?:[eE][-+]?\d+)?$/;
const WITH_COMMA = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^([-+]?)inf(?:inity)?$/i;

/** Reads cells by rules; made once for many cells. */
export interface CellReader {
  /** The text of a cell without blanks around it; undefined for a gap. */
  text(cell: Cell): string | undefined;
  /** The number that a cell with this text is, maybe infinite; NaN if it is none. */
  number(cell: Cell, text: string): number;
}

/** Makes a reader of cells. */
export function cellReader({ gaps, decimalComma }: CellRules): CellReader {
  // Most cells are told from gaps by their first character.
  const starts = new Set(Array.from(gaps, (gap) => gap.charCodeAt(0)));
  const mayBeGap = Array.from({ length: 128 }, (_, code) => starts.has(code));
  return {
    text(cell) {
      if (cell === null) return undefined;
      if (typeof cell !== 'string') return Number.isNaN(cell) ? undefined : String(cell);
      const text = hasBlankEnd(cell) ? cell.trim() : cell;
      if (text === '') return undefined;
      return (mayBeGap[text.charCodeAt(0)] ?? true) && gaps.has(text) ? undefined : text;
    },
    number(cell, text) {
      if (typeof cell === 'number') return cell;
      return typeof cell === 'string' ? textNumber(text, decimalComma) : NaN;
    },
  };
}

/** Whether a text may begin or end with a blank: all that are one are here, and others. */
function hasBlankEnd(text: string): boolean {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return first <= 32 || last <= 32 || first > 126 || last > 126;
}

/** The longest text whose digits are a whole number below 2^53. */
const EXACT = 15;

const POWERS = Array.from({ length: EXACT + 1 }, (_, i) => 10 ** i);

/** The number that a text is, maybe infinite; NaN if it is none. */
export function textNumber(text: string, decimalComma: boolean): number {
  if (text.length <= EXACT) {
    const short = shortNumber(text, decimalComma ? 44 : 46);
    if (short !== undefined) return short;
  }
  if (decimalComma) {
    if (WITH_COMMA.test(text)) return Number(text.replace(',', '.'));
  } else if (WITH_POINT.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite === null) return NaN;
  return infinite[1] === '-' ? -Infinity : Infinity;
}

/**
 * The number that a short text of digits is, with a sign or a decimal point; undefined for any
 * other text. The digits and the power of ten are exact, so that their ratio is the nearest number.
 *
 * Source: W. Clinger, "How to read floating point numbers accurately", PLDI 1990.
 */
function shortNumber(text: string, point: number): number | undefined {
  let digits = 0;
  let count = 0;
  let places = -1;
  const sign = text.charCodeAt(0);
  for (let i = sign === 45 || sign === 43 ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      digits = 10 * digits + (code - 48);
      count++;
    } else if (code === point && places === -1) places = count;
    else return undefined;
  }
  if (count === 0) return undefined;
  const value = places === -1 ? digits : digits / POWERS[count - places]!;
  return sign === 45 ? -value : value;
}

/** A value of a file whose format has types of its own; undefined if it is not a cell. */
export function typedCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
