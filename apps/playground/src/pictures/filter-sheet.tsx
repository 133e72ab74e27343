import { pictureColors, plural } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Filters } from '../engine/protocol.ts';
import { darkTheme } from '../shell/theme.ts';
import { TileSheet } from './tile-sheet.tsx';

/** The filters of hidden units. */
export interface FilterSheetProps {
  readonly filters: Filters | undefined;
  /** Where the filters come from, such as `layer 1`. */
  readonly name: string;
  /** Filters per row. Default 10. */
  readonly columns?: number;
  /** The most filters to show. */
  readonly limit?: number;
}

/**
 * Draws the filters of a layer, the strongest first. Units that are silent for all digits are
 * crossed out.
 */
export function FilterSheet({
  filters,
  name,
  columns = 10,
  limit = 200,
}: FilterSheetProps): JSX.Element {
  const shown = Math.min(filters?.count ?? 0, limit);
  const crossed = useMemo(
    () => Array.from({ length: shown }, (_, i) => i).filter((i) => filters?.dead[i] === 1),
    [filters, shown],
  );
  const { width, height } = filters ?? { width: 28, height: 28 };
  const values = useMemo(
    () => filters?.pixels.subarray(0, shown * width * height) ?? blank(columns * 10),
    [filters, shown, columns],
  );
  const { diverging, cross: crossColor } = pictureColors(darkTheme.value);
  const dead = crossed.length === 0 ? 'none is dead' : `${crossed.length} crossed out as dead`;
  return (
    <TileSheet
      values={values}
      width={width}
      height={height}
      options={{ columns, gap: 2, range: [1, 255], colors: diverging, crossed, crossColor }}
      label={`Filters of ${name}: ${plural(shown, 'picture')}, the strongest first; ${dead}.`}
    />
  );
}

/** Returns filters of zero weights as a placeholder. */
function blank(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count * 28 * 28).fill(128);
}
