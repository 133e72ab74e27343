import type { JSX } from 'preact';
import { darkTheme } from '../shell/theme.ts';
import { figure } from './numbers.ts';
import { pictureColors } from './palette.ts';
import { TileSheet } from './tile-sheet.tsx';

/** A value for each unit. */
export interface HeatMapProps {
  readonly values: Float32Array;
  /** What is as dark as ink gets. */
  readonly most: number;
  /** Units a row. */
  readonly columns: number;
  /** What the values are. */
  readonly label: string;
}

/** A square for each unit, the stronger its ink the more active. */
export function HeatMap({ values, most, columns, label }: HeatMapProps): JSX.Element {
  const active = values.reduce((sum, value) => sum + (value > 0.01 ? 1 : 0), 0);
  const largest = values.reduce((sofar, value) => Math.max(sofar, value), 0);
  const layout = { count: values.length, width: 1, height: 1, columns, gap: 0 };
  return (
    <TileSheet
      values={values}
      layout={layout}
      shade={{ palette: pictureColors(darkTheme.value).ink, low: 0, high: Math.max(most, 1e-6) }}
      label={`${label}: ${active} of ${values.length} units are active, the strongest at ${figure(largest)}.`}
    />
  );
}
