import { argumentError } from '@deepbelief/checks';
import { max, min } from 'd3-array';
import { element, escapeText } from './markup.ts';
import { unbroken } from './unbroken.ts';
import type { TableBlock, TableCell, TableColumn } from './report.ts';

/**
 * Renders a table as HTML.
 *
 * @throws RangeError if a row does not have one cell per column
 */
export function reportTable({ caption, columns, rows }: TableBlock): string {
  rows.forEach((row, index) => {
    if (row.length === columns.length) return;
    throw argumentError(
      `renderReport: row ${index} of table '${caption ?? ''}' has ${row.length} cells, ` +
        `expected ${columns.length}, one per column`,
    );
  });
  const best = columns.map((column, i) =>
    bestOf(
      column,
      rows.map((row) => row[i]!),
    ),
  );
  const isMarked = best.some((value) => value !== undefined);
  const note = isMarked ? element('span', { class: 'note' }, ' Best of a column in bold.') : '';
  const isNumeric = columns.map((_, i) => rows.every((row) => typeof row[i] !== 'string'));
  const head = columns.map(({ heading }, i) =>
    element(
      'th',
      { scope: 'col', class: isNumeric[i] ? 'number' : undefined },
      escapeText(heading),
    ),
  );
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const text = escapeText(unbroken(cellText(cell, columns[i]!)));
      const value = cellValue(cell);
      const content = value !== undefined && value === best[i] ? element('strong', {}, text) : text;
      const attributes = { class: value === undefined && !isNumeric[i] ? undefined : 'number' };
      return i === 0
        ? element('th', { scope: 'row', ...attributes }, content)
        : element('td', attributes, content);
    });
    return element('tr', {}, cells);
  });
  const table = element('table', {}, [
    ...(caption === undefined && !isMarked
      ? []
      : [element('caption', {}, escapeText(unbroken(caption ?? '')) + note)]),
    element('thead', {}, element('tr', {}, head)),
    element('tbody', {}, body),
  ]);
  return element('div', { class: 'wide' }, table);
}

function cellValue(cell: TableCell): number | undefined {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' ? cell?.value : undefined;
}

function cellText(cell: TableCell, { format = String }: TableColumn): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' ? format(cell) : cell.text;
}

function bestOf({ best }: TableColumn, cells: readonly TableCell[]): number | undefined {
  if (best === undefined) return undefined;
  const values = cells
    .map(cellValue)
    .filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  return best === 'lowest' ? min(values) : max(values);
}
