import { UserError } from '@deepbelief/experiments';

/** How a result is written. */
export type OutputFormat = 'csv' | 'tsv' | 'json lines' | 'parquet' | 'npy' | 'npz';

const ENDINGS: readonly (readonly [RegExp, OutputFormat])[] = [
  [/\.csv$/i, 'csv'],
  [/\.(?:tsv|tab)$/i, 'tsv'],
  [/\.(?:jsonl|ndjson|json)$/i, 'json lines'],
  [/\.parquet$/i, 'parquet'],
  [/\.npy$/i, 'npy'],
  [/\.npz$/i, 'npz'],
];

/**
 * The format that the ending of a path says.
 *
 * @param arrays whether the result can be written as an array
 * @throws UserError for another ending
 */
export function outputFormat(path: string, arrays: boolean): OutputFormat {
  const [, format] = ENDINGS.find(([ending]) => ending.test(path)) ?? [];
  if (format !== undefined && (arrays || !format.startsWith('np'))) return format;
  const endings = arrays
    ? '.csv, .tsv, .jsonl, .parquet, .npy or .npz'
    : '.csv, .tsv, .jsonl or .parquet';
  const why = format === undefined ? '' : ', since a table has texts';
  throw new UserError(`--out is ${path}, expected a name that ends in ${endings}${why}`);
}
