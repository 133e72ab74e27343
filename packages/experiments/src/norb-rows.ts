import type { Job, JobResult } from './job.ts';
import { BASELINE } from './norb-presets.ts';
import { rowsOf, type Row } from './rows.ts';

/** A cell of the paper's tables. */
export interface NorbRow extends Row {
  /** The paper's test error, a fraction; null where it has none. */
  readonly published: number | null;
}

/**
 * Test errors of Nair & Hinton 2010, tables 1 and 2, on jittered-cluttered NORB, for 4000 and
 * 4000-2000 hidden units; as recalled: the orders are sure, last digits are not. Softmax
 * regression: Bengio & LeCun 2007.
 */
const PUBLISHED: readonly (Pick<Row, 'units' | 'pretrained'> & {
  readonly depth: number;
  readonly error: number;
})[] = [
  { units: 'nrelu', depth: 1, pretrained: 'none', error: 0.178 },
  { units: 'nrelu', depth: 1, pretrained: 'all', error: 0.165 },
  { units: 'nrelu', depth: 2, pretrained: 'none', error: 0.176 },
  { units: 'nrelu', depth: 2, pretrained: 'first', error: 0.165 },
  { units: 'nrelu', depth: 2, pretrained: 'all', error: 0.152 },
  { units: 'binary', depth: 1, pretrained: 'none', error: 0.23 },
  { units: 'binary', depth: 1, pretrained: 'all', error: 0.187 },
  { units: 'binary', depth: 2, pretrained: 'none', error: 0.236 },
  { units: 'binary', depth: 2, pretrained: 'first', error: 0.188 },
  { units: 'binary', depth: 2, pretrained: 'all', error: 0.188 },
  { units: BASELINE, depth: 0, pretrained: 'none', error: 0.499 },
];

/** The rows of a run, with the paper's figures. */
export function norbRows(jobs: readonly Job[], results: readonly JobResult[]): NorbRow[] {
  return rowsOf(jobs, results).map((row) => {
    const same = PUBLISHED.find(
      ({ units, depth, pretrained }) =>
        units === row.units && depth === row.layers.length && pretrained === row.pretrained,
    );
    return { ...row, published: same?.error ?? null };
  });
}

/** What is pre-trained, as the paper's tables say it: `first / second`. */
export function startOf({ layers, pretrained }: Row): string {
  const first = pretrained === 'none' ? 'none' : 'first';
  if (layers.length === 0) return '';
  if (layers.length === 1) return pretrained === 'none' ? 'none' : 'yes';
  return `${first} / ${pretrained === 'all' ? 'second' : 'none'}`;
}

/** Whether toys were held out. */
export function hasValidation(rows: readonly NorbRow[]): boolean {
  return rows.some(({ validationError }) => validationError !== undefined);
}
