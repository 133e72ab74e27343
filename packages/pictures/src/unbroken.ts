import { NO_BREAK, NO_BREAK_HYPHEN } from './numbers.ts';

/** Labels that belong to the number after them. */
const LABELS =
  'class|epoch|equation|figure|fold|label|layer|level|page|run|seed|section|step|table|view';

/**
 * Returns text in which no line ends between a figure and its unit (`500 units`), within `mean ±
 * spread`, `width × height` and `x = 2`, between a label and its number (`layer 1`), or after the
 * hyphen of an abbreviation (`CD-1`).
 */
export function unbroken(text: string): string {
  return text
    .replace(/(?<=\d) (?=\p{Ll})/gu, NO_BREAK)
    .replace(/(?<=\p{Lu})-(?=\d|k\b)/gu, NO_BREAK_HYPHEN)
    .replace(/ ([±×=]) /g, `${NO_BREAK}$1${NO_BREAK}`)
    .replace(new RegExp(`\\b(${LABELS})s? (?=\\d)`, 'gi'), (found) => found.trimEnd() + NO_BREAK);
}
