import { binCounts } from './bin-counts.ts';
import type { Look } from './look-at.ts';

/** Bins of histograms. */
const BINS = 20;

/** What `look --json` prints: plain data. */
export function lookJson(look: Look): object {
  if (look.kind === 'table') {
    const { format, notices, rows, columns } = look.table;
    return {
      format,
      notices,
      rows,
      columns: columns.map(({ sample, ...column }) => ({
        ...column,
        histogram: binCounts(sample, BINS),
      })),
    };
  }
  if (look.kind === 'images') return { format: 'pictures', ...look.images };
  return {
    format: look.about.split(' ')[1],
    arrays: look.arrays.map(({ name, description: { sample, counts, ...rest } }) => ({
      name,
      ...rest,
      different: counts?.size,
      histogram: binCounts(sample, BINS),
    })),
  };
}
