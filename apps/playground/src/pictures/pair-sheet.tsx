import { pairImages, plural } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Pictures } from '../engine/protocol.ts';
import { DigitSheet } from './digit-sheet.tsx';

/** Data and a model's reconstructions of them. */
export interface PairSheetProps {
  readonly data: Pictures;
  readonly reconstructions: Pictures;
  /** Pairs per row. Default 10. */
  readonly columns?: number;
}

/** Draws data, each picture right above its reconstruction. */
export function PairSheet({ data, reconstructions, columns = 10 }: PairSheetProps): JSX.Element {
  const { count, width, height } = data;
  const pixels = useMemo(
    () => pairImages(data.pixels, reconstructions.pixels, width * height),
    [data.pixels, reconstructions.pixels, width, height],
  );
  return (
    <DigitSheet
      pictures={{ count, width, height: 2 * height, pixels }}
      columns={columns}
      label={`${plural(count, 'test digit')}, each above its reconstruction by the model.`}
    />
  );
}
