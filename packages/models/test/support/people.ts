import { normals, randomKey } from '@deepbelief/random';
import type { TableRows } from '../../src/index.ts';

/** Cells of rows that belong together: heavy people are tall and live in Chur. */
export function people(rows: number): TableRows {
  const noise = normals(randomKey(1), rows * 2);
  return {
    columns: ['name', 'height', 'weight', 'city', 'smoker', 'country'],
    rows: Array.from({ length: rows }, (_, i) => {
      const tall = noise[2 * i]!;
      return [
        `p${i}`,
        170.5 + 10 * tall,
        Math.round(70 + 8 * tall + noise[2 * i + 1]!),
        tall > 0 ? 'Chur' : tall < -1 ? 'Bern' : 'Biel',
        i % 3 === 0,
        'CH',
      ];
    }),
  };
}

/** The table without some of its cells: one column of each second row in turn, but no name. */
export function withGaps({ columns, rows }: TableRows): TableRows {
  const isGap = (i: number, j: number): boolean => i % 2 === 0 && j === 1 + ((i / 2) % 5);
  return {
    columns,
    rows: rows.map((row, i) => row.map((cell, j) => (isGap(i, j) ? null : cell))),
  };
}
