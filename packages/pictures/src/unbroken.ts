import { NO_BREAK } from './numbers.ts';

/** What stands before a number that belongs to it. */
const LABELS =
  'class|epoch|equation|figure|fold|label|layer|level|page|run|seed|section|step|table|view';

/**
 * Text in which no line ends between a figure and its unit (`500 units`, `1.25 %`), within
 * `mean ± spread`, `width × height` and `x = 2`, or between a label and its number (`layer 1`).
 */
export function unbroken(text: string): string {
  return text
    .replace(/(?<=\d) (?=%|\p{Ll})/gu, NO_BREAK)
    .replace(/ ([±×=]) /g, `${NO_BREAK}$1${NO_BREAK}`)
    .replace(new RegExp(`\\b(${LABELS})s? (?=\\d)`, 'gi'), (found) => found.trimEnd() + NO_BREAK);
}
