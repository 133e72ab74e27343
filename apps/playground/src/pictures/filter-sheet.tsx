import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Filters } from '../engine/protocol.ts';
import { darkTheme } from '../shell/theme.ts';
import { plural } from './numbers.ts';
import { pictureColors } from './palette.ts';
import { TileSheet } from './tile-sheet.tsx';

/** What hidden units look at. */
export interface FilterSheetProps {
  readonly filters: Filters | undefined;
  /** What the filters belong to, such as `layer 1`. */
  readonly name: string;
  /** Filters a row. Default 10. */
  readonly columns?: number;
  /** How many at most. */
  readonly limit?: number;
}

/**
 * The filters of a layer, the strongest first; units that are silent for all digits are crossed
 * out.
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
  const colors = pictureColors(darkTheme.value);
  const dead = crossed.length === 0 ? 'none is dead' : `${crossed.length} crossed out as dead`;
  return (
    <TileSheet
      values={filters?.pixels}
      layout={{ count: shown || columns * 10, width, height, columns, gap: 2 }}
      shade={{ palette: colors.diverging, low: 1, high: 255 }}
      crossed={crossed}
      crossColor={colors.mark}
      label={`Filters of ${name}: ${plural(shown, 'picture')}, the strongest first; ${dead}.`}
    />
  );
}
