import { pictureColors } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import type { Pictures } from '../engine/protocol.ts';
import { darkTheme } from '../shell/theme.ts';
import { TileSheet } from './tile-sheet.tsx';

/** Pictures to draw in ink on paper. */
export interface DigitSheetProps {
  readonly pictures: Omit<Pictures, 'pixels'> & { readonly pixels: ArrayLike<number> };
  /** Pictures per row. */
  readonly columns: number;
  /** The value of full ink. Default 255. */
  readonly most?: number;
  /** What the pictures are. */
  readonly label: string;
}

/** Draws digits, fantasies and other pictures in ink on paper. */
export function DigitSheet({ pictures, columns, most = 255, label }: DigitSheetProps): JSX.Element {
  const { width, height, pixels } = pictures;
  return (
    <TileSheet
      values={pixels}
      width={width}
      height={height}
      options={{ columns, gap: 2, range: [0, most], colors: pictureColors(darkTheme.value).ink }}
      label={label}
    />
  );
}

/**
 * Returns blank pictures as a placeholder, so that the page does not jump when the real ones come.
 */
export function noPictures(count: number): Pictures {
  return { count, width: 28, height: 28, pixels: new Uint8Array(count * 784) };
}
