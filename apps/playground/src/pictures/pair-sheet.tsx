import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Pictures } from '../engine/protocol.ts';
import { DigitSheet } from './digit-sheet.tsx';
import { interleave } from './interleave.ts';
import { plural } from './numbers.ts';

/** Data and what a model makes of them. */
export interface PairSheetProps {
  readonly data: Pictures;
  readonly reconstructions: Pictures;
  /** Pairs a row. Default 10. */
  readonly columns?: number;
}

/** Rows of data, each over the row of their reconstructions. */
export function PairSheet({ data, reconstructions, columns = 10 }: PairSheetProps): JSX.Element {
  const { width, height } = data;
  const across = Math.min(columns, data.count);
  const pixels = useMemo(
    () => interleave(data.pixels, reconstructions.pixels, width * height, across),
    [data.pixels, reconstructions.pixels, width, height, across],
  );
  const count = pixels.length / (width * height);
  const label = `${plural(count / 2, 'test digit')} in rows, each row over its reconstructions by the model.`;
  return <DigitSheet pictures={{ count, width, height, pixels }} columns={across} label={label} />;
}
