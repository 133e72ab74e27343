import { figure, pictureColors } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { darkTheme } from '../shell/theme.ts';
import { TileSheet } from './tile-sheet.tsx';

/** A value for each unit. */
export interface HeatMapProps {
  readonly values: Float32Array;
  /** The value of the darkest ink. */
  readonly most: number;
  /** Units per row. */
  readonly columns: number;
  /** What the values are. */
  readonly label: string;
}

/** Larger than any activity, but finite in 32 bits. */
const LARGE = 3e38;

/** Draws a square for each unit: the more active, the more ink. */
export function HeatMap({ values, most, columns, label }: HeatMapProps): JSX.Element {
  // Features of a model that is about to diverge may be infinite or NaN.
  const finite = values.map((value) => Math.max(-LARGE, Math.min(LARGE, value)) || 0);
  const active = values.reduce((sum, value) => sum + (value > 0.01 ? 1 : 0), 0);
  const largest = values.reduce((sofar, value) => Math.max(sofar, value), 0);
  const colors = pictureColors(darkTheme.value).ink;
  const strongest = `the strongest at ${figure(largest)}`;
  const activity = `${active} of ${values.length} units are active, ${strongest}.`;
  return (
    <TileSheet
      values={finite}
      width={1}
      height={1}
      options={{ columns, gap: 0, range: [0, Math.max(most, 1e-6)], colors }}
      label={`${label}: ${activity}`}
    />
  );
}
