import type { JSX } from 'preact';
import { darkTheme } from '../shell/theme.ts';
import { pictureColours } from './palette.ts';
import { TileSheet } from './tile-sheet.tsx';

/** Pictures in ink on paper. */
export interface DigitSheetProps {
  /** Picture after picture, 0 is paper and 1 is ink. */
  readonly values: Float32Array | undefined;
  /** Height and width of one. */
  readonly shape: readonly [number, number];
  /** Pictures a row. */
  readonly columns: number;
  /** What the pictures are. */
  readonly label: string;
}

/** Digits, fantasies and other pictures in ink on paper. */
export function DigitSheet({ values, shape, columns, label }: DigitSheetProps): JSX.Element {
  const [height, width] = shape;
  const shown = values === undefined ? columns : Math.max(1, values.length / (height * width));
  const shade = { palette: pictureColours(darkTheme.value).ink, low: 0, high: 1 };
  return (
    <TileSheet values={values} layout={{ count: shown, width, height, columns, gap: 2 }} shade={shade} label={label} />
  );
}
