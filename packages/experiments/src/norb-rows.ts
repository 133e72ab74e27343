import type { Job, JobResult } from './job.ts';
import { BASELINE } from './norb-presets.ts';
import { rowsOf, type Row } from './rows.ts';

/** A row of the paper's tables. */
export interface NorbRow extends Row {
  /** The paper's test error as a fraction; null if it gives none. */
  readonly published: number | null;
}

/**
 * Test errors of Nair & Hinton 2010 on jittered-cluttered NORB, laid out as in the paper: table 1
 * is the net of 4000 units, table 2 that of 4000-2000. They are quoted from memory: the order is
 * certain, the last digits are not.
 */
const PUBLISHED: readonly {
  readonly depth: number;
  readonly pretrained: Row['pretrained'];
  readonly nrelu: number;
  readonly binary: number;
}[] = [
  { depth: 1, pretrained: 'none', nrelu: 0.178, binary: 0.23 },
  { depth: 1, pretrained: 'all', nrelu: 0.165, binary: 0.187 },
  { depth: 2, pretrained: 'none', nrelu: 0.176, binary: 0.236 },
  { depth: 2, pretrained: 'first', nrelu: 0.165, binary: 0.188 },
  { depth: 2, pretrained: 'all', nrelu: 0.152, binary: 0.188 },
];

/** Softmax regression on the pixels (Bengio & LeCun 2007). */
const PUBLISHED_BASELINE = 0.499;

/** Returns the rows of a run, with the paper's figures. */
export function norbRows(jobs: readonly Job[], results: readonly JobResult[]): NorbRow[] {
  return rowsOf(jobs, results).map((row) => ({ ...row, published: publishedError(row) }));
}

function publishedError({ units, layers, pretrained }: Row): number | null {
  if (units === BASELINE) return PUBLISHED_BASELINE;
  if (units !== 'nrelu' && units !== 'binary') return null;
  const row = PUBLISHED.find(
    (found) => found.depth === layers.length && found.pretrained === pretrained,
  );
  return row?.[units] ?? null;
}

/** Says what is pre-trained, in the words of the paper's tables: `first / second`. */
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
