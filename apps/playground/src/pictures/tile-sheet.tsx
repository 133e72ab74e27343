import { pixelSheet, type PixelSheetOptions } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { useFrame } from './frame.ts';

/** A sheet of pictures. */
export interface TileSheetProps {
  /** Picture after picture. */
  readonly values: ArrayLike<number>;
  /** Pixels of one picture. */
  readonly width: number;
  readonly height: number;
  /** How they are laid out and colored. */
  readonly options: PixelSheetOptions;
  /** What the sheet shows, in words, for screen readers. */
  readonly label: string;
}

/** Paints a sheet of pictures onto a canvas, one pixel per value; the style sheet enlarges it. */
export function TileSheet({ values, width, height, options, label }: TileSheetProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { colors, crossed, columns } = options;
  const sheet = useMemo(
    () => pixelSheet(values, [height, width], options),
    [values, width, height, columns, colors, crossed],
  );
  useFrame(() => {
    const pixels = new Uint8ClampedArray(sheet.data.buffer);
    const image = new ImageData(pixels, sheet.width, sheet.height);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [sheet]);
  return (
    <canvas
      ref={canvas}
      class="sheet"
      width={sheet.width}
      height={sheet.height}
      role="img"
      aria-label={label}
    />
  );
}
