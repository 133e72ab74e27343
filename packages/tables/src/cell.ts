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

/** The text of a cell without blanks around it; undefined for a gap. */
export function cellText(cell: Cell, { gaps }: CellRules): string | undefined {
  if (cell === null) return undefined;
  if (typeof cell !== 'string') return Number.isNaN(cell) ? undefined : String(cell);
  const text = cell.trim();
  return text === '' || gaps.has(text) ? undefined : text;
}

/** The number that a text is, maybe infinite; NaN if it is none. */
export function textNumber(text: string, decimalComma: boolean): number {
  if (decimalComma) {
    if (WITH_COMMA.test(text)) return Number(text.replace(',', '.'));
  } else if (WITH_POINT.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite === null) return NaN;
  return infinite[1] === '-' ? -Infinity : Infinity;
}

/** The number that a cell with this text is, maybe infinite; NaN if it is none. */
export function cellNumber(cell: Cell, text: string, { decimalComma }: CellRules): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' ? textNumber(text, decimalComma) : NaN;
}

/** A value of a file whose format has types of its own; undefined if it is not a cell. */
export function typedCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
