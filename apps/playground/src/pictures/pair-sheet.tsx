import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { DigitSheet } from './digit-sheet.tsx';
import { interleave } from './interleave.ts';
import { plural } from './numbers.ts';

/** Data and what a model makes of them. */
export interface PairSheetProps {
  readonly data: Float32Array | undefined;
  readonly reconstructions: Float32Array | undefined;
  readonly shape: readonly [number, number];
  /** Pairs a row. Default 10. */
  readonly columns?: number;
}

/** Rows of data, each over the row of their reconstructions. */
export function PairSheet({ data, reconstructions, shape, columns = 10 }: PairSheetProps): JSX.Element {
  const size = shape[0] * shape[1];
  const both = useMemo(
    () => (data && reconstructions ? interleave(data, reconstructions, size, columns) : undefined),
    [data, reconstructions, size, columns],
  );
  const pairs = both === undefined ? 0 : both.length / size / 2;
  const label = `${plural(pairs, 'digit')}, in rows, each row over its reconstructions by the model.`;
  return <DigitSheet values={both} shape={shape} columns={columns} label={label} />;
}
