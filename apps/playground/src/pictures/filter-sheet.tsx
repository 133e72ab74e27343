import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { darkTheme } from '../shell/theme.ts';
import { plural } from './numbers.ts';
import { pictureColours } from './palette.ts';
import { TileSheet } from './tile-sheet.tsx';

/** What hidden units look at. */
export interface FilterSheetProps {
  /** Filter after filter, [filters · height · width]. */
  readonly filters: Float32Array | undefined;
  /** Height and width of one. */
  readonly shape: readonly [number, number];
  /** For each filter shown, whether its unit is silent on all digits looked at. */
  readonly dead: ArrayLike<number>;
  /** What the filters belong to, such as `layer 1`. */
  readonly name: string;
  /** Filters a row. Default 10. */
  readonly columns?: number;
}

/** The filters of a layer, the strongest first; units that are silent on all digits are crossed out. */
export function FilterSheet({ filters, shape, dead, name, columns = 10 }: FilterSheetProps): JSX.Element {
  const [height, width] = shape;
  const shown = filters === undefined ? 0 : filters.length / (height * width);
  const layout = { count: shown || 100, width, height, columns, gap: 2 };
  const crossed = useMemo(
    () => Array.from({ length: shown }, (_, i) => i).filter((i) => (dead[i] ?? 0) > 0),
    [dead, shown],
  );
  const colours = pictureColours(darkTheme.value);
  const shade = { palette: colours.diverging, symmetric: 'each' } as const;
  const silent = crossed.length === 0 ? 'none is dead' : `${crossed.length} crossed out as dead`;
  const label = `Filters of ${name}: ${plural(shown, 'picture')}, the strongest first; ${silent}.`;
  return (
    <TileSheet
      values={filters}
      layout={layout}
      shade={shade}
      crossed={crossed}
      crossColour={colours.mark}
      label={label}
    />
  );
}
